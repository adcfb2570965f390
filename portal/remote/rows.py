"""Instances from the API's JSON: columns, what is deferred, what is extra, nested objects."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable
from functools import lru_cache, partial
from typing import Any, NamedTuple

from django.db import models
from django.db.models.base import ModelState

from portal.remote.fields import EncryptedField
from portal.remote.plan import Row
from portal.remote.values import parse, parse_id, parse_time


class Shape(NamedTuple):
    """What making instances of a model needs to know, found out once."""

    # By column: the attribute and how its value is read.
    columns: dict[str, tuple[str, Callable[[Any], Any]]]
    relations: tuple[Any, ...]
    # Their names, under which answers have ids or nested objects.
    nested: frozenset[str]
    # Attributes whose values can be changed in place.
    mutable: tuple[str, ...]


@lru_cache
def shape_of(model: type[models.Model]) -> Shape:
    """Read a model's shape."""
    fields = model._meta.concrete_fields
    relations = [field for field in fields if isinstance(field, models.ForeignKey)]
    return Shape(
        {str(field.column): (field.attname, _reader(field)) for field in fields},
        tuple(relations),
        frozenset(field.name for field in relations),
        tuple(f.attname for f in fields if isinstance(f, models.JSONField)),
    )


def translated(model: type[models.Model], item: Row) -> Row:
    """Name relations by their columns: ``service`` or ``{"id": …}`` becomes ``service_id``.

    A nested object stays under its own name as well.
    """
    row = dict(item)
    shape = shape_of(model)
    if shape.nested.isdisjoint(row):
        return row
    for field in shape.relations:
        if field.name not in row or field.column in row:
            continue
        if isinstance(nested := row[field.name], dict):
            row[field.column] = nested.get("id")
        else:
            row[field.column] = row.pop(field.name)
    return row


def instances_of(queryset: Any, items: Iterable[Row]) -> list[Any]:
    """Make many instances, asking the router once where they are from: that takes its time."""
    alias = queryset.db
    return [instance_of(queryset, item, alias) for item in items]


def instance_of(queryset: Any, item: Row, alias: str = "") -> Any:
    """Make one instance; a column that the row lacks is deferred, the rest is extra.

    As ``Model.from_db``, but without a look at the columns that the row lacks: lists
    give few of many.
    """
    shape = shape_of(queryset.model)
    values: dict[str, Any] = {}
    extra: dict[str, Any] = {}
    for key, value in queryset.row(item).items():
        if key in shape.columns:
            attname, read = shape.columns[key]
            values[attname] = read(value)
        else:
            extra[key] = value
    obj = queryset.model.__new__(queryset.model)
    state = ModelState()
    state.adding, state.db = False, alias or queryset.db
    loaded = dict(values)
    for attname in shape.mutable:
        if attname in loaded:
            loaded[attname] = copy.deepcopy(loaded[attname])
    obj.__dict__.update(values, _state=state, _loaded=loaded, extra=extra)
    _relate(queryset, obj, shape)
    return obj


def _relate(queryset: Any, obj: Any, shape: Shape) -> None:
    """Keep related objects that came along, or that the queryset is about."""
    for field in () if shape.nested.isdisjoint(obj.extra) else shape.relations:
        nested = obj.extra.get(field.name)
        if isinstance(nested, dict) and "id" in nested:
            related = field.related_model._base_manager.using(queryset.db)
            setattr(obj, field.name, instance_of(related.all(), nested))
    for field, known in queryset._known_related_objects.items():
        pk = getattr(obj, field.attname)
        if pk in known and not field.is_cached(obj):
            setattr(obj, field.name, known[pk])


def _reader(field: Any) -> Callable[[Any], Any]:
    """Choose how a field's values are read: the usual forms at once, others with care."""
    target = field.target_field if isinstance(field, models.ForeignKey) else field
    slow = partial(parse, field)
    if isinstance(field, EncryptedField):
        return field.from_api
    if isinstance(target, models.UUIDField):
        return partial(_read, slow, str, parse_id)
    if isinstance(target, models.DateTimeField):
        return partial(_read, slow, str, parse_time)
    if isinstance(target, (models.CharField, models.TextField)):
        return partial(_keep, slow, str)
    if isinstance(target, models.BooleanField):
        return partial(_keep, slow, bool)
    if isinstance(target, models.IntegerField):
        return partial(_keep, slow, int)
    return slow


def _keep(slow: Callable[[Any], Any], kind: type, value: Any) -> Any:
    return value if value is None or type(value) is kind else slow(value)


def _read(
    slow: Callable[[Any], Any], kind: type, fast: Callable[[Any], Any], value: Any
) -> Any:
    if value is None:
        return None
    try:
        return fast(value) if type(value) is kind else slow(value)
    except (ValueError, TypeError):
        return slow(value)
