"""What people looked for, kept in their session: recipients have no place in addresses."""

from __future__ import annotations

from typing import Any

from django.utils.crypto import salted_hmac

SESSION_KEY = "searches"
KEPT = 20
KEY_CHARACTERS = 16


def remember(session: Any, term: str) -> str:
    """Keep a term and return the key that stands for it in addresses.

    The key is signed: nobody can try phone numbers until one has the same.
    """
    key = salted_hmac("portal.searches", term).hexdigest()[:KEY_CHARACTERS]
    kept = session.get(SESSION_KEY, {})
    kept.pop(key, None)
    session[SESSION_KEY] = dict([*kept.items(), (key, term)][-KEPT:])
    return key


def recall(session: Any, key: str) -> str | None:
    """Return the term of a key: empty without a key, None if the session knows it not."""
    if not key:
        return ""
    term: str | None = session.get(SESSION_KEY, {}).get(key)
    return term
