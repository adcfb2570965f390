"""What happened to a service."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from portal.services import actions
from portal.users.permissions import ServiceRequest, user_has_permissions

KINDS = ("", "service", "api-key")


@require_GET
@user_has_permissions("manage_service")
def history(request: ServiceRequest, service_id: UUID) -> HttpResponse:
    shown = request.GET.get("show", "")
    kind = shown if shown in KINDS else ""
    names = {"": _("All"), "service": _("Service settings"), "api-key": _("API keys")}
    context = {
        "service": request.service,
        "days": actions.load_history(service=request.service, kind=kind),
        "tabs": [
            {
                "text": name,
                "url": f"{request.path}?show={key}" if key else request.path,
                "current": key == kind,
            }
            for key, name in names.items()
        ],
    }
    return render(request, "services/history.html", context)
