"""Reading one message, cancelling a letter, and sending one message."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from portal.billing.actions import letter_costs
from portal.clients import notification_api_client, service_api_client
from portal.common import audit
from portal.messages.columns import column_key
from portal.messages.letter_pages import sheets_of
from portal.messages.templates import MessageTemplate
from portal.notifications.drafts import Draft
from portal.notifications.lines import NotificationLine
from portal.notifications.senders import Sender, default_first
from portal.remote.errors import HTTPError
from portal.services.models import Service
from portal.users.models import User


def get_notification(*, service: Service, notification_id: UUID) -> NotificationLine:
    """Read one message. Raises NotFound when the service has none of that id."""
    data = notification_api_client.get_notification(
        str(service.pk), str(notification_id)
    )
    return NotificationLine(data, str(service.name) if service.prefix_sms else "")


def cancel_letter(*, service: Service, user: User, line: NotificationLine) -> None:
    """Keep a letter from being printed. Raises Rejected when it is too late."""
    notification_api_client.update_notification_to_cancelled(str(service.pk), line.id)
    audit.record(
        actor=user,
        action="changed",
        model="notifications.notification",
        object_id=line.id,
        object_repr=str(line.template["name"]),
        before={"status": line.status},
        after={"status": "cancelled"},
    )


def load_senders(*, service: Service, kind: str) -> list[Sender]:
    """Read who a service's messages of a kind may come from, the default first."""
    reads = {
        "sms": service_api_client.get_sms_senders,
        "email": service_api_client.get_reply_to_email_addresses,
        "letter": service_api_client.get_letter_contacts,
    }
    rows = reads[kind](str(service.pk))
    return default_first(Sender.read(kind, row) for row in rows)


def send_notification(
    *, service: Service, message: MessageTemplate, draft: Draft
) -> str:
    """Send the message of a draft; gives the notification's id.

    POST /service/<id>/send-notification. Raises Rejected or RateLimited when the API
    refuses.
    """
    names = {column_key(name): name for name in message.placeholders}
    values = {names.get(key, key): value for key, value in draft.columns().items()}
    if message.kind == "letter":
        recipient = draft.value("address line 1")
        values |= {
            f"address_line_{number}": line
            for number in range(1, 8)
            if (line := values.pop(f"addressline{number}", ""))
        }
    else:
        recipient = draft.value(message.recipient_columns[0])
        if (key := column_key(message.recipient_columns[0])) not in names:
            values.pop(key, None)
    sent: dict[str, str] = notification_api_client.send_notification(
        str(service.pk),
        template_id=draft.template_id,
        recipient=recipient,
        personalisation=values,
        sender_id=draft.sender_id or None,
    )
    return sent["id"]


def letter_cost(pages: int, postage: str) -> Decimal | None:
    """Return what a letter costs in pounds; None where that is not known."""
    try:
        return letter_costs(sheets=sheets_of(pages)).get(postage)
    except HTTPError:
        # The letter can be checked and sent without it.
        return None
