"""A new service."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from portal.common.once import make_once
from portal.organisations.actions import can_ask_to_join, organisation_of
from portal.remote.errors import Rejected
from portal.services import actions
from portal.services.forms import ServiceNameForm
from portal.users.permissions import SignedInRequest, user_is_gov_user


@require_GET
@user_is_gov_user
def add_service(request: SignedInRequest) -> HttpResponse:
    organisation = organisation_of(user=request.user)
    if organisation is None or not can_ask_to_join(organisation):
        return redirect("services:name_service")
    context = {"organisation": organisation["name"]}
    return render(request, "services/add_service.html", context)


@require_http_methods(["GET", "POST"])
@user_is_gov_user
def name_service(request: SignedInRequest) -> HttpResponse:
    organisation = organisation_of(user=request.user)
    known_type = organisation["organisation_type"] if organisation else None
    form = ServiceNameForm(
        request.POST if request.method == "POST" else None, asks_type=not known_type
    )
    if form.is_valid():
        try:
            made = _made(request, form, known_type)
        except Rejected as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _("Your service is set up, in trial mode."))
            return _first_page(made)
    status = 400 if form.errors else 200
    return render(request, "services/name_service.html", {"form": form}, status=status)


def _made(
    request: SignedInRequest, form: ServiceNameForm, known_type: str | None
) -> str:
    """Make the service, with an example if it is the first; the same for a form sent twice."""
    chosen = form.cleaned_data

    def make() -> str:
        pk = actions.create_service(
            name=chosen["name"],
            organisation_type=known_type or chosen["organisation_type"],
            by=request.user,
        )
        is_first = not request.user.service_ids
        example = actions.create_example(service_id=pk) if is_first else ""
        return f"{pk} {example}"

    return make_once(chosen["form_id"], make, by=request.user.pk)


def _first_page(made: str) -> HttpResponse:
    """Go to the tour of a first service, else to the dashboard."""
    service_id, _space, example = made.partition(" ")
    if example:
        return redirect("notifications:begin_tour", service_id, example)
    if service_id:
        return redirect("services:dashboard", service_id)
    # The first of two submissions is still under way.
    return redirect("users:your_services")
