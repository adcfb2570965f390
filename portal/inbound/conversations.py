"""Text messages that came in, alone and as conversations with one phone number."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from portal.common.csv_files import as_csv
from portal.common.json_answers import moment
from portal.messages.phone_numbers import InvalidPhoneNumber, parse_phone_number
from portal.notifications.lines import NotificationLine
from portal.remote.answers import reading
from portal.remote.values import parse_time


@dataclass(frozen=True)
class Received:
    """One text message that somebody sent to the service."""

    id: str
    number: str
    text: str
    at: datetime.datetime

    @classmethod
    def read(cls, row: Mapping[str, Any]) -> Received:
        """Read one row of the API's lists of received messages."""
        with reading():
            return cls(
                id=str(row["id"]),
                number=readable(str(row["user_number"])),
                text=str(row["content"]),
                at=parse_time(row["created_at"]),
            )

    @property
    def as_data(self) -> dict[str, Any]:
        """What pages show of it, as plain data in the API's words."""
        return {
            "id": self.id,
            "user_number": self.number,
            "content": self.text,
            "created_at": moment(self.at),
        }


@dataclass(frozen=True)
class Inbox:
    """A page of the last message of each number, the newest first."""

    lines: list[Received]
    number: int
    has_next: bool


@dataclass(frozen=True)
class Message:
    """One message of a conversation, to or from the service."""

    id: str
    text: str
    at: datetime.datetime
    is_received: bool
    told: Any = ""
    is_failed: bool = False
    can_change: bool = False
    status: str = "received"

    @property
    def as_data(self) -> dict[str, Any]:
        """What pages show of it, as plain data in the API's words."""
        return {
            "id": self.id,
            "content": self.text,
            "created_at": moment(self.at),
            "is_received": self.is_received,
            "status": self.status,
            "status_description": str(self.told),
        }


@dataclass(frozen=True)
class Conversation:
    """All that the service and one number have said, the oldest first."""

    number: str
    messages: list[Message]


def conversation_of(
    number: str, received: Iterable[Received], sent: Iterable[NotificationLine]
) -> Conversation:
    """Put what came in and what went out in the order of time."""
    messages = [
        *(Message(r.id, r.text, r.at, is_received=True) for r in received),
        *(_of_sent(line) for line in sent),
    ]
    return Conversation(readable(number), sorted(messages, key=lambda m: m.at))


def _of_sent(line: NotificationLine) -> Message:
    with reading():
        return Message(
            id=line.id,
            text=line.message.body.plain(line.values or None, redact=line.is_redacted),
            at=line.created_at,
            is_received=False,
            told=line.told,
            is_failed=line.is_failed,
            can_change=line.can_change,
            status=line.status,
        )


def readable(number: str) -> str:
    """Write a number as people write it; what is none stays as it is."""
    try:
        return parse_phone_number(number).human_readable
    except InvalidPhoneNumber:
        return number


def inbox_csv(received: Iterable[Received]) -> str:
    """Write received messages as a CSV file."""
    headings = (_("Phone number"), _("Message"), _("Received"))
    rows = (
        (
            message.number,
            message.text,
            f"{timezone.localtime(message.at):%Y-%m-%d %H:%M}",
        )
        for message in received
    )
    return as_csv(headings, rows)
