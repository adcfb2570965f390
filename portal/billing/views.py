"""What a service used and what it costs, and what messages cost at all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from portal.billing import actions
from portal.billing.usage import Usage
from portal.common.csv_files import as_csv
from portal.common.json_answers import json_answer
from portal.common.live import render_live
from portal.services.months import year_tabs
from portal.users.permissions import ServiceRequest, user_has_permissions


@require_GET
@user_has_permissions("manage_service", allow_org_user=True)
def usage(request: ServiceRequest, service_id: UUID) -> HttpResponseBase:
    year, tabs = year_tabs(request.path, request.GET.get("year", ""))
    found = actions.usage_of(service_id=service_id, year=year)
    return render_live(
        request,
        page="billing/usage.html",
        part="billing/_usage.html",
        context={
            "service": request.service,
            "usage": found,
            "year": year,
            "tabs": tabs,
        },
        can_change=found.is_old,
    )


@require_GET
@user_has_permissions("manage_service")
def service_dashboard_usage_updates(
    request: ServiceRequest, service_id: UUID
) -> HttpResponseBase:
    year, _tabs = year_tabs(request.path, request.GET.get("year", ""))
    found = actions.usage_of(service_id=service_id, year=year)
    return json_answer(request, found.as_data)


@require_GET
@user_has_permissions("manage_service", allow_org_user=True)
def usage_csv(request: ServiceRequest, service_id: UUID) -> HttpResponse:
    year, _tabs = year_tabs(request.path, request.GET.get("year", ""))
    found = actions.usage_of(service_id=service_id, year=year)
    name = f"usage-{year}-to-{year + 1}.csv"
    headings = (_("Month"), _("Type"), _("Postage"), _("Count"), _("Rate"), _("Cost"))
    return HttpResponse(
        as_csv(headings, lines_of(found)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def lines_of(found: Usage) -> Iterator[tuple[object, ...]]:
    """Yield the months of a year as the lines of a file."""
    for month in found.months:
        day = f"{month.first_day:%Y-%m}"
        if month.free:
            yield day, _("Free text messages"), "", month.free, 0, 0
        charges = [(_("Text messages"), charge) for charge in month.texts]
        charges += [(_("Letters"), charge) for charge in month.letters]
        for kind, charge in charges:
            yield day, kind, charge.postage, charge.count, charge.rate, charge.cost


@require_GET
def pricing(request: HttpRequest) -> HttpResponse:
    return priced(request, "pricing")


@require_GET
def pricing_text_messages(request: HttpRequest) -> HttpResponse:
    return priced(request, "text_messages", rate=actions.text_message_rate())


@require_GET
def pricing_letters(request: HttpRequest) -> HttpResponse:
    return priced(request, "letters", rates=actions.letter_rates())


@require_GET
def how_to_pay(request: HttpRequest) -> HttpResponse:
    return priced(request, "how_to_pay")


@require_GET
def billing_details(request: HttpRequest) -> HttpResponse:
    return priced(request, "billing_details")


def priced(request: HttpRequest, name: str, **context: Any) -> HttpResponse:
    """Show one of the pages about prices."""
    return render(request, f"billing/pricing/{name}.html", context)
