"""Asking to join a service of one's organisation."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.invites import actions
from portal.invites.forms import AskToJoinForm, ServiceToJoinForm
from portal.organisations.actions import can_ask_to_join, organisation_of
from portal.remote.errors import Rejected
from portal.services.models import Service
from portal.users.models import User
from portal.users.permissions import SignedInRequest, user_is_gov_user

READ_AND_WRITE = require_http_methods(["GET", "POST"])


@READ_AND_WRITE
@user_is_gov_user
def join_service_choose_service(request: SignedInRequest) -> HttpResponse:
    organisation = organisation_of(user=request.user)
    if not can_ask_to_join(organisation):
        raise PermissionDenied(_("Your organisation does not let people ask to join."))
    found = Service.objects.for_organisation(organisation["id"])  # type: ignore[index]
    services = sorted(
        (s for s in found if s.active and not request.user.belongs_to_service(s.pk)),
        key=lambda service: (bool(service.restricted), str(service.name).casefold()),
    )
    form = ServiceToJoinForm(
        request.POST if request.method == "POST" else None,
        services=[(str(service.pk), str(service.name)) for service in services],
    )
    if form.is_valid():
        return redirect("invites:ask_to_join", form.cleaned_data["service"])
    context = {
        "form": form,
        "has_services": bool(services),
        "organisation": organisation["name"],  # type: ignore[index]
    }
    status = 400 if form.errors else 200
    return render(request, "invites/choose_service.html", context, status=status)


@READ_AND_WRITE
@user_is_gov_user
def join_service_ask(
    request: SignedInRequest, service_to_join_id: UUID
) -> HttpResponse:
    service = _service_to_join(request, service_to_join_id)
    if request.user.belongs_to_service(service.pk):
        return redirect("services:dashboard", service.pk)
    managers = managers_of(service)
    form = AskToJoinForm(
        request.POST if request.method == "POST" else None, managers=managers
    )
    if form.is_valid():
        try:
            actions.ask_to_join(
                service=service,
                user=request.user,
                manager_ids=form.cleaned_data["managers"],
                reason=form.cleaned_data["reason"],
            )
        except Rejected:
            messages.info(request, _("You are in the team of this service by now."))
            return redirect("users:your_services")
        request.session[_key(service)] = form.cleaned_data["managers"]
        return redirect("invites:asked_to_join", service.pk)
    context = {"service_to_join": service, "form": form, "managers": managers}
    status = 400 if form.errors else 200
    return render(request, "invites/ask_to_join.html", context, status=status)


@READ_AND_WRITE
@user_is_gov_user
def join_service_you_have_asked(
    request: SignedInRequest, service_to_join_id: UUID
) -> HttpResponse:
    service = _service_to_join(request, service_to_join_id)
    asked = request.session.get(_key(service), [])
    names = [str(u.name) for u in managers_of(service) if str(u.pk) in asked]
    context = {"service_to_join": service, "names": get_text_list(names, _("and"))}
    return render(request, "invites/asked_to_join.html", context)


def managers_of(service: Service) -> list[User]:
    """Those of a service's team who decide who joins."""
    return sorted(
        (
            user
            for user in User.objects.for_service(service)
            if user.is_active
            and user.has_permission_for_service(service.pk, "manage_service")
        ),
        key=lambda user: str(user.name).casefold(),
    )


def _service_to_join(request: SignedInRequest, service_id: UUID) -> Service:
    """Return a service of the person's organisation. Raises Http404, PermissionDenied."""
    service = Service.objects.filter(pk=service_id, active=True).first()
    if service is None:
        raise Http404
    organisation = organisation_of(user=request.user)
    is_own = organisation and str(service.organisation_id) == organisation["id"]
    if not (is_own and can_ask_to_join(organisation)):
        raise PermissionDenied(_("You can ask to join services of your organisation."))
    return service


def _key(service: Service) -> str:
    return f"asked-to-join-{service.pk}"
