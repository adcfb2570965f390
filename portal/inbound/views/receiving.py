"""A number by which people can text the service: given and taken away."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from portal.inbound import actions
from portal.remote.errors import Conflict, NotFound, Rejected
from portal.users.permissions import ServiceRequest, user_has_permissions

READ_AND_WRITE = require_http_methods(["GET", "POST"])


@require_GET
@user_has_permissions("manage_service")
def service_receive_text_messages(
    request: ServiceRequest, service_id: UUID
) -> HttpResponse:
    return _page(request, "receiving")


@READ_AND_WRITE
@user_has_permissions("manage_service")
def service_receive_text_messages_start(
    request: ServiceRequest, service_id: UUID
) -> HttpResponse:
    if actions.is_receiving(request.service):
        return redirect("inbound:receiving", service_id)
    if request.method == "GET":
        return render(request, "inbound/start.html", {"service": request.service})
    try:
        actions.start_receiving(service=request.service, by=request.user)
    except (NotFound, Rejected, Conflict):
        told = _(
            "No number is free at the moment. Ask the people who run the platform."
        )
        messages.error(request, told)
    else:
        messages.success(request, _("Your service has a phone number now."))
    return redirect("inbound:receiving", service_id)


@READ_AND_WRITE
@user_has_permissions("manage_service")
def service_receive_text_messages_stop(
    request: ServiceRequest, service_id: UUID
) -> HttpResponse:
    if not actions.is_receiving(request.service):
        return redirect("inbound:receiving", service_id)
    if request.method == "GET":
        return _page(request, "stop")
    actions.stop_receiving(service=request.service, by=request.user)
    return redirect("inbound:stopped_receiving", service_id)


@require_GET
@user_has_permissions("manage_service")
def service_receive_text_messages_stop_success(
    request: ServiceRequest, service_id: UUID
) -> HttpResponse:
    return render(request, "inbound/stopped.html", {"service": request.service})


def _page(request: ServiceRequest, page: str) -> HttpResponse:
    number = (
        actions.get_number(service=request.service)
        if actions.is_receiving(request.service)
        else ""
    )
    context = {"service": request.service, "number": number}
    return render(request, f"inbound/{page}.html", context)
