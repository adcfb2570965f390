"""The second step of signing in: a code by text message, or a link by e-mail."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from portal.users import actions
from portal.users.forms.sign_in import CodeForm
from portal.users.models import User
from portal.users.tokens import SIGN_IN_LINK_SECONDS, BadToken, token_fields
from portal.users.views.steps import (
    after_proof,
    by_text_message,
    finish,
    unless_signed_in,
)


@require_http_methods(["GET", "POST"])
@never_cache
@by_text_message
def two_factor_sms(request: HttpRequest, user: User) -> HttpResponse:
    """Check the code of the text message."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and accepts(form, user):
        return after_proof(request, user)
    return render(request, "users/two_factor_sms.html", {"form": form})


def accepts(form: CodeForm, user: User) -> bool:
    """Ask the API about the code, and put what it says against it into the form."""
    code = form.cleaned_data["sms_code"]
    reason = actions.check_code(user_id=str(user.pk), code=code, kind="sms")
    if not reason:
        return True
    now = actions.find_user(email_address=user.email_address)
    if now is not None and actions.is_locked(now):
        reason = _(
            "Too many wrong codes. Choose a new password to unlock your account."
        )
    form.add_error("sms_code", reason)
    return False


@require_GET
@never_cache
def two_factor_email_sent(request: HttpRequest) -> HttpResponse:
    """Say that the link is on its way."""
    shown = {"is_again": "email_resent" in request.GET}
    return render(request, "users/two_factor_email_sent.html", shown)


@require_GET
@never_cache
def revalidate_email_sent(request: HttpRequest) -> HttpResponse:
    """Say why a link comes as well as a code."""
    return render(request, "users/re_validate_email.html")


@require_http_methods(["GET", "POST"])
@never_cache
@unless_signed_in
def email_auth(request: HttpRequest, token: str) -> HttpResponse:
    """Show a page on GET, so that mail scanners do not use the link up; sign in on POST."""
    try:
        fields = token_fields(token, SIGN_IN_LINK_SECONDS)
        user_id, code = str(fields["user_id"]), str(fields["secret_code"])
    except (BadToken, KeyError):
        return render(request, "users/email_link_invalid.html", status=400)
    if request.method == "GET":
        return render(request, "users/email_auth.html")
    if actions.check_code(user_id=user_id, code=code, kind="email"):
        return render(request, "users/email_link_invalid.html", status=400)
    return finish(request, user_id)
