"""What the services of an organisation used in a financial year, and what it cost."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import DecimalField, F, Max, Q, Sum
from django.db.models.functions import Coalesce, Lower

from portal.billing.models import AnnualBilling, FactBilling
from portal.sandbox.rules.allowances import APRIL, default_allowance
from portal.services.models import Service


@dataclass
class Usage:
    """What one service used; text messages cost only beyond the free ones."""

    free: int
    sms_units: int = 0
    sms_cost: Decimal = Decimal(0)
    emails: int = 0
    letter_cost: Decimal = Decimal(0)

    def count_sms(self, units: int, rate: Decimal) -> None:
        """Add the text messages of one day; they must come in the order of days."""
        still_free = max(self.free - self.sms_units, 0)
        self.sms_units += units
        self.sms_cost += max(units - still_free, 0) * rate


def services_with_usage(
    organisation_id: uuid.UUID, year: int
) -> Iterator[dict[str, Any]]:
    """The live services of an organisation by name, each with its usage."""
    services = list(
        Service.objects.filter(
            organisation_id=organisation_id, restricted=False
        ).order_by("-active", Lower("name"))
    )
    free = free_allowances(services, year)
    usages = {service.pk: Usage(free[service.pk]) for service in services}
    sent = facts(usages, year)
    for service_id, _, rate, units in sms_by_day(sent):
        usages[service_id].count_sms(units, rate)
    for service_id, emails, letter_cost in emails_and_letters(sent):
        usages[service_id].emails = emails
        usages[service_id].letter_cost = letter_cost
    for service in services:
        yield usage_shape(service, usages[service.pk])


def free_allowances(services: Iterable[Service], year: int) -> dict[uuid.UUID, int]:
    """The free text messages of each service in a year."""
    rows = AnnualBilling.objects.filter(
        service_id__in=[service.pk for service in services], financial_year_start=year
    )
    found = dict(rows.values_list("service_id", "free_sms_fragment_limit"))
    return {
        service.pk: found.get(
            service.pk, default_allowance(service.organisation_type, year)
        )
        for service in services
    }


def facts(services: Iterable[uuid.UUID], year: int) -> Any:
    """What was sent in a financial year."""
    return FactBilling.objects.filter(
        service_id__in=list(services),
        bst_date__gte=datetime.date(year, APRIL, 1),
        bst_date__lt=datetime.date(year + 1, APRIL, 1),
    ).order_by()


def sms_by_day(sent: Any) -> Any:
    """Parts of text messages by service, day and rate."""
    columns = ("service_id", "bst_date", "rate")
    units = F("billable_units") * F("rate_multiplier")
    return (
        sent.filter(notification_type="sms")
        .values_list(*columns)
        .annotate(units=Sum(units, default=0))
        .order_by("bst_date")
    )


def emails_and_letters(sent: Any) -> Any:
    """The number of e-mails and the cost of letters of each service."""
    cost = Sum(
        F("notifications_sent") * F("rate"),
        filter=Q(notification_type="letter"),
        default=Decimal(0),
        output_field=DecimalField(max_digits=20, decimal_places=4),
    )
    emails = Sum("notifications_sent", filter=Q(notification_type="email"), default=0)
    return sent.values_list("service_id").annotate(emails=emails, letter_cost=cost)


def last_counted() -> datetime.datetime | None:
    """When usage was last counted."""
    counted = Coalesce("updated_at", "created_at")
    found: datetime.datetime | None = FactBilling.objects.aggregate(at=Max(counted))[
        "at"
    ]
    return found


def usage_shape(service: Service, usage: Usage) -> dict[str, Any]:
    """One service with its usage."""
    return {
        "active": service.active,
        "service_id": service.pk,
        "service_name": service.name,
        "free_sms_limit": usage.free,
        "sms_billable_units": usage.sms_units,
        "sms_remainder": max(usage.free - usage.sms_units, 0),
        "chargeable_billable_sms": max(usage.sms_units - usage.free, 0),
        "sms_cost": usage.sms_cost,
        "letter_cost": round(usage.letter_cost, 4),
        "emails_sent": usage.emails,
    }
