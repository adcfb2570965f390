"""What the portal keeps in a session, while someone signs in and after."""

from __future__ import annotations

import time
from typing import Any

from django.contrib.auth import HASH_SESSION_KEY, login
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from portal.users.models import User
from portal.users.tokens import BadToken, seal, unseal

BACKEND = "portal.users.backends.NotifyBackend"
SIGNING_IN = "signing_in"
INVITATION = "invitation"
NEW_VALUE = "my-new-"
SIGNED_IN_AT = "signed_in_at"
LAST_PAGE_AT = "last_page_at"
ADMIN_VIEW_OFF = "admin_view_off"
LONGEST_SIGN_IN_SECONDS = 3600


def begin(request: HttpRequest, user: User, *, new_password: str = "") -> None:
    """Remember who gave the right password and still has to give a code."""
    kept = {"user_id": str(user.pk), "email": user.email_address, "at": time.time()}
    if new_password:
        kept["new_password"] = seal(new_password)
    request.session[SIGNING_IN] = kept


def who_signs_in(request: HttpRequest) -> dict[str, Any] | None:
    """Return what ``begin`` kept, None when nobody is about to sign in."""
    kept: dict[str, Any] | None = request.session.get(SIGNING_IN)
    if kept is None or time.time() - kept["at"] > LONGEST_SIGN_IN_SECONDS:
        return None
    return kept


def note_right_code(request: HttpRequest) -> None:
    """Remember that the code from the phone was right, for an e-mail check that follows."""
    if kept := request.session.get(SIGNING_IN):
        request.session[SIGNING_IN] = {**kept, "code_was_right": True}


def chosen_password(request: HttpRequest) -> str:
    """Return the new password that waits for the code, or an empty text."""
    sealed = (who_signs_in(request) or {}).get("new_password", "")
    try:
        return unseal(sealed) if sealed else ""
    except BadToken:
        return ""


def start(request: HttpRequest, user: User) -> None:
    """Sign the person in; ``user`` must be read after the API gave its new session id."""
    request.session.pop(SIGNING_IN, None)
    request.session.pop(ADMIN_VIEW_OFF, None)
    login(request, user, backend=BACKEND)
    now = int(time.time())
    request.session[SIGNED_IN_AT] = request.session[LAST_PAGE_AT] = now


def renew(request: HttpRequest, user: User) -> None:
    """Keep the person signed in whom the API has given another session id or password.

    ``user`` must be read after that. Saved at once: what follows may fail.
    """
    request.session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    request.session.save()


def end(request: HttpRequest) -> None:
    """Forget the session; unlike Django's ``logout`` without asking who it belonged to."""
    request.session.flush()
    request.user = AnonymousUser()


def keep_change(request: HttpRequest, field: str, **kept: str) -> None:
    """Remember a new value of the person's own until they have proved that it is theirs.

    ``sent`` is the value that a link or code has gone to, with the password given.
    """
    request.session[f"{NEW_VALUE}{field}"] = kept


def kept_change(request: HttpRequest, field: str) -> dict[str, str]:
    """Return what ``keep_change`` kept, nothing if that was none."""
    kept: dict[str, str] = request.session.get(f"{NEW_VALUE}{field}") or {}
    return kept


def forget_change(request: HttpRequest, field: str) -> None:
    """Drop a new value once it is the person's, or is not to be."""
    request.session.pop(f"{NEW_VALUE}{field}", None)


def keep_invitation(request: HttpRequest, kind: str, token: str) -> None:
    """Remember the link by which somebody came who has no account yet."""
    request.session[INVITATION] = {"kind": kind, "token": token}


def kept_invitation(request: HttpRequest, kind: str) -> str:
    """Return the token of a link of this kind, empty without one."""
    kept = request.session.get(INVITATION) or {}
    return str(kept["token"]) if kept.get("kind") == kind else ""


def forget_invitation(request: HttpRequest) -> None:
    """Drop the link once it has done its work."""
    request.session.pop(INVITATION, None)


def safe_next(request: HttpRequest) -> str:
    """Return where to go after signing in: ``next`` if it is ours, else nothing."""
    target = request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        target,
        allowed_hosts={request.get_host()},
        require_https=request.is_secure(),
    )
    return target if is_ours else ""
