"""Who calls: the portal by its token, a service by an API key."""

from __future__ import annotations

import hmac
import time
from collections.abc import Callable
from typing import Any

import jwt
from django.conf import settings
from django.http import HttpRequest

from portal.sandbox.refusals import Refusal

CLOCK_SECONDS = 30
ALGORITHM = "HS256"
SEE = (
    "Invalid token: make sure your API token matches the example at "
    "https://docs.notifications.service.gov.uk/rest-api.html#authorisation-header"
)


def token_refusal(message: str, status: int) -> Refusal:
    """A refusal that names the token."""
    return Refusal({"token": [message]}, status)


def bearer_token(request: HttpRequest) -> str:
    """Take the token out of the Authorization header."""
    header = request.headers.get("Authorization", "")
    if not header:
        raise token_refusal("Unauthorized: authentication token must be provided", 401)
    if header[:7].title() != "Bearer ":
        raise token_refusal(
            "Unauthorized: authentication bearer scheme must be used", 401
        )
    return header[7:]


def issuer(token: str) -> str:
    """Read who a token says it is from, before it is verified."""
    try:
        claims = jwt.decode(token, options={"verify_signature": False})
    except jwt.PyJWTError as error:
        raise token_refusal(SEE, 403) from error
    if "iss" not in claims:
        raise token_refusal("Invalid token: iss field not provided", 403)
    return str(claims["iss"])


def verify(token: str, secret: str, not_found: str) -> dict[str, Any]:
    """Check algorithm, signature and age of a token."""
    if jwt.get_unverified_header(token).get("alg") != ALGORITHM:
        raise token_refusal("Invalid token: algorithm used is not HS256", 403)
    try:
        claims: dict[str, Any] = jwt.decode(
            token,
            secret,
            algorithms=[ALGORITHM],
            options={"verify_iat": False, "require": ["iat"]},
        )
    except jwt.PyJWTError as error:
        raise token_refusal(not_found, 403) from error
    if abs(time.time() - claims["iat"]) > CLOCK_SECONDS:
        raise token_refusal(
            "Error: Your system clock must be accurate to within 30 seconds", 403
        )
    return claims


def admin(request: HttpRequest) -> None:
    """Let only the portal in."""
    token = bearer_token(request)
    if issuer(token) != settings.ADMIN_CLIENT_USER_NAME:
        raise token_refusal("Unauthorized: not allowed to perform this action", 401)
    verify(token, settings.ADMIN_CLIENT_SECRET, "Invalid token: API key not found")


def preview(request: HttpRequest) -> None:
    """Let in who has the key of the service that draws letters."""
    scheme, _, key = request.headers.get("Authorization", "").partition(" ")
    expected = settings.TEMPLATE_PREVIEW_API_KEY
    if scheme != "Token" or not hmac.compare_digest(key.encode(), expected.encode()):
        raise Refusal("Unauthorized Access", 401)


def nobody(request: HttpRequest) -> None:
    """Let everybody in."""


AUTHENTICATE: dict[str, Callable[[HttpRequest], None]] = {
    "admin": admin,
    "preview": preview,
    "none": nobody,
}
