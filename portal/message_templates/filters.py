"""What a list of templates is narrowed to, besides a folder."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any, Final

from portal.message_templates.models import Template
from portal.message_templates.previews import message_of
from portal.messages.columns import column_key
from portal.services.models import Service

WEEK: Final = "7-days"
YEAR: Final = "this-year"
NOT_YEAR: Final = "not-this-year"
NOT_TWELVE_MONTHS: Final = "not-12-months"
NEGATIVE: Final = (NOT_YEAR, NOT_TWELVE_MONTHS)

Test = Callable[[Any], bool]


@dataclass(frozen=True)
class Wanted:
    """What somebody asked a list for; nothing of it narrows nothing."""

    kind: str = "all"
    words: str = ""
    inside: bool = False
    placeholder: str = ""
    no_placeholders: bool = False
    used: str = ""

    @property
    def narrows(self) -> bool:
        """Whether it asks for more than a kind."""
        return bool(self.words or self.templates_only)

    @property
    def by_text(self) -> bool:
        """Whether only the words of the messages can answer it."""
        return bool(self.placeholder or self.no_placeholders)

    @property
    def templates_only(self) -> bool:
        """Whether it asks for something that folders do not have."""
        return bool(self.by_text or self.used)


def by_use(used: str, ids: Collection[str]) -> Test:
    """Tell templates by whether they are among those that were used."""
    is_wanted = used not in NEGATIVE
    return lambda template: (str(template.pk) in ids) is is_wanted


def by_placeholders(wanted: Wanted, service: Service) -> Test:
    """Tell templates, whose texts are known, by the placeholders in them."""
    key = column_key(wanted.placeholder)

    def takes(template: Template) -> bool:
        if "content" not in vars(template):
            return False
        names = {column_key(n) for n in message_of(template, service).placeholders}
        if wanted.no_placeholders:
            return not names and not key
        return key in names

    return takes


def twelve_months_before(day: datetime.date) -> datetime.date:
    """The first day of the same month a year before: figures come by month."""
    return day.replace(year=day.year - 1, day=1)
