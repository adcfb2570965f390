"""Read what a service sent, page by page, for a report."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from itertools import chain
from typing import Any
from uuid import UUID

from django.utils import timezone

from portal.clients import notification_api_client
from portal.notifications import statuses
from portal.reports.actions.senders import FileSenders
from portal.reports.rows import Layout, write_csv

PAGE_SIZE = 1000
DEFAULT_DAYS = 7
Notification = Mapping[str, Any]
# A page of notifications, and where to go on after it.
Page = tuple[list[Notification], str]


@dataclass(frozen=True)
class NotificationFilters:
    """Which of a service's notifications a report holds.

    Days are given in ISO form, both included. The API's rows name templates but not
    their ids: ``template_names`` are all that the chosen one was ever called. Keys go by names too.
    ``job_name`` and ``template_name`` tell people what was chosen.
    """

    template_type: str | None = None
    status: str | None = None
    job_id: str | None = None
    limit_days: int = DEFAULT_DAYS
    first_day: str | None = None
    last_day: str | None = None
    template_names: tuple[str, ...] | None = None
    api_key: str | None = None
    job_name: str | None = None
    template_name: str | None = None

    def as_parameters(self) -> dict[str, Any]:
        """Return them as a report keeps them."""
        return asdict(self)

    @property
    def days(self) -> int:
        """How many days before today the report begins."""
        if self.first_day is None:
            return self.limit_days
        first = datetime.date.fromisoformat(self.first_day)
        return max(0, (timezone.localdate() - first).days)

    @property
    def statuses(self) -> list[str] | None:
        """The API's statuses that are asked for; None for all."""
        return statuses.chosen(self.status or "")

    def holds(self, row: Notification) -> bool:
        """Whether the report holds a row: the API cannot be asked all of this."""
        day = str(row.get("created_at"))[:10]
        return (
            (not self.first_day or day >= self.first_day)
            and (not self.last_day or day <= self.last_day)
            and (not self.template_type or row["template_type"] == self.template_type)
            and (not self.template_names or row["template_name"] in self.template_names)
            and (not self.api_key or row.get("api_key_name") == self.api_key)
        )


def count_notifications(*, service_id: UUID | str, filters: NotificationFilters) -> int:
    """Return how many notifications there are to read, of any status.

    The API counts by type and days, and by job.
    """
    if filters.job_id:
        count = notification_api_client.get_notification_count_for_job_id(
            service_id=service_id, job_id=filters.job_id
        )
    else:
        count = notification_api_client.get_notifications_count_for_service(
            service_id, filters.template_type, filters.days
        )
    return int(count)


def read_notifications(
    *, service_id: UUID | str, filters: NotificationFilters, cursor: str = ""
) -> Iterator[Page]:
    """Yield pages of notifications, each of them once, however many arrive meanwhile.

    ``cursor`` is where an earlier reading ended.
    """
    if filters.job_id:
        return _pages_of_job(service_id, filters, cursor)
    return _pages_of_service(service_id, filters, cursor)


def _pages_of_service(
    service_id: UUID | str, filters: NotificationFilters, last_seen: str
) -> Iterator[Page]:
    while True:
        answer = notification_api_client.get_notifications_for_service_for_csv(
            service_id,
            template_type=filters.template_type,
            status=filters.statuses,
            older_than=last_seen or None,
            page_size=PAGE_SIZE,
            limit_days=filters.days,
        )
        page = answer["notifications"]
        if page:
            last_seen = page[-1]["id"]
            yield page, last_seen
        if len(page) < answer["page_size"]:
            return


def _pages_of_job(
    service_id: UUID | str, filters: NotificationFilters, cursor: str
) -> Iterator[Page]:
    number = int(cursor or 0)
    while True:
        number += 1
        answer = notification_api_client.get_notifications_for_service_for_csv(
            service_id,
            job_id=filters.job_id,
            status=filters.statuses,
            page=number,
            page_size=PAGE_SIZE,
        )
        page = answer["notifications"]
        if page:
            yield page, str(number)
        if not page or number * answer["page_size"] >= answer["total"]:
            return


def make_notifications_csv(
    *, service_id: UUID | str, filters: NotificationFilters
) -> bytes:
    """Make the whole file at once, for a page that waits: few rows only."""
    layout = Layout()
    pages = read_notifications(service_id=service_id, filters=filters)
    found = chain.from_iterable(page for page, _cursor in pages)
    senders = FileSenders(service_id, filters.job_id)
    rows = map(senders.fill, filter(filters.holds, found))
    file = io.BytesIO()
    write_csv(file, layout.columns, map(layout.row, rows))
    return file.getvalue()
