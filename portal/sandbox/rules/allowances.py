"""Free text messages: what a kind of organisation gets each financial year."""

from __future__ import annotations

import datetime

from portal.billing.models import AnnualBilling, DefaultAnnualAllowance
from portal.sandbox import clock
from portal.sandbox.refusals import Refusal
from portal.services.models import Service

APRIL = 4


def financial_year(day: datetime.date | None = None) -> int:
    """The year in which the financial year of a day (by default today) began."""
    day = day or clock.today()
    return day.year if day.month >= APRIL else day.year - 1


def year_asked(text: str) -> int:
    """Read the financial year that a query asks for."""
    try:
        return datetime.date(int(text), APRIL, 1).replace(year=int(text) + 1).year - 1
    except ValueError as error:
        raise Refusal("No valid year provided") from error


def default_allowance(organisation_type: str | None, year: int) -> int:
    """The allowance that applies to a kind of organisation in a year."""
    allowances = DefaultAnnualAllowance.objects.filter(
        notification_type="sms",
        organisation_type=organisation_type or "other",
        valid_from_financial_year_start__lte=year,
    ).order_by("-valid_from_financial_year_start")
    found = allowances.first()
    return found.allowance if found else 0


def set_default_allowance(service: Service) -> None:
    """Give a service this year's default, unless it has an allowance of its own."""
    year = financial_year()
    billing, _ = AnnualBilling.objects.get_or_create(
        service_id=service.pk,
        financial_year_start=year,
        defaults={"free_sms_fragment_limit": 0},
    )
    if not billing.has_custom_allowance:
        free = default_allowance(service.organisation_type, year)
        billing.free_sms_fragment_limit = (
            0 if billing.high_volume_service_last_year else free
        )
        billing.save()
