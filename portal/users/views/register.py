"""Making an account, by oneself or by an invitation."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from portal.invites.actions import name_of_place, read_invitation
from portal.invites.invitations import (
    ORGANISATION,
    SERVICE,
    Invitation,
    UnknownInvitation,
)
from portal.remote.errors import Rejected
from portal.users import actions, sessions
from portal.users.demo import demo_domain
from portal.users.forms.registration import InvitedUserForm, RegistrationForm
from portal.users.models import User
from portal.users.throttle import allows
from portal.users.views.steps import finish, send, step, unless_signed_in

READ_AND_WRITE = require_http_methods(["GET", "POST"])
REGISTERING = "registering"
ATTEMPTS_AT_MOST = 10
ATTEMPTS_SECONDS = 600
FOLLOW_AGAIN = {
    SERVICE: "invites:accept",
    ORGANISATION: "invites:accept_organisation",
}


@READ_AND_WRITE
@never_cache
@unless_signed_in
def register(request: HttpRequest) -> HttpResponse:
    form = RegistrationForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _may_try(request, form):
        try:
            actions.register_user(**form.cleaned_data)
        except Rejected as refusal:
            form.add_refusal(refusal)
        else:
            request.session[REGISTERING] = form.cleaned_data["email_address"]
            return redirect("users:registration_continue")
    status = 400 if form.errors else 200
    context = {"form": form, "demo_domain": demo_domain()}
    return render(request, "users/register.html", context, status=status)


@require_GET
@never_cache
@unless_signed_in
def registration_continue(request: HttpRequest) -> HttpResponse:
    address = request.session.get(REGISTERING)
    if not address:
        return redirect("users:sign_in")
    return render(request, "users/registration_continue.html", {"address": address})


@READ_AND_WRITE
@never_cache
@unless_signed_in
def register_from_invite(request: HttpRequest) -> HttpResponse:
    return _register_invited(request, SERVICE)


@READ_AND_WRITE
@never_cache
@unless_signed_in
def register_from_org_invite(request: HttpRequest) -> HttpResponse:
    return _register_invited(request, ORGANISATION)


def _register_invited(request: HttpRequest, kind: str) -> HttpResponse:
    """Make an account for who followed a link; it is accepted once they have signed in."""
    token = sessions.kept_invitation(request, kind)
    if not token:
        raise Http404(_("Follow the link in the email once more."))
    follow_again = reverse(FOLLOW_AGAIN[kind], args=[token])
    try:
        invitation = read_invitation(kind=kind, token=token)
    except UnknownInvitation:
        return redirect(follow_again)
    if not invitation.is_pending:
        return redirect(follow_again)
    form = InvitedUserForm(
        request.POST if request.method == "POST" else None,
        needs_mobile=invitation.auth_type != "email_auth",
    )
    if form.is_valid():
        user = _registered(form, invitation)
        if user is not None:
            return _prove_phone(request, user)
    context = {
        "form": form,
        "invitation": invitation,
        "place": name_of_place(invitation=invitation),
    }
    status = 400 if form.errors else 200
    return render(request, "users/register_invited.html", context, status=status)


def _registered(form: InvitedUserForm, invitation: Invitation) -> User | None:
    try:
        return actions.register_invited_user(
            name=form.cleaned_data["name"],
            email_address=invitation.email_address,
            mobile_number=form.cleaned_data.get("mobile_number"),
            password=form.cleaned_data["password"],
            auth_type=invitation.auth_type,
        )
    except Rejected as refusal:
        form.add_refusal(refusal)
        return None


def _prove_phone(request: HttpRequest, user: User) -> HttpResponse:
    # The link of the invitation has proved the address.
    sessions.begin(request, user)
    if user.auth_type == "email_auth":
        return finish(request, str(user.pk))
    send(user, "sms")
    return step(request, "/verify")


def _may_try(request: HttpRequest, form: RegistrationForm) -> bool:
    # Each try sends an e-mail to an address that somebody typed.
    where = str(request.META.get("REMOTE_ADDR"))
    address = form.cleaned_data["email_address"]
    if allows(
        "register", where, times=ATTEMPTS_AT_MOST, seconds=ATTEMPTS_SECONDS
    ) and allows("register-address", address, times=5, seconds=ATTEMPTS_SECONDS):
        return True
    form.add_error(None, _("Too many attempts. Wait 10 minutes, then try again."))
    return False
