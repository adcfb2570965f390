"""What a service's messages cost, month by month."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from portal.billing.models import FactBilling

NO_CHARGE = Decimal(0)


@dataclass
class Line:
    """A line of a bill: messages of one kind at one rate."""

    notification_type: str
    rate: Decimal
    postage: str
    sent: int = 0
    units: int = 0
    free: int = 0

    @property
    def charged(self) -> int:
        """The units that cost something."""
        return self.units - self.free

    @property
    def cost(self) -> Decimal:
        """What the line comes to in pounds."""
        return self.charged * self.rate


def chargeable_units(fact: FactBilling) -> int:
    """Fragments of text messages times the country's factor; letters; no e-mails."""
    if fact.notification_type == "sms":
        return (fact.billable_units or 0) * fact.rate_multiplier
    return (fact.notifications_sent or 0) if fact.notification_type == "letter" else 0


def bill(
    facts: Iterable[FactBilling],
    free_allowance: int,
    period: Callable[[datetime.date], Any],
) -> Iterator[tuple[Any, Line]]:
    """Sum up a year's facts, in the order of days, by period, kind and rate.

    The free text messages are used up first come, first served.
    """
    lines: dict[Any, Line] = {}
    left = free_allowance
    for fact in facts:
        postage = fact.postage if fact.notification_type == "letter" else "none"
        when = period(fact.bst_date)
        key = (when, fact.notification_type, fact.rate, postage)
        line = lines.setdefault(key, Line(*key[1:]))
        units = chargeable_units(fact)
        line.sent += fact.notifications_sent or 0
        line.units += units
        if fact.notification_type == "sms":
            free = min(left, units)
            line.free += free
            left -= free
    for key in sorted(lines):
        yield key[0], lines[key]


def line_shape(line: Line) -> dict[str, Any]:
    """A line of a bill as the API writes it."""
    return {
        "notification_type": line.notification_type,
        "chargeable_units": line.units,
        "notifications_sent": line.sent,
        "rate": float(line.rate),
        "cost": float(line.cost),
        "free_allowance_used": line.free,
        "charged_units": line.charged,
    }
