"""The team of a service: who is in it, what each may do, and who leaves."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from portal.message_templates.models import TemplateFolder
from portal.message_templates.tree import may_see
from portal.remote.errors import Rejected
from portal.services.models import Service
from portal.users import actions
from portal.users.forms.team import PermissionsForm, TeamSearchForm
from portal.users.models import User
from portal.users.permissions import (
    ServiceRequest,
    may_use,
    user_has_permissions,
)
from portal.users.team import team_csv

# The platform's own rule: somebody may be ill.
MANAGERS_OF_LIVE_SERVICE = 2


@require_GET
@user_has_permissions(allow_org_user=True)
def manage_users(request: ServiceRequest, service_id: UUID) -> HttpResponse:
    team = actions.load_team(service=request.service, you=request.user)
    form = TeamSearchForm(request.GET)
    form.full_clean()
    members = team.found(
        form.cleaned_data.get("search", ""), form.cleaned_data.get("permission", "")
    )
    context = {
        "service": request.service,
        "lines": [(member, team.sees_all(member)) for member in members],
        "has_folders": bool(team.folders),
        "is_filtered": len(members) < len(team.members),
        "count": len(members),
        "search_form": form,
        "can_manage": may_use(request.user, request.service, ("manage_service",)),
        "can_download": may_use(
            request.user, request.service, ("manage_service",), allow_org_user=True
        ),
    }
    page = "_team" if request.headers.get("HX-Target") == "team" else "team"
    return render(request, f"users/{page}.html", context)


@require_GET
@user_has_permissions("manage_service", allow_org_user=True)
def manage_users_download(request: ServiceRequest, service_id: UUID) -> HttpResponse:
    team = actions.load_team(service=request.service, you=request.user)
    return HttpResponse(
        team_csv(team),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="team-members.csv"'},
    )


@require_http_methods(["GET", "POST"])
@user_has_permissions("manage_service")
def edit_user_permissions(
    request: ServiceRequest, service_id: UUID, user_id: UUID
) -> HttpResponse:
    member, folders = actions.load_member(service=request.service, user_id=user_id)
    if member is None:
        raise Http404(_("There is no such person in the team."))
    form = PermissionsForm(
        request.POST if request.method == "POST" else None,
        service=request.service,
        folders=folders,
        has_security_key=member.auth_type == "webauthn_auth",
        initial=permissions_of(member, request.service, folders),
    )
    if form.is_valid():
        try:
            actions.set_permissions(
                service=request.service, member=member, by=request.user, **form.chosen
            )
        except Rejected:
            form.add_error("permissions", too_few_managers(request.service))
        else:
            messages.success(request, _("What the person may do has been changed."))
            return redirect("users:team", service_id)
    context = {
        "service": request.service,
        "member": member,
        "form": form,
        "asks_to_remove": "delete" in request.GET and not form.is_bound,
    }
    status = 400 if form.errors else 200
    return render(request, "users/edit_member.html", context, status=status)


@require_http_methods(["POST"])
@user_has_permissions("manage_service")
def remove_user_from_service(
    request: ServiceRequest, service_id: UUID, user_id: UUID
) -> HttpResponse:
    member = member_of(request, user_id)
    try:
        actions.remove_member(service=request.service, member=member, by=request.user)
    except Rejected:
        messages.error(request, too_few_managers(request.service))
        return redirect("users:edit_member", service_id, user_id)
    messages.success(
        request, _("%(name)s is no longer in the team.") % {"name": member.name}
    )
    if member.pk == request.user.pk and not request.user.platform_admin:
        return redirect("users:your_services")
    return redirect("users:team", service_id)


def member_of(request: ServiceRequest, user_id: UUID) -> User:
    """Return one of the team. Raises Http404."""
    member = actions.get_member(service=request.service, user_id=user_id)
    if member is None:
        raise Http404(_("There is no such person in the team."))
    return member


def permissions_of(
    member: User, service: Service, folders: list[TemplateFolder]
) -> dict[str, Any]:
    """What the form of somebody's permissions shows at first."""
    return {
        "permissions": sorted(member.permissions_for_service(service.pk)),
        "folders": [str(f.pk) for f in folders if may_see(f, member.pk)],
        "auth_type": member.auth_type,
    }


def too_few_managers(service: Service) -> str:
    """Say why somebody must go on managing the service."""
    needed = MANAGERS_OF_LIVE_SERVICE if service.is_live else 1
    return ngettext(
        "This service needs at least %(n)s person who can manage settings, team and "
        "usage. Give somebody else this permission first.",
        "A live service needs at least %(n)s people who can manage settings, team and "
        "usage. Give somebody else this permission first.",
        needed,
    ) % {"n": needed}
