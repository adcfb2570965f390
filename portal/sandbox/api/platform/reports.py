"""Reports over all services between two days."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from portal.billing.models import FactBillingLetterDespatch
from portal.sandbox.http import route
from portal.sandbox.replica import statistics
from portal.sandbox.rules import volumes
from portal.sandbox.rules.report_days import billing_range, day_range

Rows = list[dict[str, Any]]


@route("GET", "/platform-stats/data-for-billing-report")
@statistics
def billing_report(request: HttpRequest) -> Rows:
    return [
        {
            "billing_reference": service.billing_reference,
            "contact_email_addresses": service.billing_contact_email_addresses,
            "contact_names": service.billing_contact_names,
            "letter_breakdown": found.letter_breakdown,
            "letter_cost": found.letter_cost,
            "organisation_id": service.organisation_id,
            "organisation_name": service.organisation.name,
            "purchase_order_number": service.purchase_order_number,
            "service_id": service.pk,
            "service_name": service.name,
            "sms_chargeable_units": found.sms_units,
            "sms_cost": found.sms_cost,
            "total_letters": found.letters,
        }
        for service, _, found in volumes.by_service(*billing_range(request))
        if service.organisation and (found.sms_cost or found.letters)
    ]


@route("GET", "/platform-stats/data-for-dvla-billing-report")
@statistics
def dvla_billing_report(request: HttpRequest) -> Rows:
    start, end = billing_range(request)
    despatches = FactBillingLetterDespatch.objects.filter(
        bst_date__gte=start, bst_date__lte=end
    ).order_by("bst_date", "postage", "cost_threshold", "rate")
    return [
        {
            "cost": row.rate * (row.notifications_sent or 0),
            "cost_threshold": row.cost_threshold,
            "date": row.bst_date.isoformat(),
            "letters": row.notifications_sent,
            "postage": row.postage,
            "rate": row.rate,
            "sheets": row.billable_units,
        }
        for row in despatches
    ]


@route("GET", "/platform-stats/volumes-by-service")
@statistics
def volumes_by_service(request: HttpRequest) -> Rows:
    return [
        {
            "email_totals": found.emails,
            "free_allowance": free,
            "letter_cost": found.letter_cost,
            "letter_sheet_totals": found.letter_sheets,
            "letter_totals": found.letters,
            "organisation_id": service.organisation_id or "",
            "organisation_name": service.organisation.name
            if service.organisation
            else "",
            "service_id": service.pk,
            "service_name": service.name,
            "sms_chargeable_units": found.sms_units,
            "sms_notifications": found.sms,
        }
        for service, free, found in volumes.by_service(*day_range(request))
    ]


@route("GET", "/platform-stats/daily-volumes-report")
@statistics
def daily_volumes(request: HttpRequest) -> Rows:
    return [
        {
            "day": day.isoformat(),
            "email_totals": found.emails,
            "letter_sheet_totals": found.letter_sheets,
            "letter_totals": found.letters,
            "sms_chargeable_units": found.sms_units,
            "sms_fragment_totals": found.sms_fragments,
            "sms_totals": found.sms,
        }
        for day, found in volumes.by_day(*day_range(request)).items()
    ]


@route("GET", "/platform-stats/daily-sms-provider-volumes-report")
@statistics
def daily_provider_volumes(request: HttpRequest) -> Rows:
    return [
        {
            "day": day.isoformat(),
            "provider": provider,
            "sms_chargeable_units": found.sms_units,
            "sms_cost": found.sms_cost,
            "sms_fragment_totals": found.sms_fragments,
            "sms_totals": found.sms,
        }
        for (day, provider), found in volumes.by_day_and_provider(
            *day_range(request)
        ).items()
    ]
