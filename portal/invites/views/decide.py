"""Requests to join a service: what those who were asked decide."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from portal.invites import actions
from portal.invites.forms import APPROVE, DecisionForm
from portal.invites.join_requests import JoinRequest
from portal.message_templates.models import TemplateFolder
from portal.remote.errors import NotFound, Rejected
from portal.users.forms.team import PermissionsForm
from portal.users.permissions import ServiceRequest, user_has_permissions

READ_AND_WRITE = require_http_methods(["GET", "POST"])


def _request_to_join(request: ServiceRequest, request_id: UUID) -> JoinRequest:
    """Return a request to join the service. Raises Http404."""
    try:
        return actions.get_join_request(service=request.service, request_id=request_id)
    except NotFound as missing:
        raise Http404(_("There is no such request.")) from missing


def _decided(request: ServiceRequest, wish: JoinRequest) -> HttpResponse:
    """Say what became of a request that needs no decision any more."""
    context = {"service": request.service, "wish": wish}
    return render(request, "invites/decided.html", context)


@READ_AND_WRITE
@user_has_permissions("manage_service")
def service_join_request_approve(
    request: ServiceRequest, service_id: UUID, request_id: UUID
) -> HttpResponse:
    wish = _request_to_join(request, request_id)
    if wish.is_member or not wish.is_pending:
        return _decided(request, wish)
    form = DecisionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if form.cleaned_data["decision"] == APPROVE:
            return redirect("invites:choose_permissions", service_id, request_id)
        actions.refuse_join_request(wish=wish, by=request.user)
        return redirect("invites:join_refused", service_id, request_id)
    context = {"service": request.service, "wish": wish, "form": form}
    status = 400 if form.errors else 200
    return render(request, "invites/decide.html", context, status=status)


@READ_AND_WRITE
@user_has_permissions("manage_service")
def service_join_request_choose_permissions(
    request: ServiceRequest, service_id: UUID, request_id: UUID
) -> HttpResponse:
    wish = _request_to_join(request, request_id)
    if wish.is_member or not wish.is_pending:
        return _decided(request, wish)
    folders = list(TemplateFolder.objects.for_service(request.service))
    form = PermissionsForm(
        request.POST if request.method == "POST" else None,
        service=request.service,
        folders=folders,
        initial={
            "folders": [str(folder.pk) for folder in folders],
            "auth_type": "sms_auth",
        },
    )
    if form.is_valid():
        try:
            actions.approve_join_request(wish=wish, by=request.user, **form.chosen)
        except Rejected as refusal:
            wish = _request_to_join(request, request_id)
            if wish.is_member or not wish.is_pending:
                return _decided(request, wish)
            form.add_refusal(refusal)
        else:
            told = _("%(name)s has joined the service.") % {"name": wish.name}
            messages.success(request, told)
            return redirect("users:team", service_id)
    context = {"service": request.service, "wish": wish, "form": form}
    status = 400 if form.errors else 200
    return render(request, "invites/choose_permissions.html", context, status=status)


@require_GET
@user_has_permissions("manage_service")
def service_join_request_refused(
    request: ServiceRequest, service_id: UUID, request_id: UUID
) -> HttpResponse:
    return _decided(request, _request_to_join(request, request_id))
