"""A service's first page."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import conditional_page, require_http_methods

from portal.services import actions
from portal.users.permissions import user_has_permissions

LAST_UPDATE = 286


@require_http_methods(["GET"])
@conditional_page
@user_has_permissions(allow_org_user=True)
def service_dashboard(request: HttpRequest, service_id: UUID) -> HttpResponse:
    if not request.user.has_permission_for_service(service_id, "view_activity"):
        return redirect("message_templates:choose", service_id=service_id)
    dashboard = actions.load_dashboard(service=request.service)
    context = {"service": request.service, "dashboard": dashboard}
    if not request.htmx:
        return render(request, "services/dashboard.html", context)
    status = 200 if dashboard.can_change else LAST_UPDATE
    return render(request, "services/_figures.html", context, status=status)


@require_http_methods(["GET"])
def old_service_dashboard(request: HttpRequest, service_id: UUID) -> HttpResponse:
    return redirect("services:dashboard", service_id=service_id)
