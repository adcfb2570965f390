"""Read what a service sent, page by page, for a report."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from portal.clients import notification_api_client
from portal.reports.rows import NotificationsCSV

PAGE_SIZE = 1000
DEFAULT_DAYS = 7


@dataclass(frozen=True)
class NotificationFilters:
    """Which of a service's notifications a report holds."""

    template_type: str | None = None
    status: str | None = None
    job_id: str | None = None
    limit_days: int = DEFAULT_DAYS

    def as_parameters(self) -> dict[str, Any]:
        """Return them as a report keeps them."""
        return asdict(self)


def count_notifications(*, service_id: UUID | str, filters: NotificationFilters) -> int:
    """Return how many rows a report has at most.

    The API counts by type and days, and by job, but not by status.
    """
    if filters.job_id:
        count = notification_api_client.get_notification_count_for_job_id(
            service_id=service_id, job_id=filters.job_id
        )
    else:
        count = notification_api_client.get_notifications_count_for_service(
            service_id, filters.template_type, filters.limit_days
        )
    return int(count)


def read_notifications(
    *, service_id: UUID | str, filters: NotificationFilters
) -> Iterator[list[dict[str, Any]]]:
    """Yield pages of notifications, each of them once, however many arrive meanwhile."""
    if filters.job_id:
        yield from _pages_of_job(service_id, filters)
        return
    last_seen: str | None = None
    while True:
        answer = notification_api_client.get_notifications_for_service_for_csv(
            service_id,
            template_type=filters.template_type,
            status=filters.status,
            older_than=last_seen,
            page_size=PAGE_SIZE,
            limit_days=filters.limit_days,
        )
        page = answer["notifications"]
        if page:
            yield page
            last_seen = page[-1]["id"]
        if len(page) < answer["page_size"]:
            return


def _pages_of_job(
    service_id: UUID | str, filters: NotificationFilters
) -> Iterator[list[dict[str, Any]]]:
    number, seen = 1, 0
    while True:
        answer = notification_api_client.get_notifications_for_service_for_csv(
            service_id,
            job_id=filters.job_id,
            status=filters.status,
            page=number,
            page_size=PAGE_SIZE,
        )
        page = answer["notifications"]
        if page:
            yield page
        number, seen = number + 1, seen + len(page)
        if not page or seen >= answer["total"]:
            return


def make_notifications_csv(
    *, service_id: UUID | str, filters: NotificationFilters
) -> bytes:
    """Make the whole file at once, for a page that waits: few rows only."""
    text = io.StringIO(newline="")
    report = NotificationsCSV(text)
    for page in read_notifications(service_id=service_id, filters=filters):
        report.write(page)
    return text.getvalue().encode()
