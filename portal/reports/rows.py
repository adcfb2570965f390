"""Sent messages as the rows of a CSV file or a spreadsheet."""

from __future__ import annotations

import csv
import hashlib
import hmac
import io
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import IO, Any

import xlsxwriter
from django.conf import settings

from portal.common.csv_files import BYTE_ORDER_MARK, cell

CODE_LENGTH = 12
# A sheet of Excel ends soon after.
ROWS_PER_SHEET = 1_000_000
WORKBOOK_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
}

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
Row = list[str]


@dataclass(frozen=True)
class Layout:
    """What a report tells of each message; hidden recipients are codes of ``secret``."""

    columns: tuple[str, ...] = tuple(COLUMNS)
    hide_recipients: bool = False
    secret: str = ""

    @classmethod
    def of(cls, kept: Mapping[str, Any], secret: str) -> Layout:
        """Read it from what a report keeps."""
        columns = tuple(kept.get("columns") or COLUMNS)
        return cls(columns, bool(kept.get("hide_recipients")), secret)

    def as_kept(self) -> dict[str, Any]:
        """Return it as a report keeps it."""
        kept = asdict(self)
        del kept["secret"]
        return kept

    def row(self, notification: Mapping[str, Any]) -> Row:
        """Return the cells of a notification, as the API gives it for reports."""
        return [self._text(name, notification) for name in self.columns]

    def _text(self, name: str, notification: Mapping[str, Any]) -> str:
        value = notification.get(COLUMNS[name])
        text = "" if value is None else str(value)
        hides = self.hide_recipients and name == "Recipient"
        return self._code(text) if hides else text

    def _code(self, recipient: str) -> str:
        """Stand for a recipient: the same within a report, telling nothing outside it."""
        key = f"{settings.SECRET_KEY}{self.secret}".encode()
        digest = hmac.new(key, recipient.encode(), hashlib.sha256)
        return digest.hexdigest()[:CODE_LENGTH]


def write_csv(file: IO[bytes], columns: Iterable[str], rows: Iterable[Row]) -> int:
    """Write a CSV file for spreadsheet programs; return how many rows it has."""
    text = io.TextIOWrapper(file, encoding="utf-8", newline="")
    text.write(BYTE_ORDER_MARK)
    writer = csv.writer(text)
    writer.writerow(columns)
    count = 0
    for row in rows:
        writer.writerow([cell(value) for value in row])
        count += 1
    text.flush()
    text.detach()
    return count


def write_xlsx(file: IO[bytes], columns: Iterable[str], rows: Iterable[Row]) -> int:
    """Write a workbook of texts; return how many rows it has, over all its sheets."""
    head = list(columns)
    count = 0
    with xlsxwriter.Workbook(file, WORKBOOK_OPTIONS) as book:
        bold = book.add_format({"bold": True})
        sheet = _new_sheet(book, head, bold)
        for row in rows:
            if count and not count % ROWS_PER_SHEET:
                sheet = _new_sheet(book, head, bold)
            place = 1 + count % ROWS_PER_SHEET
            for number, value in enumerate(row):
                if value:
                    sheet.write_string(place, number, value)
            count += 1
    return count


def _new_sheet(book: Any, head: list[str], bold: Any) -> Any:
    sheet = book.add_worksheet()
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, max(0, len(head) - 1), 20)
    for number, label in enumerate(head):
        sheet.write_string(0, number, label, bold)
    return sheet


WRITERS = {"csv": write_csv, "xlsx": write_xlsx}
