"""Signing in with a password, and signing out."""

from __future__ import annotations

from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from portal.users import actions, sessions
from portal.users.demo import demo_people
from portal.users.forms.sign_in import SignInForm
from portal.users.models import User
from portal.users.throttle import allows
from portal.users.views.steps import ask_for_proof, send, step, unless_signed_in

ATTEMPTS_AT_MOST = 20
ATTEMPTS_SECONDS = 600


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Go to the services, or to sign in."""
    return redirect(
        "users:your_services" if request.user.is_authenticated else "users:sign_in"
    )


@require_http_methods(["GET", "POST"])
@never_cache
@unless_signed_in
def sign_in(request: HttpRequest) -> HttpResponse:
    """Check e-mail address and password."""
    form = SignInForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        user = _checked(request, form)
        if user is not None:
            return _after_password(request, user)
    shown = {"form": form, "people": demo_people()}
    return render(request, "users/sign_in.html", shown)


@require_GET
@never_cache
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session here, and tell the API."""
    user_id = request.session.get(SESSION_KEY)
    sessions.end(request)
    if user_id:
        actions.end_sign_in(user_id=user_id)
    return redirect("users:sign_in")


def _checked(request: HttpRequest, form: SignInForm) -> User | None:
    email_address = form.cleaned_data["email_address"].strip()
    who = f"{request.META.get('REMOTE_ADDR')} {email_address}"
    if not allows("sign-in", who, times=ATTEMPTS_AT_MOST, seconds=ATTEMPTS_SECONDS):
        form.add_error(None, _("Too many attempts. Wait 10 minutes, then try again."))
        return None
    user = actions.check_password(
        email_address=email_address, password=form.cleaned_data["password"]
    )
    if user is None:
        # The same for an unknown address, a wrong password and a locked user.
        form.add_error(
            "password",
            _(
                "This email address and password do not go together. After 10 wrong "
                "passwords only a new password opens the account: use “Forgotten your "
                "password?”."
            ),
        )
    return user


def _after_password(request: HttpRequest, user: User) -> HttpResponse:
    sessions.begin(request, user)
    if user.state == "pending":
        send(user, "verification")
        return step(request, "/resend-email-verification", sent="yes")
    return ask_for_proof(request, user)
