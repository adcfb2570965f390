"""The messages that the API sends to users about their accounts."""

from __future__ import annotations

import uuid
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest

from portal.sandbox import clock, outbox, times, tokens
from portal.sandbox.http import body, fields, one, route
from portal.sandbox.rules.loading import load
from portal.sandbox.rules.users import EMAIL
from portal.users.models import User


def portal_url(path: str, base: str | None = None) -> str:
    """An address on the portal."""
    return f"{base or settings.ADMIN_BASE_URL}{path}"


def next_page(data: dict[str, Any]) -> str:
    """The query that leads on from a link to where somebody wanted to go."""
    following = data.get("next")
    return f"?next={quote(following, safe='')}" if following else ""


@route("POST", "/user/<uuid:user_id>/email-verification")
def send_email_verification(request: HttpRequest, user_id: uuid.UUID) -> None:
    data = fields(request)
    user = one(User.objects, pk=user_id)
    token = tokens.make_fields(user_id=user.pk, email=user.email_address)
    url = portal_url(f"/verify-email/{token}", data.get("admin_base_url"))
    outbox.notify(
        "email_verification", user.email_address, {"name": user.name, "url": url}
    )


@route("POST", "/user/<uuid:user_id>/email-already-registered")
def send_already_registered(request: HttpRequest, user_id: uuid.UUID) -> None:
    address = load(body(request), EMAIL)["email"]
    outbox.notify(
        "already_registered",
        address,
        {
            "signin_url": portal_url("/sign-in"),
            "forgot_password_url": portal_url("/forgot-password"),
            "feedback_url": portal_url("/support"),
        },
    )


@route("POST", "/user/<uuid:user_id>/change-email-verification")
def send_change_email_verification(request: HttpRequest, user_id: uuid.UUID) -> None:
    user = one(User.objects, pk=user_id)
    address = load(body(request), EMAIL)["email"]
    token = tokens.make_fields(user_id=user.pk, email=address)
    outbox.notify(
        "change_email",
        address,
        {
            "name": user.name,
            "url": portal_url(f"/your-account/email/confirm/{token}"),
            "feedback_url": portal_url("/support"),
        },
    )


@route("POST", "/user/reset-password")
def send_reset_password(request: HttpRequest) -> None:
    data = fields(request)
    address = load(data, EMAIL)["email"]
    user = one(User.objects, email_address__iexact=address)
    token = tokens.make_fields(
        user_id=user.pk,
        email=user.email_address,
        created_at=times.space(clock.now()),
    )
    path = f"/new-password/{token}{next_page(data)}"
    outbox.notify(
        "reset_password",
        user.email_address,
        {
            "user_name": user.name,
            "url": portal_url(path, data.get("admin_base_url")),
        },
    )
