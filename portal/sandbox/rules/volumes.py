"""What all services sent between two days, added up from the facts of billing."""

from __future__ import annotations

import datetime
import uuid
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from portal.billing.models import FactBilling
from portal.sandbox.rules.allowances import APRIL, financial_year
from portal.sandbox.rules.billing import chargeable_units
from portal.sandbox.rules.usage import free_allowances
from portal.services.models import Service


@dataclass
class Volumes:
    """Messages, sheets and costs of one service or day."""

    emails: int = 0
    sms: int = 0
    sms_fragments: int = 0
    sms_units: int = 0
    sms_cost: Decimal = Decimal(0)
    letters: int = 0
    letter_sheets: int = 0
    letter_cost: Decimal = Decimal(0)
    letters_by_rate: dict[tuple[str, Decimal], int] = field(
        default_factory=lambda: defaultdict(int)
    )

    def count(self, fact: FactBilling, free: int = 0) -> None:
        """Add the facts of one day, of which so many units are free."""
        sent = fact.notifications_sent or 0
        if fact.notification_type == "email":
            self.emails += sent
        elif fact.notification_type == "letter":
            self.letters += sent
            self.letter_sheets += fact.billable_units or 0
            self.letter_cost += sent * fact.rate
            self.letters_by_rate[fact.postage, fact.rate] += sent
        else:
            units = chargeable_units(fact)
            self.sms += sent
            self.sms_fragments += fact.billable_units or 0
            self.sms_units += units
            self.sms_cost += max(units - free, 0) * fact.rate

    @property
    def letter_breakdown(self) -> str:
        """The letters of each price, a line each."""
        return "".join(
            f"{sent} {postage.replace('-', ' ')} class letters at "
            f"{(rate * 100).normalize():f}p\n"
            for (postage, rate), sent in sorted(self.letters_by_rate.items())
        )


def by_service(
    start: datetime.date, end: datetime.date
) -> Iterator[tuple[Service, int, Volumes]]:
    """Live services by name, each with its free text messages and its volumes."""
    services = {
        service.pk: service
        for service in Service.objects.filter(
            active=True, restricted=False, count_as_live=True
        )
        .select_related("organisation")
        .order_by("name")
    }
    free = free_allowances(services.values(), financial_year(end))
    left = dict(free)
    volumes: dict[uuid.UUID, Volumes] = defaultdict(Volumes)
    first = datetime.date(financial_year(start), APRIL, 1)
    for fact in facts(first, end).filter(service_id__in=list(services)):
        units = chargeable_units(fact) if fact.notification_type == "sms" else 0
        still_free = min(left[fact.service_id], units)
        left[fact.service_id] -= still_free
        if fact.bst_date >= start:
            volumes[fact.service_id].count(fact, still_free)
    for pk, service in services.items():
        yield service, free[pk], volumes[pk]


def by_day(start: datetime.date, end: datetime.date) -> dict[datetime.date, Volumes]:
    """The volumes of each day on which anything was sent."""
    return _grouped(start, end, lambda fact: fact.bst_date)


def by_day_and_provider(
    start: datetime.date, end: datetime.date
) -> dict[tuple[datetime.date, str], Volumes]:
    """The text messages of each day and provider."""
    return _grouped(
        start,
        end,
        lambda fact: (fact.bst_date, fact.provider),
        notification_type="sms",
    )


def facts(start: datetime.date, end: datetime.date) -> Any:
    """What was sent between two days, both included, day by day."""
    return FactBilling.objects.filter(bst_date__gte=start, bst_date__lte=end).order_by(
        "bst_date"
    )


def _grouped(
    start: datetime.date, end: datetime.date, key: Any, **filters: Any
) -> dict[Any, Volumes]:
    volumes: dict[Any, Volumes] = defaultdict(Volumes)
    for fact in facts(start, end).filter(**filters):
        volumes[key(fact)].count(fact)
    return volumes
