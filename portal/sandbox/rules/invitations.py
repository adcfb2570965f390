"""Invitations: the links in them, and how long they work."""

from __future__ import annotations

import datetime
import uuid
from typing import Any

from django.conf import settings

from portal.sandbox import clock, tokens
from portal.sandbox.refusals import Refusal
from portal.sandbox.rules.loading import key_of

SECONDS = 2 * 24 * 60 * 60
BROKEN = "Something’s wrong with this link. Make sure you’ve copied the whole thing."
EXPIRED = (
    "Your invitation to GOV.UK Notify has expired. Please ask the person that "
    "invited you to send you another one"
)


def link(host: str | None, path: str, pk: uuid.UUID) -> str:
    """The link that accepts an invitation."""
    return f"{host or settings.ADMIN_BASE_URL}/{path}/{tokens.make(str(pk))}"


def id_in(token: str) -> uuid.UUID:
    """The id of the invitation that a link is about, which may be given as it is."""
    try:
        return uuid.UUID(token)
    except ValueError:
        return id_in_token(token)


def id_in_token(token: str) -> uuid.UUID:
    """The id in a token that still works."""
    try:
        found: Any = tokens.read(token, SECONDS)
    except tokens.SignatureExpired as error:
        raise Refusal({"invitation": EXPIRED}, 400) from error
    except tokens.BadData as error:
        raise Refusal({"invitation": BROKEN}, 400) from error
    return key_of(found)


def check_age(created_at: datetime.datetime) -> None:
    """Refuse an invitation that is too old by the sandbox's time, which tokens lack."""
    if clock.now() - created_at > datetime.timedelta(seconds=SECONDS):
        raise Refusal({"invitation": EXPIRED}, 400)
