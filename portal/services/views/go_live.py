"""Going live: the team's side."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.common.templatetags.portal_ui import exists
from portal.services import actions
from portal.services.forms import YES, UniqueForm, VolumesForm
from portal.users.addresses import is_of_public_sector
from portal.users.permissions import ServiceRequest, user_has_permissions

READ_AND_WRITE = require_http_methods(["GET", "POST"])


def has_page(path: str) -> bool:
    """Tell whether the portal has the page at an address of a service."""
    _services, _pk, end = path.removeprefix("/").split("/", 2)
    return exists(f"/{end}", settings.ROOT_URLCONF)


@READ_AND_WRITE
@user_has_permissions("manage_service")
def request_to_go_live(request: ServiceRequest, service_id: UUID) -> HttpResponse:
    service = request.service
    is_asking = request.method == "POST"
    if is_asking and not is_of_public_sector(str(request.user.email_address)):
        raise PermissionDenied(_("You do not have permission to do this."))
    if service.is_live or service.has_active_go_live_request:
        return render(request, "services/going_live.html", {"service": service})
    checklist = actions.load_checklist(service=service, exists=has_page)
    if is_asking and checklist.is_complete:
        actions.ask_to_go_live(service=service, by=request.user)
        messages.success(request, _("Your request has been sent."))
        return redirect("services:go_live", service_id)
    context = {
        "service": service,
        "checklist": checklist,
        "errors": [("", _("Do this first: %s") % t.text) for t in checklist.missing]
        if is_asking
        else [],
        "page_has_errors": is_asking,
    }
    status = 400 if is_asking else 200
    return render(request, "services/go_live.html", context, status=status)


@READ_AND_WRITE
@user_has_permissions("manage_service")
def request_to_go_live_old_path(
    request: ServiceRequest, service_id: UUID
) -> HttpResponse:
    """Lead to the page of today, with what was posted."""
    is_asking = request.method == "POST"
    return redirect(
        "services:go_live", service_id, permanent=True, preserve_request=is_asking
    )


@READ_AND_WRITE
@user_has_permissions("manage_service")
def confirm_service_is_unique(
    request: ServiceRequest, service_id: UUID
) -> HttpResponse:
    chosen = {"is_unique": YES} if request.service.confirmed_unique else {}
    form = UniqueForm(
        request.POST if request.method == "POST" else None, initial=chosen
    )
    if form.is_valid():
        if form.cleaned_data["is_unique"] == YES:
            actions.confirm_unique(service=request.service, by=request.user)
        else:
            messages.info(
                request,
                _(
                    "Ask your colleagues whether there is a service that you could use "
                    "together. Come back when you are sure."
                ),
            )
        return redirect("services:go_live", service_id)
    context = {"service": request.service, "form": form}
    status = 400 if form.errors else 200
    return render(request, "services/confirm_unique.html", context, status=status)


@READ_AND_WRITE
@user_has_permissions("manage_service")
def estimate_usage(request: ServiceRequest, service_id: UUID) -> HttpResponse:
    service = request.service
    known = {name: getattr(service, name) for name in VolumesForm.base_fields}
    form = VolumesForm(
        request.POST if request.method == "POST" else None, initial=known
    )
    if form.is_valid():
        volumes = {name: value or 0 for name, value in form.cleaned_data.items()}
        actions.estimate_usage(service=service, by=request.user, volumes=volumes)
        return redirect("services:go_live", service_id)
    status = 400 if form.errors else 200
    context = {"service": service, "form": form}
    return render(request, "services/estimate_usage.html", context, status=status)
