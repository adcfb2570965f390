"""How many calls of the public routes a service may make at once and in a minute."""

from __future__ import annotations

import datetime
import math
import threading
import uuid

from portal.sandbox import clock
from portal.sandbox.rules.unsendable import Unsendable
from portal.services.models import Service

SECONDS = 60
FULLEST = 1000
NAMES = {"normal": "LIVE"}
Bucket = tuple[float, datetime.datetime]

_buckets: dict[tuple[uuid.UUID, str], Bucket] = {}
_lock = threading.Lock()


def check(service: Service, key_type: str) -> None:
    """Take a token out of the bucket of a service's keys of one type, or refuse.

    Buckets fill by the service's rate and hold a third of what it may do in a minute.
    """
    rate = service.rate_limit
    fullest = min(math.ceil(rate / 3) + 1, FULLEST)
    now, bucket = clock.now(), (service.pk, key_type)
    with _lock:
        tokens, at = _buckets.get(bucket, (float(fullest), now))
        gone = abs((now - at).total_seconds())
        tokens = min(tokens + gone * rate / SECONDS, fullest)
        is_empty = tokens < 1
        _buckets[bucket] = (tokens if is_empty else tokens - 1, now)
    if is_empty:
        name = NAMES.get(key_type, key_type.upper())
        raise Unsendable(
            f"Exceeded rate limit for key type {name} of {rate} requests per "
            f"{SECONDS} seconds",
            429,
            "RateLimitError",
        )
