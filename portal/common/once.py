"""Doing something once although its form is sent twice."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.core.cache import cache

SECONDS = 3600
UNDER_WAY = ""


def new_form_id() -> str:
    """Name one showing of a form; it comes back as a hidden field."""
    return str(uuid.uuid4())


def make_once(form_id: str, make: Callable[[], str]) -> str:
    """Return the id of what ``make`` made, for a second submission as for the first.

    Empty while the first one is still under way. What failed may be tried again.
    """
    if not form_id:
        return make()
    key = f"made-once-{form_id}"
    if not cache.add(key, UNDER_WAY, SECONDS):
        return str(cache.get(key) or UNDER_WAY)
    try:
        made = make()
    except BaseException:
        cache.delete(key)
        raise
    cache.set(key, made, SECONDS)
    return made
