"""A service's first page."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from portal.common.live import is_partial, render_live
from portal.services import actions
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
