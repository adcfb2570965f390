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
    """Serve those who get codes on their phone, and send others to their e-mail."""

    @functools.wraps(view)
    def checked(request: HttpRequest, user: User) -> HttpResponse:
        if actions.second_factor(user) != "sms":
            return step(request, "/two-factor-email-sent")
        return view(request, user)

    return while_signing_in(checked)


def by_email(view: View) -> View:
    """Serve those who get links, or have given the code of their phone first.

    Anyone else would pass with a password and a mailbox, and without the phone.
    """

    @functools.wraps(view)
    def checked(request: HttpRequest, user: User) -> HttpResponse:
        kept = sessions.who_signs_in(request) or {}
        if actions.second_factor(user) != "email" and not kept.get("code_was_right"):
            return step(request, "/two-factor-sms")
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
    if actions.second_factor(user) == "email":
        send(user, "email", sessions.safe_next(request))
        return step(request, "/two-factor-email-sent")
    send(user, "sms")
    return step(request, "/two-factor-sms")


def send(user: User, kind: str, next_page: str = "") -> bool:
    """Send a code or link, unless too many were asked for; tell whether it was sent."""
    if not allows(kind, str(user.pk), times=CODES_AT_MOST, seconds=CODES_SECONDS):
        return False
    if kind == "sms":
        actions.send_sms_code(user=user)
    elif kind == "email":
        actions.send_sign_in_link(user=user, next_page=next_page)
    else:
        actions.send_verification_email(user=user)
    return True
