"""When the code or the link did not arrive."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from portal.remote.errors import Rejected
from portal.users import actions, sessions
from portal.users.forms.sign_in import MobileNumberForm
from portal.users.models import User
from portal.users.views.steps import (
    by_email,
    by_text_message,
    send,
    step,
    while_signing_in,
)


@require_http_methods(["GET", "POST"])
@never_cache
@by_text_message
def text_not_received(request: HttpRequest, user: User) -> HttpResponse:
    """Offer another code; a number that was never verified can be corrected first."""
    if user.state != "pending":
        return render(request, "users/text_not_received.html")
    form = MobileNumberForm(
        request.POST if request.method == "POST" else None,
        initial={"mobile_number": user.mobile_number},
    )
    if request.method == "POST" and form.is_valid():
        number = form.cleaned_data["mobile_number"]
        try:
            changed = actions.change_mobile_number(user=user, mobile_number=number)
        except Rejected as refusal:
            form.add_refusal(refusal)
        else:
            _told(request, is_sent=send(changed, "sms"))
            return step(request, "/verify")
    return render(request, "users/text_not_received.html", {"form": form})


@require_GET
@never_cache
@by_text_message
def send_new_code(request: HttpRequest, user: User) -> HttpResponse:
    """Send another code."""
    _told(request, is_sent=send(user, "sms"))
    return step(request, "/verify" if user.state == "pending" else "/two-factor-sms")


@require_GET
@never_cache
@by_email
def email_not_received(request: HttpRequest, user: User) -> HttpResponse:
    """Offer another link."""
    return render(request, "users/email_not_received.html")


@require_GET
@never_cache
@by_email
def send_new_email_token(request: HttpRequest, user: User) -> HttpResponse:
    """Send another link."""
    _told(request, is_sent=send(user, "email", sessions.safe_next(request)))
    return step(request, "/two-factor-email-sent", email_resent="yes")


@require_GET
@never_cache
@while_signing_in
def resend_email_verification(request: HttpRequest, user: User) -> HttpResponse:
    """Send the e-mail again that proves a new user's address."""
    if "sent" not in request.GET:
        _told(request, is_sent=send(user, "verification"))
    return render(request, "users/resend_email_verification.html", {"person": user})


def _told(request: HttpRequest, *, is_sent: bool) -> None:
    if not is_sent:
        messages.error(
            request, _("You have asked too often. Wait 10 minutes, then try again.")
        )
