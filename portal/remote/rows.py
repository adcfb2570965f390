"""Instances from the API's JSON: columns, what is deferred, what is extra, nested objects."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple, TypeVar

from django.db import models
from django.db.models.base import DEFERRED

from portal.remote.plan import Row
from portal.remote.values import parse

M = TypeVar("M", bound=models.Model)


class Shape(NamedTuple):
    """The columns of a model, and its relations by the names that the API's JSON has."""

    fields: tuple[Any, ...]
    attnames: list[str]
    columns: frozenset[str]
    relations: tuple[Any, ...]


@lru_cache
def shape_of(model: type[models.Model]) -> Shape:
    """Read a model's shape, once."""
    fields = model._meta.concrete_fields
    return Shape(
        tuple(fields),
        [field.attname for field in fields],
        frozenset(str(field.column) for field in fields),
        tuple(field for field in fields if isinstance(field, models.ForeignKey)),
    )


def translated(model: type[models.Model], item: Row) -> Row:
    """Name relations by their columns: ``service`` or ``{"id": …}`` becomes ``service_id``.

    A nested object stays under its own name as well.
    """
    row = dict(item)
    for field in shape_of(model).relations:
        if field.name not in row or field.column in row:
            continue
        if isinstance(nested := row[field.name], dict):
            row[field.column] = nested.get("id")
        else:
            row[field.column] = row.pop(field.name)
    return row


def instance_of(queryset: Any, item: Row) -> Any:
    """Make one instance; a column that the row lacks is deferred, the rest is extra."""
    row = queryset.row(item)
    model = queryset.model
    shape = shape_of(model)
    values = [
        parse(field, row[field.column]) if field.column in row else DEFERRED
        for field in shape.fields
    ]
    obj = model.from_db(queryset.db, shape.attnames, values)
    obj.extra = {key: row[key] for key in row.keys() - shape.columns}
    for field in shape.relations:
        nested = obj.extra.get(field.name)
        if isinstance(nested, dict) and "id" in nested:
            related = field.related_model._base_manager.using(queryset.db)
            setattr(obj, field.name, instance_of(related.all(), nested))
    for field, known in queryset._known_related_objects.items():
        pk = getattr(obj, field.attname)
        if pk in known and not field.is_cached(obj):
            setattr(obj, field.name, known[pk])
    return obj
