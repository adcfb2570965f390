"""Inviting people to a team, once more if need be, and withdrawing invitations."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.invites import actions
from portal.invites.forms import InviteForm
from portal.invites.invitations import Invitation
from portal.remote.errors import NotFound, Rejected
from portal.users.actions import load_team
from portal.users.models import User
from portal.users.permissions import ServiceRequest, user_has_permissions
from portal.users.team import Team

READ_AND_WRITE = require_http_methods(["GET", "POST"])


@READ_AND_WRITE
@user_has_permissions("manage_service")
def invite_user(
    request: ServiceRequest, service_id: UUID, user_id: UUID | None = None
) -> HttpResponse:
    team = load_team(service=request.service, you=request.user)
    known = _known(user_id, team)
    form = InviteForm(
        request.POST if request.method == "POST" else None,
        service=request.service,
        folders=team.folders,
        inviter=request.user,
        members=_addresses(team, is_invited=False),
        invited=_addresses(team, is_invited=True),
        initial={
            "email_address": known.email_address if known else "",
            "folders": [str(folder.pk) for folder in team.folders],
            "auth_type": "sms_auth",
        },
    )
    if form.is_valid():
        chosen = form.chosen
        try:
            actions.invite_person(
                service=request.service,
                by=request.user,
                email_address=form.cleaned_data["email_address"],
                permissions=chosen["permissions"],
                folder_ids=chosen["folder_ids"],
                auth_type=chosen["auth_type"] or "sms_auth",
            )
        except Rejected as refusal:
            form.add_refusal(refusal)
        else:
            told = _("The invitation has been sent to %(address)s.")
            address = form.cleaned_data["email_address"]
            messages.success(request, told % {"address": address})
            return redirect("users:team", service_id)
    context = {"service": request.service, "form": form}
    status = 400 if form.errors else 200
    return render(request, "invites/invite.html", context, status=status)


def _known(user_id: UUID | None, team: Team) -> User | None:
    """The person of the address. Raises Http404 when there is none to invite."""
    if user_id is None:
        return None
    user = User.objects.filter(pk=user_id).first()
    if user is None:
        raise Http404(_("There is no such person."))
    return user


def _addresses(team: Team, *, is_invited: bool) -> set[str]:
    return {
        member.email_address.casefold()
        for member in team.members
        if member.is_invited is is_invited
    }


@READ_AND_WRITE
@user_has_permissions("manage_service")
def cancel_invited_user(
    request: ServiceRequest, service_id: UUID, invited_user_id: UUID
) -> HttpResponse:
    invitation = _open_invitation(request, invited_user_id)
    named = {"address": invitation.email_address}
    if request.method == "GET":
        context = {
            "service": request.service,
            "title": _("Cancel the invitation to %(address)s?") % named,
            "told": _("The link in the email will no longer work."),
            "button": _("Cancel this invitation"),
            "is_warning": True,
        }
        return render(request, "invites/confirm.html", context)
    actions.cancel_invitation(invitation=invitation, by=request.user)
    messages.success(request, _("The invitation to %(address)s is cancelled.") % named)
    return redirect("users:team", service_id)


@READ_AND_WRITE
@user_has_permissions("manage_service")
def resend_invitation(
    request: ServiceRequest, service_id: UUID, invited_user_id: UUID
) -> HttpResponse:
    invitation = _open_invitation(request, invited_user_id)
    named = {"address": invitation.email_address}
    if request.method == "GET":
        context = {
            "service": request.service,
            "title": _("Send the invitation to %(address)s again?") % named,
            "told": _(
                "A new link goes to the same address and works for 2 days. The old link "
                "will no longer work."
            ),
            "button": _("Send it again"),
        }
        return render(request, "invites/confirm.html", context)
    actions.resend_invitation(
        invitation=invitation, service=request.service, by=request.user
    )
    messages.success(request, _("The invitation has been sent to %(address)s.") % named)
    return redirect("users:team", service_id)


def _open_invitation(request: ServiceRequest, invitation_id: UUID) -> Invitation:
    """Return an invitation that is not answered yet. Raises Http404."""
    try:
        invitation = actions.get_invitation(
            service=request.service, invitation_id=invitation_id
        )
    except NotFound as missing:
        raise Http404(_("There is no such invitation.")) from missing
    if not invitation.is_pending:
        raise Http404(_("The invitation has been accepted or cancelled already."))
    return invitation
