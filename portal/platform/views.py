"""The first page of platform admins: how the platform does, and a search over all of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.platform import actions
from portal.platform.figures import read_overview
from portal.platform.forms import FindForm
from portal.users.permissions import user_is_platform_admin

# Where each kind of thing is shown; {pk} is its own id, the others what it belongs to.
PLACES = {
    "user": "/admin/users/user/{pk}/change/",
    "service": "/services/{pk}",
    "organisation": "/admin/organisations/organisation/{pk}/change/",
    "template": "/services/{service_id}/templates/{pk}",
    "template_folder": "/services/{service_id}/templates/folders/{pk}",
    "notification": "/services/{service_id}/notification/{pk}",
    "job": "/services/{service_id}/jobs/{pk}",
    "uploaded_letter": "/services/{service_id}/notification/{pk}",
}


@require_http_methods(["GET", "POST"])
@user_is_platform_admin
def platform_admin_search(request: HttpRequest) -> HttpResponse:
    form = FindForm(request.POST or None)
    found = None
    if form.is_valid():
        term = form.cleaned_data["search"].strip()
        if (pk := as_uuid(term)) is None:
            found = actions.find_by_name(term=term)
        elif address := address_of(pk):
            return redirect(address)
        else:
            form.add_error("search", _("Nothing that can be shown here has this ID."))
    context: dict[str, Any] = {
        "form": form,
        "found": found,
        "overview": read_overview(),
    }
    if not form.is_bound:
        context["worries"] = actions.list_worries()
    status = 400 if form.is_bound and form.errors else 200
    return render(request, "platform/search.html", context, status=status)


def as_uuid(term: str) -> UUID | None:
    """The id, if the term is one."""
    try:
        return UUID(term)
    except ValueError:
        return None


def address_of(pk: UUID) -> str | None:
    """The page of whatever has this id, if it has one."""
    if (found := actions.find_by_uuid(uuid=pk)) is None:
        return None
    kind, context = found
    place = PLACES.get(kind)
    return place.format(pk=pk, **context) if place else None
