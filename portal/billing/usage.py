"""What a service used in a financial year, and what it costs."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext

from portal.common.json_answers import moment
from portal.common.kept import Kept
from portal.messages.formats.postage import POSTAGE

APRIL = 4
NEAR_PERCENT = 80
MONTHS = (
    *("April", "May", "June", "July", "August", "September"),
    *("October", "November", "December", "January", "February", "March"),
)


@dataclass(frozen=True)
class Line:
    """What was used at one rate; text messages are counted in parts, costs are in pounds."""

    kind: str
    sent: int
    units: int
    free: int
    charged: int
    rate: Decimal
    cost: Decimal
    month: str = ""
    postage: str = ""

    @classmethod
    def read(cls, row: dict[str, Any]) -> Line:
        """Read a row of the yearly or the monthly usage."""
        return cls(
            kind=row["notification_type"],
            sent=row["notifications_sent"],
            units=row["chargeable_units"],
            free=row.get("free_allowance_used") or 0,
            charged=row["charged_units"],
            rate=Decimal(str(row["rate"])),
            cost=Decimal(str(row["cost"])),
            month=row.get("month", ""),
            postage=row.get("postage") or "",
        )


@dataclass(frozen=True)
class Charge:
    """A line of a month: how many of what, at which rate."""

    count: int
    rate: Decimal
    cost: Decimal
    postage: Any = ""


@dataclass
class Month:
    """What one month of the year used."""

    first_day: dt.date
    free: int = 0
    texts: list[Charge] = field(default_factory=list)
    letters: list[Charge] = field(default_factory=list)

    @property
    def cost(self) -> Decimal:
        """Everything the month costs."""
        charges = (*self.texts, *self.letters)
        return sum((charge.cost for charge in charges), Decimal(0))


@dataclass(frozen=True)
class Usage:
    """A financial year of a service; ``as_of`` tells when the API was asked.

    Usage that ``is_old`` is being refreshed.
    """

    year: int
    as_of: dt.datetime
    is_old: bool
    free_allowance: int
    lines: list[Line]
    months: list[Month]

    @classmethod
    def read(cls, year: int, kept: Kept) -> Usage:
        """Read what was kept of the API's three answers."""
        told = kept.value
        return cls(
            year=year,
            as_of=kept.as_of,
            is_old=kept.is_old,
            free_allowance=int(told["free"] or 0),
            lines=[Line.read(row) for row in told["annual"]],
            months=months_of(year, (Line.read(row) for row in told["monthly"])),
        )

    def _of(self, kind: str) -> list[Line]:
        return [line for line in self.lines if line.kind == kind]

    @property
    def emails(self) -> int:
        """How many e-mails were sent, which cost nothing."""
        return sum(line.sent for line in self._of("email"))

    @property
    def text_parts(self) -> int:
        """How many parts of text messages were sent, free and charged ones."""
        return sum(line.units for line in self._of("sms"))

    @property
    def free_used(self) -> int:
        """How many of the free parts of text messages are used."""
        return min(self.text_parts, self.free_allowance)

    @property
    def free_left(self) -> int:
        """How many parts of text messages are still free this year."""
        return self.free_allowance - self.free_used

    @property
    def is_free_used_up(self) -> bool:
        """Whether all text messages cost from now on."""
        return self.free_used >= self.free_allowance

    @property
    def free_warning(self) -> str:
        """What to be aware of, in words; empty while enough is free."""
        if not self.free_allowance:
            return ""
        if self.is_free_used_up:
            return gettext(
                "All free text messages of this year are used. Each one now costs money."
            )
        percent = 100 * self.free_used // self.free_allowance
        if percent < NEAR_PERCENT:
            return ""
        told = gettext("Nearly used up: %(percent)s%% of the free text messages.")
        return told % {"percent": percent}

    @property
    def texts_charged(self) -> list[Charge]:
        """The parts of text messages to pay for, at each rate."""
        return _charges(line for line in self._of("sms") if line.charged)

    @property
    def text_cost(self) -> Decimal:
        """What the text messages cost."""
        return sum((line.cost for line in self._of("sms")), Decimal(0))

    @property
    def letters(self) -> int:
        """How many letters were sent."""
        return sum(line.sent for line in self._of("letter"))

    @property
    def letter_cost(self) -> Decimal:
        """What the letters cost."""
        return sum((line.cost for line in self._of("letter")), Decimal(0))

    @property
    def as_data(self) -> dict[str, Any]:
        """What a page shows of it, as plain data; costs are pounds."""
        return {
            "financial_year_start": self.year,
            "as_of": moment(self.as_of),
            "free_sms_fragment_limit": self.free_allowance,
            "free_sms_fragments_used": self.free_used,
            "email": {"notifications_sent": self.emails},
            "sms": {"chargeable_units": self.text_parts, "cost": float(self.text_cost)},
            "letter": {
                "notifications_sent": self.letters,
                "cost": float(self.letter_cost),
            },
            "months": [
                {
                    "month": f"{month.first_day:%Y-%m}",
                    "free_sms_fragments_used": month.free,
                    "cost": float(month.cost),
                }
                for month in self.months
            ],
        }


def months_of(year: int, lines: Iterable[Line]) -> list[Month]:
    """Put lines into their months, the newest month first."""
    by_month: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        by_month[line.month].append(line)
    return [
        Month(
            first_day=first_day(year, name),
            free=sum(line.free for line in by_month[name]),
            texts=_charges(
                line for line in by_month[name] if line.kind == "sms" and line.charged
            ),
            letters=[
                Charge(line.sent, line.rate, line.cost, POSTAGE.get(line.postage, ""))
                for line in by_month[name]
                if line.kind == "letter"
            ],
        )
        for name in reversed(MONTHS)
        if name in by_month
    ]


def first_day(year: int, month: str) -> dt.date:
    """The first day of a month in the financial year that began in April of ``year``."""
    number = (MONTHS.index(month) + APRIL - 1) % 12 + 1
    return dt.date(year if number >= APRIL else year + 1, number, 1)


def _charges(lines: Iterable[Line]) -> list[Charge]:
    return [Charge(line.charged, line.rate, line.cost) for line in lines]
