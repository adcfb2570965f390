"""Proving a new user's e-mail address and phone number."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from portal.users import actions, sessions
from portal.users.forms.sign_in import CodeForm
from portal.users.models import User
from portal.users.tokens import LINK_SECONDS, BadToken, ExpiredToken, token_fields
from portal.users.views.steps import by_text_message, finish, send, step
from portal.users.views.two_factor import accepts


@require_http_methods(["GET", "POST"])
@never_cache
@by_text_message
def verify(request: HttpRequest, user: User) -> HttpResponse:
    """Check the code that a new user got by text message."""
    if user.state != "pending":
        return step(request, "/two-factor-sms")
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and accepts(form, user):
        return finish(request, str(user.pk))
    return render(request, "users/two_factor_sms.html", {"form": form})


@require_GET
@never_cache
def verify_email(request: HttpRequest, token: str) -> HttpResponse:
    """Accept a new user's address, and go on to their phone."""
    try:
        user = _owner_of(token)
    except ExpiredToken:
        messages.error(
            request, _("The link has expired. Sign in, and we send you a new one.")
        )
        return redirect("users:sign_in")
    if user is None:
        messages.error(request, _("The link is not complete or no longer valid."))
        return redirect("users:sign_in")
    if user.state != "pending":
        messages.info(request, _("Your address is verified already. Sign in."))
        return redirect("users:sign_in")
    sessions.begin(request, user)
    if user.auth_type == "email_auth":
        return finish(request, str(user.pk))
    send(user, "sms")
    return step(request, "/verify")


def _owner_of(token: str) -> User | None:
    try:
        user_id = token_fields(token, LINK_SECONDS)["user_id"]
    except ExpiredToken:
        raise
    except (BadToken, KeyError):
        return None
    return actions.user_of_link(user_id=str(user_id))
