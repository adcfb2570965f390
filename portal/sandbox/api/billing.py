"""Rates, free text messages, and what a service used."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Callable, Iterator
from typing import Any

from django.http import HttpRequest

from portal.billing.models import AnnualBilling, LetterRate, Rate
from portal.sandbox import clock, times
from portal.sandbox.http import Answer, body, created, one, route
from portal.sandbox.replica import statistics
from portal.sandbox.rules.allowances import (
    default_allowance,
    financial_year,
    year_asked,
)
from portal.sandbox.rules.billing import Line, bill, line_shape
from portal.sandbox.rules.usage import facts
from portal.sandbox.validation import check
from portal.services.models import Service


@route("GET", "/sms-rate/")
def get_sms_rate(request: HttpRequest) -> dict[str, Any]:
    rates = Rate.objects.filter(notification_type="sms", valid_from__lte=clock.now())
    rate = rates.latest("valid_from")
    return {"rate": float(rate.rate), "valid_from": times.local(rate.valid_from)}


@route("GET", "/letter-rates/")
def get_letter_rates(request: HttpRequest) -> list[dict[str, Any]]:
    rates = LetterRate.objects.filter(end_date=None, crown=True)
    postages = ("economy", "second", "first", "europe", "rest-of-world")
    return [
        {
            "post_class": rate.post_class,
            "rate": str(rate.rate.normalize()),
            "sheet_count": rate.sheet_count,
            "start_date": times.local(rate.start_date),
        }
        for rate in sorted(
            rates, key=lambda row: (row.sheet_count, postages.index(row.post_class))
        )
    ]


@route("GET", "/service/<uuid:service_id>/billing/free-sms-fragment-limit")
def get_free_limit(request: HttpRequest, service_id: uuid.UUID) -> dict[str, Any]:
    service = one(Service.objects, pk=service_id)
    asked = request.GET.get("financial_year_start", "")
    year = int(asked) if asked.isdecimal() else financial_year()
    return {
        "financial_year_start": year,
        "free_sms_fragment_limit": allowance(service, year).free_sms_fragment_limit,
    }


def allowance(service: Service, year: int) -> AnnualBilling:
    """A service's allowance of a year; the kind of organisation's if it has none."""
    return AnnualBilling.objects.get_or_create(
        service_id=service.pk,
        financial_year_start=year,
        defaults={
            "free_sms_fragment_limit": default_allowance(
                service.organisation_type, year
            ),
            "created_at": clock.now(),
        },
    )[0]


@route("POST", "/service/<uuid:service_id>/billing/free-sms-fragment-limit")
def set_free_limit(request: HttpRequest, service_id: uuid.UUID) -> Answer:
    data = check(body(request), "create_or_update_free_sms_fragment_limit_schema")
    billing = allowance(one(Service.objects, pk=service_id), financial_year())
    billing.free_sms_fragment_limit = data["free_sms_fragment_limit"]
    billing.has_custom_allowance = True
    billing.save()
    return created({"free_sms_fragment_limit": billing.free_sms_fragment_limit})


@route("GET", "/service/<uuid:service_id>/billing/monthly-usage")
@statistics
def monthly_usage(request: HttpRequest, service_id: uuid.UUID) -> list[dict[str, Any]]:
    lines = billed(request, service_id, lambda day: (day.year, day.month))
    return [
        {
            "month": datetime.date(month[0], month[1], 1).strftime("%B"),
            "postage": line.postage,
        }
        | line_shape(line)
        for month, line in lines
        if line.notification_type != "email"
    ]


@route("GET", "/service/<uuid:service_id>/billing/yearly-usage-summary")
@statistics
def yearly_usage(request: HttpRequest, service_id: uuid.UUID) -> list[dict[str, Any]]:
    return [line_shape(line) for _, line in billed(request, service_id, lambda day: 0)]


def billed(
    request: HttpRequest,
    service_id: uuid.UUID,
    period: Callable[[datetime.date], Any],
) -> Iterator[tuple[Any, Line]]:
    """What a service used in the financial year asked for; an unknown one nothing."""
    year = year_asked(request.GET.get("year", ""))
    service = Service.objects.filter(pk=service_id).first()
    if service is None:
        return iter(())
    free = allowance(service, year).free_sms_fragment_limit
    return bill(facts([service.pk], year), free, period)
