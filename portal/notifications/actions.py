"""Reading what a service sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from portal.clients import notification_api_client, service_api_client
from portal.notifications.lines import NotificationLine
from portal.remote.parallel import together
from portal.services.models import Service

PAGE_SIZE = 50
DEFAULT_DAYS = 7


@dataclass(frozen=True)
class SentPage:
    """One page of sent messages, with the figures of its filters."""

    lines: list[NotificationLine]
    figures: dict[str, int]
    has_next: bool
    has_previous: bool

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
    answer, statistics = together(
        lambda: notification_api_client.get_notifications_for_service(
            pk,
            template_type=kind,
            status=status,
            page=page,
            page_size=PAGE_SIZE,
            count_pages=False,
            limit_days=DEFAULT_DAYS,
            to=sought or None,
        ),
        lambda: service_api_client.get_service_statistics(pk, limit_days=DEFAULT_DAYS),
    )
    return SentPage(
        lines=[NotificationLine(row) for row in answer["notifications"]],
        figures=figures_of(statistics, kind),
        has_next=bool(answer["links"].get("next")),
        has_previous=page > 1,
    )


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
    data: dict[str, Any] = notification_api_client.get_notification(
        str(service.pk), str(notification_id)
    )
    return NotificationLine(data)
