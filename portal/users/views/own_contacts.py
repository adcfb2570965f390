"""A new e-mail address or mobile number of one's own: password first, then a link or a code."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from portal.remote.errors import Rejected
from portal.users import actions, sessions
from portal.users.forms.account import EmailForm, MobileForm, PasswordForm
from portal.users.forms.sign_in import CodeForm
from portal.users.permissions import (
    SignedInRequest,
    user_is_gov_user,
    user_is_logged_in,
)
from portal.users.throttle import allows
from portal.users.tokens import LINK_SECONDS, BadToken, ExpiredToken, token_fields
from portal.users.views.account import (
    READ_AND_WRITE,
    accepts_password,
    done,
    posted,
    show,
)
from portal.users.views.steps import CODES_AT_MOST, CODES_SECONDS, send
from portal.users.views.two_factor import accepts

EMAIL, MOBILE = "email_address", "mobile_number"


@READ_AND_WRITE
@user_is_gov_user
def email(request: SignedInRequest) -> HttpResponse:
    form = EmailForm(posted(request), initial={EMAIL: request.user.email_address})
    if form.is_valid():
        address = form.cleaned_data[EMAIL]
        if address == request.user.email_address:
            return redirect("users:account")
        if actions.find_user(email_address=address) in (None, request.user):
            sessions.keep_change(request, EMAIL, value=address)
            return redirect("users:account_email_authenticate")
        form.add_error(EMAIL, _("Somebody else has this email address."))
    return show(request, form, _("Change your email address"), goes_on=True)


@READ_AND_WRITE
@never_cache
@user_is_logged_in
def email_authenticate(request: SignedInRequest) -> HttpResponse:
    """Ask for the password, send the link, and then say that it is on its way."""
    kept = sessions.kept_change(request, EMAIL)
    if not kept:
        return redirect("users:account_email")
    if request.method == "GET" and kept.get("sent"):
        return render(request, "users/account/email_sent.html", kept)
    form = PasswordForm(posted(request))
    if form.is_valid() and accepts_password(request, form) and _sends(request, form):
        sessions.keep_change(request, EMAIL, value=kept["value"], sent=kept["value"])
        return redirect("users:account_email_authenticate")
    return show(
        request,
        form,
        _("Change your email address"),
        back="users:account_email",
        is_secret=True,
    )


@require_GET
@never_cache
@user_is_logged_in
def email_confirm(request: SignedInRequest, token: str) -> HttpResponse:
    """Change the address of whoever followed the link that was sent to the new one."""
    try:
        fields = token_fields(token, LINK_SECONDS)
        user_id, address = str(fields["user_id"]), str(fields["email"])
    except ExpiredToken:
        return _not_confirmed(
            request, _("The link has expired. Change your email address again.")
        )
    except (BadToken, KeyError):
        return _not_confirmed(
            request, _("The link is not complete. Copy all of it from the email.")
        )
    if user_id != str(request.user.pk):
        return _not_confirmed(
            request, _("The link is for another account. Sign in to that one first.")
        )
    try:
        actions.change_account(user=request.user, field=EMAIL, value=address)
    except Rejected:
        return _not_confirmed(
            request, _("Somebody else has this email address by now.")
        )
    sessions.forget_change(request, EMAIL)
    return done(request, _("Your email address has been changed."))


@READ_AND_WRITE
@user_is_logged_in
def mobile(request: SignedInRequest) -> HttpResponse:
    form = MobileForm(posted(request), initial={MOBILE: request.user.mobile_number})
    if form.is_valid():
        number = form.cleaned_data[MOBILE]
        if not actions.is_same_number(request.user.mobile_number, number):
            sessions.keep_change(request, MOBILE, value=number)
            return redirect("users:account_mobile_authenticate")
        form.add_error(
            MOBILE, _("This is your mobile number already. Enter the new one.")
        )
    return show(
        request,
        form,
        _("Change your mobile number"),
        goes_on=True,
        may_delete_mobile=_may_delete_mobile(request),
    )


@READ_AND_WRITE
@user_is_logged_in
def mobile_authenticate(request: SignedInRequest) -> HttpResponse:
    """Ask for the password, and send a code to the new number."""
    kept = sessions.kept_change(request, MOBILE)
    if not kept:
        return redirect("users:account_mobile")
    form = PasswordForm(posted(request))
    if form.is_valid() and accepts_password(request, form):
        number = kept["value"]
        if send(request.user, "sms", to=number):
            sessions.keep_change(request, MOBILE, value=number, sent=number)
            return redirect("users:account_mobile_confirm")
        form.add_error(None, _too_often())
    return show(
        request,
        form,
        _("Change your mobile number"),
        back="users:account_mobile",
        is_secret=True,
    )


@READ_AND_WRITE
@never_cache
@user_is_logged_in
def mobile_confirm(request: SignedInRequest) -> HttpResponse:
    """Check the code that went to the new number, or send another one."""
    number = sessions.kept_change(request, MOBILE).get("sent")
    if not number:
        return redirect("users:account_mobile")
    if "again" in request.POST:
        if not send(request.user, "sms", to=number):
            messages.error(request, _too_often())
        return redirect("users:account_mobile_confirm")
    form = CodeForm(posted(request))
    if form.is_valid() and accepts(form, request.user):
        # The API takes the code for a sign-in, and has begun a new session.
        user = actions.read_again(user=request.user)
        sessions.renew(request, user)
        sessions.forget_change(request, MOBILE)
        actions.change_account(user=user, field=MOBILE, value=number)
        return done(request, _("Your mobile number has been changed."))
    context = {"form": form, "number": number}
    status = 400 if form.errors else 200
    return render(request, "users/account/mobile_code.html", context, status=status)


@require_http_methods(["GET", "POST"])
@user_is_logged_in
def mobile_delete(request: SignedInRequest) -> HttpResponse:
    """Take the number away of somebody who signs in by e-mail, once they are sure."""
    if not _may_delete_mobile(request):
        raise PermissionDenied(_("You need a mobile number to sign in."))
    if request.method == "GET":
        return render(request, "users/account/mobile_delete.html")
    actions.change_account(user=request.user, field=MOBILE, value=None)
    return done(request, _("Your mobile number has been deleted."))


def _may_delete_mobile(request: SignedInRequest) -> bool:
    user = request.user
    return bool(user.mobile_number) and user.auth_type == "email_auth"


def _sends(request: SignedInRequest, form: PasswordForm) -> bool:
    pk, kept = str(request.user.pk), sessions.kept_change(request, EMAIL)
    if not allows("new-email", pk, times=CODES_AT_MOST, seconds=CODES_SECONDS):
        form.add_error(None, _too_often())
        return False
    try:
        actions.send_email_link(user=request.user, email_address=kept["value"])
    except Rejected as refusal:
        form.add_refusal(refusal)
        return False
    return True


def _too_often() -> str:
    return _("You have asked too often. Wait 10 minutes, then try again.")


def _not_confirmed(request: SignedInRequest, told: str) -> HttpResponse:
    messages.error(request, told)
    return redirect("users:account")
