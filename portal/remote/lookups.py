"""The lookups and transforms of Django that are computed on instances."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

from django.db import NotSupportedError, models
from django.db.models.lookups import Transform
from django.utils import timezone


def _text(fn: Callable[[str, str], bool]) -> Callable[[Any, Any], bool]:
    return lambda value, arg: fn(str(value), str(arg))


LOOKUPS: dict[str, Callable[[Any, Any], bool]] = {
    "exact": lambda v, a: bool(v == a),
    "iexact": _text(lambda v, a: v.casefold() == a.casefold()),
    "contains": _text(lambda v, a: a in v),
    "icontains": _text(lambda v, a: a.casefold() in v.casefold()),
    "startswith": _text(str.startswith),
    "istartswith": _text(lambda v, a: v.casefold().startswith(a.casefold())),
    "endswith": _text(str.endswith),
    "iendswith": _text(lambda v, a: v.casefold().endswith(a.casefold())),
    "ne": lambda v, a: bool(v != a),
    "gt": lambda v, a: bool(v > a),
    "gte": lambda v, a: bool(v >= a),
    "lt": lambda v, a: bool(v < a),
    "lte": lambda v, a: bool(v <= a),
    "in": lambda v, a: v in a,
    "range": lambda v, a: bool(a[0] <= v <= a[1]),
    "regex": _text(lambda v, a: re.search(a, v) is not None),
    "iregex": _text(lambda v, a: re.search(a, v, re.IGNORECASE) is not None),
}
TRANSFORMS: dict[str, Callable[[Any], Any]] = {
    "date": lambda v: v.date() if isinstance(v, dt.datetime) else v,
    "year": lambda v: v.year,
    "month": lambda v: v.month,
    "day": lambda v: v.day,
    "hour": lambda v: v.hour,
    "minute": lambda v: v.minute,
}


@models.Field.register_lookup
class NotEqual(models.Lookup):
    """``field__ne=value``: false for NULL, and one comparison, as conditions of indexes need it."""

    lookup_name = "ne"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        left, left_params = self.process_lhs(compiler, connection)
        right, right_params = self.process_rhs(compiler, connection)
        return f"{left} <> {right}", (*left_params, *right_params)


def compare(lhs: Any, name: str, value: Any, arg: Any) -> bool:
    """Apply a lookup to two values that are not NULL."""
    is_json = isinstance(getattr(lhs, "output_field", None), models.JSONField)
    if name not in LOOKUPS or (is_json and name not in {"exact", "in"}):
        raise NotSupportedError(
            f"The Notify API cannot answer the lookup {name!r} here."
        )
    return LOOKUPS[name](value, arg)


def transformed(side: Transform, value: Any) -> Any:
    """Apply a transform; parts of a time are those of the current time zone."""
    name = getattr(side, "lookup_name", None) or type(side).__name__
    if name not in TRANSFORMS:
        raise NotSupportedError(f"The Notify API cannot answer the transform {name!r}.")
    if value is None:
        return None
    if isinstance(value, dt.datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    return TRANSFORMS[name](value)
