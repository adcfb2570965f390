"""A job's report: the rows that were uploaded, each with what became of it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from portal.clients import notification_api_client
from portal.common import storage
from portal.common.csv_files import BYTE_ORDER_MARK, cell
from portal.jobs.progress import JobProgress
from portal.jobs.uploads import BUCKET, key_of
from portal.messages.spreadsheet import csv_rows
from portal.notifications import statuses
from portal.remote import context

ROWS_A_PAGE = 1_000
OWN_HEADINGS = ("Template", "Type", "Job", "Status", "Time")


class JobReport:
    """Rows of a report, read from the API page by page while they are sent."""

    def __init__(
        self, service_id: str, job: JobProgress, user_id: str, status: str = ""
    ) -> None:
        self.service_id, self.job, self.user_id = service_id, job, user_id
        self._statuses = statuses.chosen("failed" if status == "failed" else "")
        self._original = original_rows(service_id, job.id)
        self.headings = next(self._original, [])
        self._number = 0
        # The first page is read at once: an error is still a page then, not half a file.
        self._first = self._page(1)

    def _page(self, number: int) -> dict[str, Any]:
        page: dict[str, Any] = (
            notification_api_client.get_notifications_for_service_for_csv(
                self.service_id,
                job_id=self.job.id,
                status=self._statuses,
                page=number,
                page_size=ROWS_A_PAGE,
            )
        )
        return page

    def notifications(self) -> Iterator[dict[str, Any]]:
        """Yield the job's messages in the order of their rows."""
        page, number = self._first, 1
        yield from page["notifications"]
        with context.scope(user_id=self.user_id):
            while page["links"].get("next"):
                number += 1
                page = self._page(number)
                yield from page["notifications"]

    def lines(self) -> Iterator[str]:
        """Yield the report as CSV text, a line at a time."""
        headings = self.headings or ["Recipient"]
        own = own_headings(headings)
        yield BYTE_ORDER_MARK + _line(["Row number", *headings, *own])
        for notification in self.notifications():
            number = int(notification["row_number"])
            row = self._uploaded(number) or [notification["recipient"]]
            width = len(headings)
            yield _line(
                [
                    number,
                    *(row + [""] * width)[:width],
                    notification["template_name"],
                    notification["template_type"],
                    notification["job_name"],
                    _told(notification),
                    notification["created_at"],
                ]
            )

    def _uploaded(self, number: int) -> list[str]:
        """Return the row of a number; numbers only ever grow."""
        row: list[str] = []
        while self._number < number:
            row = next(self._original, [])
            self._number += 1
        return row


def own_headings(headings: Iterable[str]) -> list[str]:
    """Name the report's own columns, apart from those of the file that are called so."""
    taken = {heading.strip().casefold() for heading in headings}
    return [
        f"{name} of the message" if name.casefold() in taken else name
        for name in OWN_HEADINGS
    ]


def _told(notification: dict[str, Any]) -> str:
    kind, status = notification["template_type"], notification["status"]
    return str(statuses.describe(kind, status))


def _line(values: Iterable[object]) -> str:
    output = io.StringIO()
    csv.writer(output).writerow([cell(value) for value in values])
    return output.getvalue()


def original_rows(service_id: str, job_id: str) -> Iterator[list[str]]:
    """Yield the rows of a job's file; none where it is gone already."""
    try:
        content, _metadata = storage.read_object(BUCKET, key_of(service_id, job_id))
    except storage.NoSuchObject:
        return iter(())
    return csv_rows(content)
