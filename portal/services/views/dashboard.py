"""A service's first page, and what it sent month by month."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from portal.common.live import is_partial, render_live
from portal.services import actions
from portal.services.months import year_tabs
from portal.users.permissions import ServiceRequest, may_use, user_has_permissions


@require_http_methods(["GET"])
@user_has_permissions()
def service_dashboard(request: ServiceRequest, service_id: UUID) -> HttpResponseBase:
    if not may_use(request.user, request.service, ("view_activity",)):
        return redirect("message_templates:choose", service_id=service_id)
    dashboard = actions.load_dashboard(
        service=request.service, is_poll=is_partial(request)
    )
    return render_live(
        request,
        page="services/dashboard.html",
        part="services/_figures.html",
        context={"service": request.service, "dashboard": dashboard},
        can_change=dashboard.can_change,
        status=503 if dashboard.as_of else 200,
    )


@require_http_methods(["GET"])
@user_has_permissions("view_activity", "send_messages")
def old_service_dashboard(request: HttpRequest, service_id: UUID) -> HttpResponse:
    return redirect("services:dashboard", service_id=service_id)


@require_http_methods(["GET"])
@user_has_permissions("view_activity")
def monthly(request: ServiceRequest, service_id: UUID) -> HttpResponse:
    context = year_context(request)
    context["months"] = actions.load_months(
        service=request.service, year=context["year"]
    )
    return render(request, "services/monthly.html", context)


@require_http_methods(["GET"])
@user_has_permissions("view_activity")
def template_usage(request: ServiceRequest, service_id: UUID) -> HttpResponse:
    context = year_context(request)
    context["months"] = actions.load_template_months(
        service=request.service, year=context["year"]
    )
    return render(request, "services/template_usage.html", context)


@require_http_methods(["GET"])
@user_has_permissions("view_activity")
def template_history(request: ServiceRequest, service_id: UUID) -> HttpResponse:
    return redirect("services:template_usage", service_id=service_id)


def year_context(request: ServiceRequest) -> dict[str, Any]:
    """The financial year that is asked for, and links to the others."""
    year, tabs = year_tabs(request.path, request.GET.get("year", ""))
    return {"service": request.service, "year": year, "tabs": tabs}
