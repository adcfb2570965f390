"""The shapes of a queryset's results besides instances: values() and values_list()."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import NotSupportedError, models
from django.db.models.constants import LOOKUP_SEP
from django.db.models.query import (
    FlatValuesListIterable,
    NamedValuesListIterable,
    ValuesIterable,
    ValuesListIterable,
)
from django.db.models.utils import create_namedtuple_class

from portal.remote.gather import gather
from portal.remote.ordering import attribute_path
from portal.remote.where import follow


def shaped(queryset: Any, objects: list[Any]) -> list[Any]:
    """Give what ``values()`` or ``values_list()`` asked for, distinct where asked."""
    query, model = queryset.query, queryset.model
    names = query.values_select or [f.attname for f in model._meta.concrete_fields]
    paths = [attribute_path(model, name) for name in names]
    gather(objects, paths)
    rows = [tuple(follow(obj, path) for path in paths) for obj in objects]
    if query.distinct:
        rows = list(dict.fromkeys(rows))[query.low_mark : query.high_mark]
    kind = queryset._iterable_class
    if kind is FlatValuesListIterable:
        return [row[0] for row in rows]
    if kind is ValuesIterable:
        return [dict(zip(names, row, strict=True)) for row in rows]
    if kind is NamedValuesListIterable:
        named = create_namedtuple_class(*names)
        return [named._make(row) for row in rows]
    if kind is ValuesListIterable:
        return rows
    raise NotSupportedError(f"The Notify API cannot give results as {kind.__name__}.")


def related_names(model: type[models.Model], wanted: Any) -> list[str]:
    """Name the relations of ``select_related()`` as prefetches."""
    if wanted is True:
        return [
            field.name
            for field in model._meta.concrete_fields
            if field.is_relation and not field.null
        ]
    return list(_flattened(wanted, ""))


def _flattened(tree: dict[str, Any], prefix: str) -> Iterator[str]:
    for name, below in tree.items():
        yield prefix + name
        yield from _flattened(below, f"{prefix}{name}{LOOKUP_SEP}")
