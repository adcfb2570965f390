"""What a list of sent messages is narrowed to, as its address tells it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal.notifications.lines import NotificationLine

DEFAULT_DAYS = 7
NAMES = ("template", "key", "job", "first_day", "last_day")


@dataclass(frozen=True)
class SentFilters:
    """A template, an API key by its name, a file of recipients, and days, both included.

    The API itself knows the file, and the first day; for the rest its pages are looked
    through.
    """

    template: str = ""
    key: str = ""
    job: str = ""
    first_day: datetime.date | None = None
    last_day: datetime.date | None = None

    @classmethod
    def read(cls, query: Mapping[str, str]) -> SentFilters:
        """Read an address; what is no id and no day does not count."""
        return cls(
            template=_id(query.get("template", "")),
            key=query.get("key", ""),
            job=_id(query.get("job", "")),
            first_day=_day(query.get("first_day", "")),
            last_day=_day(query.get("last_day", "")),
        )

    def as_query(self) -> dict[str, str]:
        """What an address says of them."""
        told = {
            "template": self.template,
            "key": self.key,
            "job": self.job,
            "first_day": self.first_day.isoformat() if self.first_day else "",
            "last_day": self.last_day.isoformat() if self.last_day else "",
        }
        return {name: value for name, value in told.items() if value}

    def as_initial(self) -> dict[str, Any]:
        """What a form of them begins with."""
        days = {"first_day": self.first_day, "last_day": self.last_day}
        return {**self.as_query(), **days}

    @property
    def narrow(self) -> bool:
        """Whether anything is asked for."""
        return bool(self.as_query())

    @property
    def looks_through(self) -> bool:
        """Whether the API cannot be asked, and what it lists has to be looked through."""
        return bool(self.template or self.key or self.last_day or self.days_of_job)

    @property
    def days_of_job(self) -> bool:
        """Whether a first day is asked for in a file, where the API does not know it."""
        return bool(self.job and self.first_day)

    @property
    def days(self) -> int:
        """How many days before today the list begins."""
        return _days_back(self.first_day) if self.first_day else DEFAULT_DAYS

    @property
    def days_after(self) -> int | None:
        """How many days before today those begin that are too new; None without any."""
        if not self.last_day or self.last_day >= timezone.localdate():
            return None
        return _days_back(self.last_day) - 1

    def holds(self, line: NotificationLine) -> bool:
        """Whether a message is asked for."""
        day = timezone.localtime(line.created_at).date()
        return (
            (not self.template or line.template["id"] == self.template)
            and (not self.key or line.key_name == self.key)
            and (not self.first_day or day >= self.first_day)
            and (not self.last_day or day <= self.last_day)
        )

    def told(self, lines: list[NotificationLine]) -> dict[str, str]:
        """What is asked for, in words, by name; the messages know what things are called."""
        first = next(iter(lines), None)
        words = {
            "template": _("Template: %(name)s")
            % {"name": first.template["name"] if first else _("the one you chose")},
            "key": _("API key: %(name)s") % {"name": self.key},
            "job": _("File: %(name)s")
            % {
                "name": first.job["original_file_name"]
                if first and first.job
                else _("the one you chose")
            },
        }
        if self.first_day:
            day = date_format(self.first_day, "j F Y")
            words["first_day"] = _("From %(day)s") % {"day": day}
        if self.last_day:
            day = date_format(self.last_day, "j F Y")
            words["last_day"] = _("Until %(day)s") % {"day": day}
        return {name: words[name] for name in self.as_query()}

    def chips(
        self, lines: list[NotificationLine], path: str, kept: dict[str, str]
    ) -> Any:
        """What is asked for, each with the address of the list without it."""
        asked = self.as_query()
        found = []
        for name, words in self.told(lines).items():
            rest = {k: v for k, v in asked.items() if k != name} | kept
            found.append({"text": words, "url": f"{path}?{urlencode(rest)}"})
        return found


def _id(text: str) -> str:
    with suppress(ValueError):
        return str(UUID(text))
    return ""


def _day(text: str) -> datetime.date | None:
    with suppress(ValueError):
        return datetime.date.fromisoformat(text)
    return None


def _days_back(day: datetime.date) -> int:
    return max(0, (timezone.localdate() - day).days)
