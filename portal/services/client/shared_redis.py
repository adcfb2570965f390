"""The API's own counters in its Redis, for where the portal has the same one."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings
from django_redis import get_redis_connection
from redis import RedisError

logger = logging.getLogger(__name__)

T = TypeVar("T")


def read_count(key: str) -> int | None:
    """Return a counter, 0 before its first use; None where it cannot be read."""
    return _asked(lambda redis: int(redis.get(key) or 0))


def forget(*keys: str) -> None:
    """Delete what the API will make anew."""
    _asked(lambda redis: redis.delete(*keys))


def _asked(operation: Callable[[Any], T]) -> T | None:
    if not settings.NOTIFY_REDIS_SHARED:
        return None
    try:
        return operation(get_redis_connection("remote"))
    except RedisError as error:
        logger.warning("The API's Redis does not answer: %s", type(error).__name__)
        return None
