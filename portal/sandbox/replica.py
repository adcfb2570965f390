"""A second database that answers the statistics routes, as the API's read replica does."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from functools import wraps
from typing import Any, TypeVar

from django.conf import settings
from django.db import Error, connections

from portal.sandbox.database import UnusableDatabase, tables

ALIAS = "replica"
View = TypeVar("View", bound=Callable[..., Any])
_counting: ContextVar[bool] = ContextVar("counting", default=False)


def statistics(view: View) -> View:
    """Let a view that only counts read from the replica, where there is one."""

    @wraps(view)
    def counting(*args: Any, **kwargs: Any) -> Any:
        token = _counting.set(ALIAS in settings.DATABASES)
        try:
            return view(*args, **kwargs)
        finally:
            _counting.reset(token)

    return counting  # type: ignore[return-value]


class ReplicaRouter:
    """Sends what statistics read to the replica, and every write to the sandbox's own."""

    def db_for_read(self, model: Any, **hints: Any) -> str:
        return ALIAS if _counting.get() else "default"

    def db_for_write(self, model: Any, **hints: Any) -> str:
        return "default"

    def allow_relation(self, first: Any, second: Any, **hints: Any) -> bool:
        return True


def check() -> None:
    """Refuse a replica that is not a copy of a sandbox's database."""
    if ALIAS not in settings.DATABASES:
        return
    try:
        found = set(connections[ALIAS].introspection.table_names())
    except Error as error:
        raise UnusableDatabase("the replica does not answer") from error
    if missing := {model._meta.db_table for model in tables()} - found:
        raise UnusableDatabase(
            f"the replica is no copy of one (no table {sorted(missing)[0]})"
        )
