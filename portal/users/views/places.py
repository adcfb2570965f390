"""Choosing a service."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from portal.users import actions
from portal.users.addresses import is_of_public_sector
from portal.users.permissions import SignedInRequest, user_is_logged_in


@require_GET
@user_is_logged_in
def your_services(request: SignedInRequest) -> HttpResponse:
    """List the services of a person, live ones first."""
    found = actions.services_and_organisations(user_id=str(request.user.pk))
    live, trial = _split(found["services"])
    groups = [(_("Live services"), live), (_("Trial mode services"), trial)]
    shown = {
        "groups": [(title, rows) for title, rows in groups if rows],
        "organisations": found["organisations"],
        "may_add": is_of_public_sector(str(request.user.email_address)),
    }
    return render(request, "users/your_services.html", shown)


@require_GET
def services_or_dashboard(request: HttpRequest) -> HttpResponse:
    """Go straight to the only service of someone who has just one."""
    if not request.user.is_authenticated:
        return redirect("users:sign_in")
    service_ids = request.user.service_ids
    if len(service_ids) == 1 and not request.user.organisation_ids:
        return redirect(f"/services/{service_ids[0]}")
    return redirect("users:your_services")


def _split(rows: list[dict[str, Any]]) -> tuple[list[Any], list[Any]]:
    live = [row for row in rows if not row.get("restricted")]
    return live, [row for row in rows if row.get("restricted")]
