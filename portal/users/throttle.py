"""A limit on how often one person may try or ask for something."""

from __future__ import annotations

import hashlib

from django.core.cache import cache


def allows(what: str, who: str, *, times: int, seconds: int) -> bool:
    """Count one more attempt, and tell whether it is within the limit.

    Nobody is kept out while the cache is away: the API has limits of its own.
    """
    # People's addresses stay out of the cache's keys.
    key = f"throttle:{what}:{hashlib.sha256(who.lower().encode()).hexdigest()}"
    if cache.add(key, 1, seconds) is not False:
        return True
    try:
        count: int | None = cache.incr(key)
    except ValueError:  # it ended between the two calls
        return True
    return count is None or count <= times
