"""Reading what people texted to a service, and what it answered."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from portal.clients import notification_api_client, service_api_client
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

    Raises NotFound when the service has neither.
    """
    pk, message_id = str(service.pk), str(notification_id)
    try:
        found = service_api_client.get_inbound_sms_by_id(pk, message_id)
    except NotFound:
        return str(notification_api_client.get_notification(pk, message_id)["to"])
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
