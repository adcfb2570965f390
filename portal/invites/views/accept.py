"""The links of invitations: who follows one joins, registers, or is told why not."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from portal.invites import actions
from portal.invites.invitations import (
    ORGANISATION,
    SERVICE,
    ExpiredInvitation,
    Invitation,
    UnknownInvitation,
)
from portal.users import sessions
from portal.users.actions import find_user
from portal.users.permissions import to_sign_in

READ_AND_WRITE = require_http_methods(["GET", "POST"])
REGISTER = {
    SERVICE: "users:register_from_invite",
    ORGANISATION: "users:register_from_org_invite",
}


@READ_AND_WRITE
@never_cache
def accept_invite(request: HttpRequest, token: str) -> HttpResponse:
    return _answer(request, SERVICE, token)


@READ_AND_WRITE
@never_cache
def accept_org_invite(request: HttpRequest, token: str) -> HttpResponse:
    return _answer(request, ORGANISATION, token)


def _answer(request: HttpRequest, kind: str, token: str) -> HttpResponse:
    if request.method == "POST" and not request.user.is_authenticated:
        return to_sign_in(request)
    try:
        invitation = actions.read_invitation(kind=kind, token=token)
    except ExpiredInvitation:
        return render(request, "invites/expired.html", status=410)
    except UnknownInvitation:
        return render(request, "invites/unknown.html", status=404)
    signed_in = request.user if request.user.is_authenticated else None
    if signed_in and not invitation.is_for(str(signed_in.email_address)):
        return _page(request, "wrong_person", invitation, status=403)
    if invitation.status == "cancelled":
        return _page(request, "cancelled", invitation, status=410)
    if not invitation.is_pending:
        return redirect(_place(invitation))
    if signed_in is None:
        return _to_account(request, invitation, token)
    if request.method == "POST":
        actions.accept_invitation(invitation=invitation, user=signed_in)
        sessions.forget_invitation(request)
        name = actions.name_of_place(invitation=invitation)
        messages.success(request, _("You have joined “%(name)s”.") % {"name": name})
        return redirect(_place(invitation))
    # Not on GET: programs that look into mails must not accept for anybody.
    return _page(request, "accept", invitation)


def _to_account(
    request: HttpRequest, invitation: Invitation, token: str
) -> HttpResponse:
    """Send somebody who is not signed in to their account, or to make one; then back here."""
    back = urlencode({"next": request.path})
    if find_user(email_address=invitation.email_address):
        messages.info(request, _("Sign in to accept your invitation."))
        return redirect(f"{reverse('users:sign_in')}?{back}")
    sessions.keep_invitation(request, invitation.kind, token)
    return redirect(f"{reverse(REGISTER[invitation.kind])}?{back}")


def _place(invitation: Invitation) -> str:
    if invitation.kind == SERVICE:
        return reverse("services:dashboard", args=[invitation.place_id])
    return reverse("users:your_services")


def _page(
    request: HttpRequest, page: str, invitation: Invitation, status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {
        "invitation": invitation,
        "place": actions.name_of_place(invitation=invitation),
        "inviter": actions.name_of_inviter(invitation=invitation),
    }
    return render(request, f"invites/{page}.html", context, status=status)
