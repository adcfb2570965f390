"""Doing something once although its form is sent twice."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID, uuid4

from django.core.cache import cache

SECONDS = 3600
UNDER_WAY = ""


def new_form_id() -> UUID:
    """Name one showing of a form; it comes back as a hidden field."""
    return uuid4()


def make_once(form_id: UUID | None, make: Callable[[], str], *, by: UUID) -> str:
    """Return the id of what ``make`` made, for a second submission as for the first.

    ``by`` is the person's id. Empty while the first one is still under way. What failed
    may be tried again. A cache that is away answers neither yes nor no, and stops nobody.
    """
    if form_id is None:
        return make()
    key = f"made-once-{by}-{form_id}"
    if cache.add(key, UNDER_WAY, SECONDS) is False:
        return str(cache.get(key) or UNDER_WAY)
    try:
        made = make()
    except BaseException:
        cache.delete(key)
        raise
    cache.set(key, made, SECONDS)
    return made
