"""What the pages of signing in share: who signs in, and where they go next."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect

from portal.users import actions, sessions
from portal.users.models import User
from portal.users.throttle import allows

View = Callable[..., HttpResponse]

CODES_AT_MOST = 5
CODES_SECONDS = 600
STEPS = {
    "sms": "/two-factor-sms",
    "email": "/two-factor-email-sent",
    "webauthn": "/two-factor-webauthn",
}


def unless_signed_in(view: View) -> View:
    """Send people on who have signed in already."""

    @functools.wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return go_on(request)
        return view(request, *args, **kwargs)

    return checked


def while_signing_in(view: View) -> View:
    """Give the view the person who gave the password, or send the visitor to sign in."""

    @functools.wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        kept = sessions.who_signs_in(request)
        user = actions.find_user(email_address=kept["email"]) if kept else None
        if kept is None or user is None or str(user.pk) != kept["user_id"]:
            return redirect("users:sign_in")
        return view(request, user, *args, **kwargs)

    return checked


def by_text_message(view: View) -> View:
    """Serve those who get codes on their phone, and send others to their own step."""
    return _by("sms", view)


def by_security_key(view: View) -> View:
    """Serve those who sign in with a security key, and send others to their own step."""
    return _by("webauthn", view)


def by_email(view: View) -> View:
    """Serve those who get links, or have given their code or key first.

    Anyone else would pass with a password and a mailbox, and without the phone.
    """

    @functools.wraps(view)
    def checked(request: HttpRequest, user: User) -> HttpResponse:
        kept = sessions.who_signs_in(request) or {}
        second = actions.second_factor(user)
        if second != "email" and not kept.get("code_was_right"):
            return step(request, STEPS[second])
        return view(request, user)

    return while_signing_in(checked)


def _by(kind: str, view: View) -> View:
    @functools.wraps(view)
    def checked(request: HttpRequest, user: User) -> HttpResponse:
        second = actions.second_factor(user)
        if second != kind:
            return step(request, STEPS[second])
        return view(request, user)

    return while_signing_in(checked)


def step(request: HttpRequest, path: str, **query: str) -> HttpResponseRedirect:
    """Go to the next page of signing in, and keep where to go in the end."""
    target = sessions.safe_next(request)
    if target:
        query["next"] = target
    return HttpResponseRedirect(f"{path}?{urlencode(query)}" if query else path)


def go_on(request: HttpRequest) -> HttpResponse:
    """Go where the person wanted to go, or to their services."""
    return HttpResponseRedirect(sessions.safe_next(request) or "/services-or-dashboard")


def finish(request: HttpRequest, user_id: str) -> HttpResponse:
    """Sign in the person whom the API has just accepted."""
    kept = sessions.who_signs_in(request) or {}
    is_same = kept.get("user_id") == user_id
    user = actions.complete_sign_in(
        user_id=user_id,
        new_password=sessions.chosen_password(request) if is_same else "",
        client={
            "ip_address": request.META.get("REMOTE_ADDR", ""),
            "user_agent": request.headers.get("User-Agent", ""),
        },
    )
    if user is None or not user.is_active:
        return redirect("users:sign_in")
    sessions.start(request, user)
    return go_on(request)


def ask_for_proof(request: HttpRequest, user: User) -> HttpResponse:
    """Send the code or the link that this person signs in with, and go to its page."""
    second = actions.second_factor(user)
    if second != "webauthn":
        send(user, second, sessions.safe_next(request))
    return step(request, STEPS[second])


def after_proof(request: HttpRequest, user: User) -> HttpResponse:
    """Sign in who gave the code or key; a mailbox not seen for long is asked for besides."""
    if not actions.needs_new_email_check(user):
        return finish(request, str(user.pk))
    sessions.note_right_code(request)
    send(user, "email", sessions.safe_next(request))
    return step(request, "/re-validate-email")


def send(user: User, kind: str, next_page: str = "", *, to: str | None = None) -> bool:
    """Send a code or link, unless too many were asked for; tell whether it was sent.

    ``to`` is a number that is not the person's yet.
    """
    if not allows(kind, str(user.pk), times=CODES_AT_MOST, seconds=CODES_SECONDS):
        return False
    if kind == "sms":
        actions.send_sms_code(user=user, to=to)
    elif kind == "email":
        actions.send_sign_in_link(user=user, next_page=next_page)
    else:
        actions.send_verification_email(user=user)
    return True
