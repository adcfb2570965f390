"""Whether the parts that the portal stands on answer."""

from __future__ import annotations

from collections.abc import Callable

from django.db import DatabaseError, connection

from portal.remote.cache import cache
from portal.remote.cache_store import StoreDown
from portal.remote.client import NotifyAdminAPIClient
from portal.remote.errors import HTTPError


def check_parts() -> dict[str, str]:
    """Return "ok" or what is wrong for the API, the database and the cache."""
    checks: dict[str, Callable[[], str]] = {
        "api": _api,
        "database": _database,
        "cache": _cache,
    }
    return {name: check() for name, check in checks.items()}


def _api() -> str:
    try:
        NotifyAdminAPIClient().get("/_status", params={"simple": "true"})
    except HTTPError:
        return "does not answer"
    return "ok"


def _database() -> str:
    try:
        connection.ensure_connection()
    except DatabaseError:
        return "does not answer"
    return "ok"


def _cache() -> str:
    try:
        cache.store.many(["portal-health"])
    except StoreDown:
        return "does not answer"
    return "ok"
