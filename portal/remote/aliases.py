"""Which database alias answers a query: the Notify API, a read replica or plain SQL."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.db import NotSupportedError, connections
from django.db.models import QuerySet

Method = TypeVar("Method", bound=Callable[..., Any])


def answered_by_api(alias: str) -> bool:
    """Tell whether the Notify API answers the alias (in the sandbox none does)."""
    return bool(connections[alias].vendor == "notify")


def is_read_only(alias: str) -> bool:
    """Tell whether the alias is a replica that nothing may write to."""
    return bool(connections[alias].settings_dict.get("READ_ONLY"))


def refuse_read_only(alias: str) -> None:
    """Refuse a write to a replica: ``.using()`` and ``save(using=)`` ask no router."""
    if is_read_only(alias):
        raise NotSupportedError(
            f"The database {alias!r} is read-only; write through the Notify API."
        )


def on_api(method: Method) -> Method:
    """Override Django's QuerySet method of this name where the API answers the alias.

    Asked anew at each call, so ``.using()`` may come before or after; everywhere
    else Django's own method runs.
    """
    return _either(method, writes=False)


def write_on_api(method: Method) -> Method:
    """Do as ``on_api`` for a method that writes, and refuse read-only aliases."""
    return _either(method, writes=True)


def _either(method: Method, *, writes: bool) -> Method:
    plain = getattr(QuerySet, method.__name__)

    @wraps(method)
    def either(self: QuerySet[Any], *args: Any, **kwargs: Any) -> Any:
        if writes:
            self._for_write = True  # type: ignore[attr-defined]
        alias = _alias_argument(method.__name__, args, kwargs) or self.db
        if writes:
            refuse_read_only(alias)
        chosen = method if answered_by_api(alias) else plain
        return chosen(self, *args, **kwargs)

    vars(either).update(vars(plain))
    return cast(Method, either)


def _alias_argument(
    name: str, args: tuple[Any, ...], kwargs: dict[str, Any]
) -> str | None:
    # _insert, _raw_delete and raw carry the alias as an argument of their own.
    if name == "_raw_delete" and args:
        return str(args[0])
    return kwargs.get("using")
