"""What a service's messages cost, month by month."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Case, F, IntegerField, Sum, When

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
    facts: Any,
    free_allowance: int,
    period: Callable[[datetime.date], Any],
) -> Iterator[tuple[Any, Line]]:
    """Sum up the facts of a year by period, kind and rate.

    The free text messages are used up first come, first served.
    """
    lines: dict[Any, Line] = {}
    left = free_allowance
    for day, kind, rate, postage, sent, units in by_day(facts):
        key = (period(day), kind, rate, postage if kind == "letter" else "none")
        line = lines.setdefault(key, Line(*key[1:]))
        line.sent += sent
        line.units += units
        if kind == "sms":
            free = min(left, units)
            line.free += free
            left -= free
    for key in sorted(lines):
        yield key[0], lines[key]


def by_day(facts: Any) -> Any:
    """Add up the facts of each day by kind, rate and postage, in the order of days."""
    units = Case(
        When(notification_type="sms", then=F("billable_units") * F("rate_multiplier")),
        When(notification_type="letter", then=F("notifications_sent")),
        default=0,
        output_field=IntegerField(),
    )
    return (
        facts.order_by("bst_date")
        .values_list("bst_date", "notification_type", "rate", "postage")
        .annotate(
            sent=Sum("notifications_sent", default=0), units=Sum(units, default=0)
        )
    )


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
