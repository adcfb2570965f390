"""Text messages that people send to a service: switched on and off, read, answered."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from portal.clients import notification_api_client, service_api_client
from portal.common import audit
from portal.inbound.client import inbound_number_client
from portal.inbound.conversations import (
    Conversation,
    Inbox,
    Received,
    conversation_of,
)
from portal.notifications.lines import NotificationLine
from portal.remote.errors import NotFound
from portal.remote.parallel import together
from portal.services.models import Service
from portal.users.models import User

PERMISSION = "inbound_sms"


def load_inbox(*, service: Service, page: int) -> Inbox:
    """Read a page of the last message of each number."""
    answer = service_api_client.get_most_recent_inbound_sms(str(service.pk), page=page)
    lines = [Received.read(row) for row in answer["data"]]
    return Inbox(lines, page, bool(answer["has_next"]))


def load_received(*, service: Service) -> list[Received]:
    """Read all messages that came in, the newest first."""
    answer = service_api_client.get_inbound_sms(str(service.pk))
    return [Received.read(row) for row in answer["data"]]


def number_of(*, service: Service, notification_id: UUID) -> str:
    """Return whose message this is: who sent it to the service, or got it from there.

    Raises NotFound when the service has no such text message.
    """
    pk, message_id = str(service.pk), str(notification_id)
    try:
        found = service_api_client.get_inbound_sms_by_id(pk, message_id)
    except NotFound:
        sent = notification_api_client.get_notification(pk, message_id)
        if sent["notification_type"] != "sms":
            raise
        return str(sent["to"])
    return str(found["user_number"])


def load_conversation(*, service: Service, number: str) -> Conversation:
    """Read what came from a number and what went to it, side by side."""
    pk = str(service.pk)

    def sent() -> list[dict[str, Any]]:
        answer = notification_api_client.get_notifications_for_service(
            pk, to=number, template_type="sms", count_pages=False
        )
        rows: list[dict[str, Any]] = answer["notifications"]
        return rows

    received, rows = together(
        lambda: service_api_client.get_inbound_sms(pk, number)["data"], sent
    )
    return conversation_of(
        number, map(Received.read, received), map(NotificationLine, rows)
    )


def get_number(*, service: Service) -> str:
    """Read the number by which people text a service; empty when it has none."""
    answer = inbound_number_client.get_inbound_sms_number_for_service(str(service.pk))
    return str(dict(answer["data"]).get("number") or "")


def start_receiving(*, service: Service, by: User) -> None:
    """Give a service a number that is free, and let it show what comes in.

    Raises NotFound, Rejected or Conflict when no number is free.
    """
    inbound_number_client.add_inbound_number_to_service(str(service.pk))
    _allow(service, by, is_on=True)


def stop_receiving(*, service: Service, by: User) -> None:
    """Take the number away; one that people have texted is given to nobody else."""
    pk = str(service.pk)
    usage = service_api_client.get_most_recent_inbound_number_usage_date(pk)
    service_api_client.remove_service_inbound_sms(
        pk, archive=bool(usage["most_recent_date"])
    )
    _allow(service, by, is_on=False)


def _allow(service: Service, by: User, *, is_on: bool) -> None:
    before = sorted(service.permissions)
    others = {name for name in before if name != PERMISSION}
    after = sorted(others | {PERMISSION} if is_on else others)
    with audit.telling():
        Service.objects.grant(service, after)
    audit.record(
        actor=by,
        action="changed",
        model="services.service",
        object_id=service.pk,
        object_repr=str(service.name),
        before={"permissions": before},
        after={"permissions": after},
    )


def is_receiving(service: Service) -> bool:
    """Tell whether people can text a service."""
    return service.has_permission(PERMISSION)
