"""The tables that the mirror's models declare."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models

from portal.remote.backends.notify_postgresql.base import DatabaseWrapper
from portal.remote.catalogue.tables import (
    Column,
    Columns,
    ForeignKey,
    Index,
    Statistics,
    Table,
    condition,
    type_name,
)
from portal.remote.declared import GinIndex, UniqueIndex, uniquely_indexed
from portal.remote.models import RemoteModel
from portal.remote.schema import foreign_keys


def read_mirror(mirrored: Iterable[type[RemoteModel]]) -> dict[str, Table]:
    """Return the tables of some models by name."""
    connection = DatabaseWrapper({}, "never opened")
    return {model._meta.db_table: _table(model, connection) for model in mirrored}


def _table(model: type[RemoteModel], connection: Any) -> Table:
    return Table(
        model._meta.db_table,
        dict(_own_columns(model, connection)),
        is_view=bool(model.view_of),
        primary_key=frozenset(_columns(model, _key(model))),
        foreign_keys=frozenset(
            ForeignKey(tuple(columns), table, tuple(refers))
            for columns, table, refers in foreign_keys(model)
        ),
        uniques=frozenset(_uniques(model)),
        checks=frozenset(_checks(model, connection)),
        indexes=dict(_indexes(model, connection)),
        statistics={
            one.name: Statistics(
                frozenset(_columns(model, one.fields)), frozenset(one.kinds)
            )
            for one in model.statistics
        },
    )


def _key(model: type[RemoteModel]) -> list[str]:
    return [field.name for field in model._meta.pk_fields if model.has_key]


def _own_columns(
    model: type[RemoteModel], connection: Any
) -> Iterator[tuple[str, Column]]:
    fields: Iterable[Any] = model._meta.local_concrete_fields
    loose = () if model.has_key else model._meta.pk_fields
    for field in fields:
        if field.column:  # a composite key has none of its own
            kind = type_name(field.db_type(connection))
            values = frozenset(getattr(field, "enum_values", ()))
            yield field.column, Column(kind, field.null or field in loose, values)


def _columns(model: type[RemoteModel], names: Iterable[str]) -> Columns:
    # A field of a mirror has a column, which django-stubs cannot know of relations.
    found: list[Any] = [model._meta.get_field(name) for name in names]
    return tuple(field.column for field in found)


def _uniques(model: type[RemoteModel]) -> Iterator[Columns]:
    indexed = uniquely_indexed(model)
    fields: Iterable[Any] = model._meta.local_concrete_fields
    for field in fields:
        if field.unique and not field.primary_key and field not in indexed:
            yield (field.column,)
    for one in model._meta.constraints:
        if isinstance(one, models.UniqueConstraint) and not one.condition:
            yield _columns(model, one.fields)


def _checks(model: type[RemoteModel], connection: Any) -> Iterator[str]:
    # Django compiles conditions in methods of its own, which its stubs do not name.
    constraints: Iterable[Any] = model._meta.constraints
    for one in constraints:
        if isinstance(one, models.CheckConstraint):
            sql: Any = one
            yield condition(sql._get_check_sql(model, connection.schema_editor()))


def _indexes(model: type[RemoteModel], connection: Any) -> Iterator[tuple[str, Index]]:
    editor = connection.schema_editor()
    for one in model._meta.indexes:
        where = one._get_condition_sql(model, editor) or ""
        yield (
            one.name,
            Index(
                _columns(model, [name for name, _ in one.fields_orders]),
                unique=isinstance(one, UniqueIndex),
                method="gin" if isinstance(one, GinIndex) else "btree",
                operators=tuple(one.opclasses),
                where=condition(where),
            ),
        )
    constraints: Iterable[Any] = model._meta.constraints
    for one in constraints:
        if isinstance(one, models.UniqueConstraint) and one.condition:
            sql: Any = one
            where = sql._get_condition_sql(model, editor)
            yield (
                one.name,
                Index(_columns(model, one.fields), unique=True, where=condition(where)),
            )
