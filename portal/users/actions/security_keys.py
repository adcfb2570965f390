"""What people do with their security keys: register one, sign in with one."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from portal.users import webauthn
from portal.users.client import user_api_client
from portal.users.models import User, WebauthnCredential

BY_KEY = "webauthn_auth"


def list_keys(*, user: User) -> list[WebauthnCredential]:
    """Return the person's keys in order of name."""
    keys = WebauthnCredential.objects.for_user(user)
    return sorted(keys, key=lambda key: str(key.name).casefold())


def ask_to_register(*, user: User) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what to ask the browser for a new key, and a state to keep."""
    # Somebody whose key was kept, but who does not sign in by key yet, may try again.
    known = list_keys(user=user) if user.auth_type == BY_KEY else ()
    return webauthn.ask_to_register(
        user_id=str(user.pk),
        name=str(user.name),
        address=str(user.email_address),
        known=[str(key.credential_data) for key in known],
    )


def register_key(
    *, user: User, answer: str, state: dict[str, Any], origin: str
) -> WebauthnCredential:
    """Keep a new key, with which the person signs in from now on.

    Raises KeyRefused for an answer that is none to what was asked.
    """
    new = webauthn.register(answer=answer, state=state, origin=origin)
    number = len(list_keys(user=user)) + 1
    key = WebauthnCredential.objects.create(
        user=user,
        name=_("Security key %(number)s") % {"number": number},
        credential_data=new.credential_data,
        registration_response=new.registration_response,
    )
    if user.auth_type != BY_KEY:
        user.auth_type = BY_KEY
        user.save(update_fields=["auth_type"])
    return key


def ask_for_key(*, user: User) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what to ask the browser of somebody who signs in, and a state to keep."""
    known = [str(key.credential_data) for key in list_keys(user=user)]
    return webauthn.ask_to_sign_in(known=known)


def check_key(*, user: User, answer: str, state: dict[str, Any], origin: str) -> bool:
    """Tell the API that one of the person's keys answered; false when it has locked them.

    Raises KeyRefused, which the API counts, for any other answer.
    """
    keys = {str(key.credential_data): key for key in list_keys(user=user)}
    try:
        used = webauthn.signed_by(answer=answer, state=state, origin=origin, known=keys)
    except webauthn.KeyRefused:
        may_try, _reason = user_api_client.complete_webauthn_login_attempt(
            str(user.pk), False, None
        )
        if may_try:
            raise
        return False
    may_sign_in, _reason = user_api_client.complete_webauthn_login_attempt(
        str(user.pk), True, str(keys[used].pk)
    )
    return may_sign_in
