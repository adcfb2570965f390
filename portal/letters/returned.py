"""Letters that came back: how many on which day, and which."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from portal.common.csv_files import as_csv
from portal.remote.values import parse_time


@dataclass(frozen=True)
class ReturnDay:
    """How many letters the printer reported back on a day."""

    day: dt.date
    count: int


@dataclass(frozen=True)
class ReturnedLetter:
    """A letter that came back."""

    notification_id: str
    template_id: str
    template_name: str
    reference: str
    file_name: str
    row_number: int | None
    sent_at: dt.datetime
    sent_by: str
    email_address: str

    @classmethod
    def read(cls, row: dict[str, Any]) -> ReturnedLetter:
        """Read what the API says of one."""
        return cls(
            notification_id=row["notification_id"],
            template_id=row["template_id"],
            template_name=row["template_name"],
            reference=row["client_reference"] or "",
            file_name=row["original_file_name"]
            or row["uploaded_letter_file_name"]
            or "",
            row_number=row["job_row_number"],
            sent_at=parse_time(row["created_at"]),
            sent_by=row["user_name"] or "",
            email_address=row["email_address"] or "",
        )

    @property
    def came_from(self) -> str:
        """What a person finds it by: a row of a file, a reference, or who sent it."""
        if self.row_number is not None:
            told = _("Row %(row)s of %(file)s")
            return told % {"row": self.row_number, "file": self.file_name}
        return self.reference or self.file_name or self.sent_by


@dataclass(frozen=True)
class ReturnReport:
    """The letters of one day's report; ``unknown`` ones are no longer kept."""

    day: dt.date
    letters: list[ReturnedLetter]
    unknown: int = 0


def returned_csv(letters: Iterable[ReturnedLetter]) -> str:
    """Write returned letters as a CSV file."""
    headings = (
        *(_("Notification ID"), _("Reference"), _("Date sent"), _("Sent by")),
        *(_("Template name"), _("Template ID"), _("Spreadsheet file name")),
        _("Spreadsheet row number"),
    )
    rows = (
        (
            letter.notification_id,
            letter.reference,
            f"{letter.sent_at:%Y-%m-%d %H:%M}",
            letter.email_address or letter.sent_by,
            letter.template_name,
            letter.template_id,
            letter.file_name,
            letter.row_number,
        )
        for letter in letters
    )
    return as_csv(headings, rows)
