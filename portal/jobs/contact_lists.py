"""Lists of recipients that a service keeps and sends to again."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from portal.messages.columns import column_key
from portal.messages.spreadsheet import csv_rows
from portal.messages.templates import MessageTemplate
from portal.remote.values import parse_time

BUCKET = "contact_list_upload"
KINDS = {"emailaddress": "email", "phonenumber": "sms"}


@dataclass(frozen=True)
class ContactList:
    """A list that is kept; ``job_count`` is of those that may still be looked at."""

    id: str
    name: str
    kind: str
    row_count: int
    created_at: dt.datetime
    created_by: str
    job_count: int
    was_used: bool

    @classmethod
    def read(cls, row: dict[str, Any]) -> ContactList:
        """Read what the API says of one."""
        return cls(
            id=row["id"],
            name=row["original_file_name"],
            kind=row["template_type"],
            row_count=row["row_count"],
            created_at=parse_time(row["created_at"]),
            created_by=row["created_by"],
            job_count=row["recent_job_count"],
            was_used=row["has_jobs"],
        )


class NoContactList(ValueError):
    """A file that cannot be a contact list; the sentence says why."""


def kind_of(content: bytes) -> str:
    """Tell the kind of message that a file's recipients get. Raises NoContactList."""
    headings = [text for text in next(iter(csv_rows(content)), []) if text.strip()]
    if len(headings) > 1:
        raise NoContactList(
            _("the file must have one column only, not %(count)s.")
            % {"count": len(headings)}
        )
    kind = KINDS.get(column_key(headings[0])) if headings else None
    if kind is None:
        raise NoContactList(
            _("the column must be called “email address” or “phone number”.")
        )
    return kind


def message_for(kind: str) -> MessageTemplate:
    """A message without words: what is checked are the recipients alone."""
    return MessageTemplate(kind=kind, content="-", subject="-")  # type: ignore[arg-type]
