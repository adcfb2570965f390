"""Count, Min, Max and Sum of fields, computed from the rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db import NotSupportedError
from django.db.models import Count, F, Max, Min, Sum
from django.db.models.expressions import Star

from portal.remote.gather import gather
from portal.remote.ordering import attribute_path
from portal.remote.where import follow

FUNCTIONS: dict[type, Callable[[Iterable[Any]], Any]] = {Min: min, Max: max, Sum: sum}


def computed(queryset: Any, args: Any, kwargs: dict[str, Any]) -> dict[str, Any]:
    """Answer ``aggregate()``."""
    wanted = {**{arg.default_alias: arg for arg in args}, **kwargs}
    for aggregate in wanted.values():
        _check(aggregate)
    objects = queryset._objects()
    return {alias: _value(queryset, objects, agg) for alias, agg in wanted.items()}


def _check(aggregate: Any) -> None:
    known: tuple[type, ...] = (Count, *FUNCTIONS)
    is_known = isinstance(aggregate, known)
    source = aggregate.get_source_expressions()[0] if is_known else None
    if not isinstance(source, (F, Star)) or aggregate.filter is not None:
        raise NotSupportedError(
            "The Notify API can aggregate by Count, Min, Max and Sum of plain fields only."
        )


def _value(queryset: Any, objects: list[Any], aggregate: Any) -> Any:
    source = aggregate.get_source_expressions()[0]
    if isinstance(source, Star):
        return len(objects)
    path = attribute_path(queryset.model, source.name)
    gather(objects, [path])
    found = (follow(obj, path) for obj in objects)
    values = [value for value in found if value is not None]
    if aggregate.distinct:
        values = list(dict.fromkeys(values))
    if isinstance(aggregate, Count):
        return len(values)
    return FUNCTIONS[type(aggregate)](values) if values else None
