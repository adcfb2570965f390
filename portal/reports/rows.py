"""Sent messages as the rows of a CSV file."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from typing import IO, Any

BYTE_ORDER_MARK = "\ufeff"  # by which spreadsheet programs know UTF-8
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")

COLUMNS = {
    "Recipient": "recipient",
    "Reference": "client_reference",
    "Template": "template_name",
    "Type": "template_type",
    "Sent by": "created_by_name",
    "Sent by email": "created_by_email_address",
    "Job": "job_name",
    "Status": "status",
    "Time": "created_at",
    "API key name": "api_key_name",
}


class NotificationsCSV:
    """Writes notifications, as the API gives them for reports, to a text file."""

    def __init__(self, file: IO[str]) -> None:
        file.write(BYTE_ORDER_MARK)
        self.rows = 0
        self._writer = csv.writer(file)
        self._writer.writerow(COLUMNS)

    def write(self, notifications: Iterable[Mapping[str, Any]]) -> None:
        """Add a row for each."""
        for notification in notifications:
            self._writer.writerow(
                [cell(notification.get(key)) for key in COLUMNS.values()]
            )
            self.rows += 1


def cell(value: object) -> str:
    """Spell a value so that no spreadsheet program takes it for a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text


def count_rows(file: IO[str]) -> int:
    """Count the rows under the heading of a file that has been written."""
    file.seek(0)
    return max(0, sum(1 for _ in csv.reader(file)) - 1)
