"""A new password, for people who have forgotten theirs or are locked out."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from portal.users import actions, sessions
from portal.users.forms.sign_in import EmailForm, NewPasswordForm
from portal.users.models import User
from portal.users.throttle import allows
from portal.users.tokens import LINK_SECONDS, BadToken, ExpiredToken, token_fields
from portal.users.views.steps import (
    CODES_AT_MOST,
    CODES_SECONDS,
    ask_for_proof,
    finish,
)


@require_http_methods(["GET", "POST"])
@never_cache
def forgot_password(request: HttpRequest) -> HttpResponse:
    """Send a link; the answer is the same whoever asks."""
    form = EmailForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        email_address = form.cleaned_data["email_address"]
        if allows(
            "password", email_address, times=CODES_AT_MOST, seconds=CODES_SECONDS
        ):
            actions.request_new_password(
                email_address=email_address, next_page=sessions.safe_next(request)
            )
        return render(request, "users/password_link_sent.html")
    return render(request, "users/forgot_password.html", {"form": form})


@require_http_methods(["GET", "POST"])
@never_cache
def new_password(request: HttpRequest, token: str) -> HttpResponse:
    """Choose a new password; it is set once the second step is passed."""
    user = _owner_of(request, token)
    if user is None:
        return redirect("users:forgot_password")
    form = NewPasswordForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _may_go_on(form, user):
        actions.accept_mailbox_owner(user=user)
        sessions.begin(request, user, new_password=form.cleaned_data["new_password"])
        if user.auth_type == "email_auth":
            # The link came to the mailbox that another link would go to.
            return finish(request, str(user.pk))
        return ask_for_proof(request, user)
    return render(request, "users/new_password.html", {"form": form})


def _may_go_on(form: NewPasswordForm, user: User) -> bool:
    # Each time unlocks the user: without a limit codes could be guessed for ever.
    if allows("unlock", str(user.pk), times=CODES_AT_MOST, seconds=CODES_SECONDS):
        return True
    form.add_error(None, _("Too many attempts. Wait 10 minutes, then try again."))
    return False


def _owner_of(request: HttpRequest, token: str) -> User | None:
    try:
        fields = token_fields(token, LINK_SECONDS)
        email_address, made_at = str(fields["email"]), str(fields["created_at"])
    except ExpiredToken:
        messages.error(request, _("The link has expired. Ask for a new one."))
        return None
    except (BadToken, KeyError):
        messages.error(request, _("The link is not complete. Ask for a new one."))
        return None
    user = actions.user_for_new_password(
        email_address=email_address, link_made_at=made_at
    )
    if user is None:
        messages.error(request, _("The link has already been used. Ask for a new one."))
    return user
