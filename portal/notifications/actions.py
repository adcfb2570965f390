"""Reading what a service sent, and sending one message."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from portal.clients import (
    notification_api_client,
    service_api_client,
    unsubscribe_api_client,
)
from portal.common import audit
from portal.messages.columns import column_key
from portal.messages.templates import MessageTemplate
from portal.notifications.drafts import Draft
from portal.notifications.lines import NotificationLine
from portal.notifications.senders import Sender, default_first
from portal.notifications.unsubscribing import Batch, batch_csv
from portal.remote.answers import reading
from portal.remote.errors import NotFound
from portal.remote.parallel import together
from portal.services.models import Service
from portal.users.models import User

PAGE_SIZE = 50
DEFAULT_DAYS = 7


@dataclass(frozen=True)
class SentPage:
    """One page of sent messages, with the figures of its filters."""

    number: int
    lines: list[NotificationLine]
    figures: dict[str, int]
    has_next: bool

    @property
    def is_beyond(self) -> bool:
        """Whether the list ends before this page."""
        return self.number > 1 and not self.lines

    @property
    def can_change(self) -> bool:
        """Whether anything on the page is still under way."""
        return any(line.can_change for line in self.lines)


def list_sent(
    *,
    service: Service,
    kind: str | None,
    status: str | None,
    sought: str,
    page: int,
) -> SentPage:
    """Read a page of what was sent in the last days, and the figures, side by side."""
    pk = str(service.pk)

    def read() -> dict[str, Any]:
        answer: dict[str, Any] = notification_api_client.get_notifications_for_service(
            pk,
            template_type=kind,
            status=status,
            page=page,
            page_size=PAGE_SIZE,
            count_pages=False,
            limit_days=DEFAULT_DAYS,
            to=sought or None,
        )
        return answer

    answer, statistics = together(
        lambda: or_nothing(read),
        lambda: service_api_client.get_service_statistics(pk, limit_days=DEFAULT_DAYS),
    )
    return SentPage(
        number=page,
        lines=[NotificationLine(row) for row in answer["notifications"]],
        figures=figures_of(statistics, kind),
        has_next=bool(answer["links"].get("next")),
    )


def or_nothing(read: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Read a page; one beyond the last, which the API does not find, has no lines."""
    try:
        return read()
    except NotFound:
        return {"notifications": [], "links": {}}


def figures_of(
    statistics: dict[str, dict[str, int]], kind: str | None
) -> dict[str, int]:
    """Add up the figures of one kind of message, or of all."""
    rows = [row for name, row in statistics.items() if kind in (None, name)]
    requested = sum(row["requested"] for row in rows)
    delivered = sum(row["delivered"] for row in rows)
    failed = sum(row["failed"] for row in rows)
    return {
        "": requested,
        "sending": max(0, requested - delivered - failed),
        "delivered": delivered,
        "failed": failed,
    }


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


def list_batches(*, service: Service) -> list[Batch]:
    """Read the batches of requests to unsubscribe; the one not made yet comes first."""
    found = service_api_client.get_unsubscribe_reports_summary(str(service.pk))
    with reading():
        return [Batch.read(row) for row in found]


def make_batch(*, service: Service, batch: Batch) -> str:
    """Make a batch of the requests that wait; gives its id."""
    earliest, latest = batch.window
    made = service_api_client.create_unsubscribe_request_report(
        str(service.pk),
        {
            "count": batch.count,
            "earliest_timestamp": earliest,
            "latest_timestamp": latest,
        },
    )
    return str(made["report_id"])


def process_batch(
    *, service: Service, user: User, batch: Batch, processed: bool
) -> None:
    """Mark a batch as seen to, or as not."""
    service_api_client.process_unsubscribe_request_report(
        str(service.pk), batch.id, {"report_has_been_processed": processed}
    )
    audit.record(
        actor=user,
        action="changed",
        model="notifications.unsubscriberequestreport",
        object_id=batch.id,
        object_repr=str(service.name),
        before={"processed": batch.processed_at is not None},
        after={"processed": processed},
    )


def load_batch_csv(*, service: Service, batch_id: UUID) -> str:
    """Read the requests of a batch as a CSV file. Raises NotFound."""
    answer = service_api_client.get_unsubscribe_request_report(
        str(service.pk), str(batch_id)
    )
    with reading():
        return batch_csv(answer)


def unsubscribe(*, notification_id: UUID, token: str) -> bool:
    """Have a recipient get no more e-mails; False when the link is not the API's."""
    return bool(unsubscribe_api_client.unsubscribe(str(notification_id), token))
