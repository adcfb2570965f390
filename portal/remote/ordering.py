"""Order instances as PostgreSQL would."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist, FieldError
from django.db import NotSupportedError, models
from django.db.models.constants import LOOKUP_SEP
from django.db.models.expressions import F, OrderBy
from django.db.models.sql.query import Query

from portal.remote.where import Path, follow


@dataclass(frozen=True)
class Key:
    """One key of an ordering; without a word on NULLs they count as largest."""

    name: str
    descending: bool
    nulls_last: bool | None = None

    @property
    def text(self) -> str:
        """The key as ``order_by`` writes it."""
        return f"-{self.name}" if self.descending else self.name


def keys(query: Query) -> Iterator[Key]:
    """Read a query's ordering."""
    if query.extra_order_by:
        raise NotSupportedError("The Notify API cannot answer extra(order_by=…).")
    default = (query.get_meta().ordering or ()) if query.default_ordering else ()
    for item in query.order_by or default:
        for key in _expanded(query.get_meta().model, _key(item)):
            if query.standard_ordering:
                yield key
            else:
                last = None if key.nulls_last is None else not key.nulls_last
                yield Key(key.name, not key.descending, last)


def attribute_path(model: type[models.Model], name: str) -> Path:
    """Translate ``team__name`` to attributes."""
    path: list[str] = []
    meta: Any = model._meta
    *hops, last = name.split(LOOKUP_SEP)
    try:
        for hop in hops:
            field = meta.get_field(hop)
            if not isinstance(field, models.ForeignKey):
                raise NotSupportedError(
                    f"The Notify API cannot look across {name!r} of {meta.verbose_name_plural}."
                )
            path.append(field.name)
            meta = field.related_model._meta
        path.append("pk" if last == "pk" else meta.get_field(last).attname)
    except (FieldDoesNotExist, AttributeError):
        raise FieldError(f"Cannot resolve {name!r} on {model._meta.label}.") from None
    return tuple(path)


def in_order(objects: list[Any], wanted: list[Key]) -> list[Any]:
    """Sort by the keys, the last one first, as sorting is stable."""
    for key in reversed(wanted):
        path = attribute_path(type(objects[0]), key.name) if objects else ()
        last = not key.descending if key.nulls_last is None else key.nulls_last
        empty = [obj for obj in objects if follow(obj, path) is None]
        filled = [obj for obj in objects if follow(obj, path) is not None]
        filled.sort(
            key=lambda obj, path=path: _collated(follow(obj, path)),  # type: ignore[misc]
            reverse=key.descending,
        )
        objects = [*filled, *empty] if last else [*empty, *filled]
    return objects


def _key(item: Any) -> Key:
    if isinstance(item, F):
        item = item.asc()
    if isinstance(item, OrderBy):
        if not isinstance(item.expression, F):
            raise NotSupportedError("The Notify API cannot order by an expression.")
        last = True if item.nulls_last else False if item.nulls_first else None
        named: Any = item.expression
        return Key(named.name, item.descending, last)
    if not isinstance(item, str) or item == "?":
        raise NotSupportedError(f"The Notify API cannot order by {item!r}.")
    return Key(item.removeprefix("-"), item.startswith("-"))


def _expanded(model: type[models.Model], key: Key) -> Iterator[Key]:
    """Order by a relation means by the related model's own ordering."""
    ordering = _ordering_of(model, key.name.split(LOOKUP_SEP))
    if not ordering:
        yield key
    for item in ordering:
        inner = _key(item)
        name = LOOKUP_SEP.join((key.name, inner.name))
        down = inner.descending != key.descending
        yield from _expanded(model, Key(name, down, inner.nulls_last))


def _ordering_of(model: type[models.Model], path: list[str]) -> Any:
    for name in path:
        field = None if name == "pk" else model._meta.get_field(name)
        if not isinstance(field, models.ForeignKey) or name == field.attname:
            return ()
        model = field.related_model
    return model._meta.ordering


def _collated(value: Any) -> Any:
    return (value.casefold(), value) if isinstance(value, str) else value
