"""A service's first page, and what it sent month by month."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.billing.actions import known_usage, usage_of
from portal.common.csv_files import as_csv
from portal.common.json_answers import json_answer
from portal.common.live import is_partial, render_live
from portal.services import actions, plain
from portal.services.months import Year, financial_year, year_tabs
from portal.services.periods import period_of, period_tabs
from portal.users.permissions import ServiceRequest, may_use, user_has_permissions

# What people can send back: text messages, letters, requests to get no more.
WAITING = frozenset({"inbound_sms", "letter", "email"})


@require_http_methods(["GET"])
@user_has_permissions()
def service_dashboard(request: ServiceRequest, service_id: UUID) -> HttpResponseBase:
    if not may_use(request.user, request.service, ("view_activity",)):
        return redirect("message_templates:choose", service_id=service_id)
    manages = may_use(request.user, request.service, ("manage_service",))
    if manages and is_partial(request) and request.GET.get("part") == "usage":
        return this_year(request)
    period = period_of(request.GET.get("period", ""))
    found = actions.load_dashboard(
        service=request.service, period=period, is_poll=is_partial(request)
    )
    today = timezone.localdate()
    year = financial_year(today)
    context = {
        "service": request.service,
        "dashboard": found,
        "period": period,
        "period_tabs": period_tabs(request.path, period),
        "first_day": period.first_day(today),
        "sent_query": period.list_query(today),
        "failed_query": period.list_query(today, status="failed"),
        "hints": found.hints,
        "shows_waiting": WAITING.intersection(request.service.permissions),
        "shows_usage": manages,
        "usage": known_usage(service_id=service_id, year=year) if manages else None,
    }
    return render_live(
        request,
        page="services/dashboard.html",
        part="services/_figures.html",
        context=context,
        can_change=found.can_change,
        status=503 if found.as_of else 200,
        told=plain.dashboard_data(request.service, period, found),
    )


def this_year(request: ServiceRequest) -> HttpResponse:
    """Show what the service used this year, once that is known."""
    year = financial_year(timezone.localdate())
    usage = usage_of(service_id=request.service.pk, year=year)
    context = {"service": request.service, "usage": usage}
    return render(request, "services/_this_year.html", context)


@require_http_methods(["GET"])
@user_has_permissions("view_activity")
def service_dashboard_updates(
    request: ServiceRequest, service_id: UUID
) -> HttpResponseBase:
    period = period_of(request.GET.get("period", ""))
    found = actions.load_dashboard(service=request.service, period=period, is_poll=True)
    data = plain.dashboard_data(request.service, period, found)
    return json_answer(request, data, status=503 if found.as_of else 200)


@require_http_methods(["GET"])
@user_has_permissions("view_activity", "send_messages")
def old_service_dashboard(request: HttpRequest, service_id: UUID) -> HttpResponse:
    return redirect("services:dashboard", service_id=service_id)


@require_http_methods(["GET"])
@user_has_permissions("view_activity")
def monthly(request: ServiceRequest, service_id: UUID) -> HttpResponseBase:
    return by_month(request, "monthly", "_monthly")


@require_http_methods(["GET"])
@user_has_permissions("view_activity")
def monthly_csv(request: ServiceRequest, service_id: UUID) -> HttpResponse:
    headings = (
        *(_("Month"), _("Type"), _("Sent"), _("Delivered"), _("Failed")),
        _("Failure rate (%)"),
    )
    year = year_of(request)
    return csv_file("messages", year, as_csv(headings, plain.month_rows(year)))


@require_http_methods(["GET"])
@user_has_permissions("view_activity")
def template_usage(request: ServiceRequest, service_id: UUID) -> HttpResponseBase:
    return by_month(request, "template_usage", "_template_months")


@require_http_methods(["GET"])
@user_has_permissions("view_activity")
def template_usage_csv(request: ServiceRequest, service_id: UUID) -> HttpResponse:
    headings = (_("Month"), _("Template"), _("Template ID"), _("Type"), _("Messages"))
    year = year_of(request)
    return csv_file("templates", year, as_csv(headings, plain.template_rows(year)))


@require_http_methods(["GET"])
@user_has_permissions("view_activity")
def template_history(request: ServiceRequest, service_id: UUID) -> HttpResponse:
    return redirect("services:template_usage", service_id=service_id)


def by_month(request: ServiceRequest, page: str, part: str) -> HttpResponseBase:
    """Show the months of a financial year, which keep themselves up to date."""
    found = year_of(request)
    _year, tabs = year_tabs(request.path, request.GET.get("year", ""))
    return render_live(
        request,
        page=f"services/{page}.html",
        part=f"services/{part}.html",
        context={
            "service": request.service,
            "found": found,
            "year": found.year,
            "tabs": tabs,
        },
        can_change=found.is_old,
    )


def year_of(request: ServiceRequest) -> Year:
    """The financial year that is asked for, as far as it is known."""
    year, _tabs = year_tabs(request.path, request.GET.get("year", ""))
    return actions.load_year(service_id=request.service.pk, year=year)


def csv_file(name: str, year: Year, text: str) -> HttpResponse:
    """Answer with a file of a financial year."""
    name = f"{name}-{year.year}-to-{year.year + 1}.csv"
    return HttpResponse(
        text,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
