"""Going live: what a member of the organisation asks, checks and decides."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from portal.services import actions
from portal.services.actions.going_live import GoLiveRequest
from portal.services.forms import (
    APPROVE,
    NO,
    UNSURE,
    YES,
    CheckNameForm,
    CheckUniqueForm,
    DecisionForm,
)
from portal.users.permissions import ServiceRequest, user_has_permissions

READ_AND_WRITE = require_http_methods(["GET", "POST"])
Step = Callable[[ServiceRequest, GoLiveRequest], HttpResponse]


def for_deciders(view: Step) -> Callable[..., HttpResponse]:
    """Serve those who may make the service live, while it asks for it."""

    @user_has_permissions(allow_org_user=True)
    @wraps(view)
    def checked(request: ServiceRequest, service_id: UUID) -> HttpResponse:
        service = request.service
        wish = actions.load_go_live_request(service=service)
        if not wish.may_be_decided_by(request.user):
            raise PermissionDenied(_("You do not have permission to do this."))
        if service.is_live or not service.has_active_go_live_request:
            return render(request, "services/nothing_to_decide.html", _shown(wish))
        return view(request, wish)

    return checked


def _shown(wish: GoLiveRequest, **more: Any) -> dict[str, Any]:
    return {"service": wish.service, "wish": wish, **more}


def _next(request: ServiceRequest, page: str, /, **answers: str) -> HttpResponse:
    url = reverse(f"services:{page}", args=[request.service.pk])
    return redirect(f"{url}?{urlencode(answers)}" if answers else url)


@require_GET
@for_deciders
def org_member_make_service_live_start(
    request: ServiceRequest, wish: GoLiveRequest
) -> HttpResponse:
    return render(request, "services/approve_start.html", _shown(wish))


@READ_AND_WRITE
@for_deciders
def org_member_make_service_live_check_unique(
    request: ServiceRequest, wish: GoLiveRequest
) -> HttpResponse:
    form = CheckUniqueForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        unique = form.cleaned_data["unique"]
        if unique == NO:
            return _next(request, "approve_contact", unique=NO)
        return _next(request, "approve_name", unique=unique)
    return _step(request, wish, form, "approve_start")


@READ_AND_WRITE
@for_deciders
def org_member_make_service_live_service_name(
    request: ServiceRequest, wish: GoLiveRequest
) -> HttpResponse:
    form = CheckNameForm(request.POST if request.method == "POST" else None)
    unique = UNSURE if request.GET.get("unique") == UNSURE else YES
    if form.is_valid():
        name = form.cleaned_data["name"]
        if unique == name == YES:
            return _next(request, "approve_decision")
        actions.explain_next_steps(
            service=request.service,
            by=request.user,
            is_unsure=unique == UNSURE,
            is_unclear=name == NO,
        )
        return _next(request, "approve_contact", unique=unique, name=name)
    return _step(request, wish, form, "approve_unique")


@require_GET
@for_deciders
def org_member_make_service_live_contact_user(
    request: ServiceRequest, wish: GoLiveRequest
) -> HttpResponse:
    context = _shown(
        wish,
        is_double=request.GET.get("unique") == NO,
        is_unsure=request.GET.get("unique") == UNSURE,
        is_unclear=request.GET.get("name") == NO,
    )
    return render(request, "services/approve_contact.html", context)


@READ_AND_WRITE
@for_deciders
def org_member_make_service_live_decision(
    request: ServiceRequest, wish: GoLiveRequest
) -> HttpResponse:
    form = DecisionForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _step(request, wish, form, "approve_start")
    if form.cleaned_data["decision"] == APPROVE:
        actions.approve_go_live(service=request.service, by=request.user)
        told = _("“%(name)s” is live. Its team has been told.")
    else:
        actions.refuse_go_live(
            wish=wish, by=request.user, reason=form.cleaned_data["reason"]
        )
        told = _("You have rejected the request of “%(name)s”. Its team has been told.")
    messages.success(request, told % {"name": request.service.name})
    return redirect("users:your_services")


def _step(
    request: ServiceRequest, wish: GoLiveRequest, form: Any, back: str
) -> HttpResponse:
    back_url = reverse(f"services:{back}", args=[request.service.pk])
    context = _shown(wish, form=form, back_url=back_url)
    status = 400 if form.errors else 200
    return render(request, "services/approve_step.html", context, status=status)
