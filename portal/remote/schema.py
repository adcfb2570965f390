"""Build the mirror's tables where SQL answers it: in the sandbox and in tests."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.apps import apps
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import ForeignKey

from portal.remote.declared import uniquely_indexed
from portal.remote.fields import EnumField
from portal.remote.models import RemoteModel


def mirror_models() -> list[type[RemoteModel]]:
    """List the models that mirror a table of the API's database."""
    return [model for model in apps.get_models() if issubclass(model, RemoteModel)]


def create_schema(
    alias: str = "default", models: Iterable[type[RemoteModel]] | None = None
) -> None:
    """Make tables, views, constraints and indexes; on PostgreSQL all that the API's has."""
    connection = connections[alias]
    wanted = list(mirror_models() if models is None else models)
    tables = [model for model in wanted if not model.view_of]
    if connection.vendor == "postgresql":
        _run(connection, _before(tables))
    with connection.schema_editor() as editor:
        for model in tables:
            with _as_the_api_makes_it(model):
                editor.create_model(model)
    if connection.vendor == "postgresql":
        _run(connection, _after(connection, tables))
    _run(connection, [_view(connection, model) for model in wanted if model.view_of])


def drop_schema(
    alias: str = "default", models: Iterable[type[RemoteModel]] | None = None
) -> None:
    """Drop the mirror's tables and views."""
    connection = connections[alias]
    wanted = list(mirror_models() if models is None else models)
    quote = connection.ops.quote_name
    views = [model._meta.db_table for model in wanted if model.view_of]
    _run(connection, [f"DROP VIEW {quote(view)}" for view in views])
    with connection.schema_editor() as editor:
        for model in wanted:
            if not model.view_of:
                editor.delete_model(model)


@contextlib.contextmanager
def _as_the_api_makes_it(model: type[RemoteModel]) -> Iterator[None]:
    """Let the editor make indexes, which it does not for what is unmanaged, and keys as there."""
    meta: Any = model._meta
    unique: list[Any] = uniquely_indexed(model)
    key, columns = meta.pk, [] if model.has_key else list(meta.pk_fields)
    _set(unique, _unique=False)
    _set(columns, null=True)
    _set([meta], managed=True, pk=key if model.has_key else None)
    try:
        yield
    finally:
        _set(unique, _unique=True)
        _set(columns, null=False)
        _set([meta], managed=False, pk=key)


def _set(objects: Iterable[Any], **values: Any) -> None:
    for one in objects:
        vars(one).update(values)


def _before(tables: Sequence[type[RemoteModel]]) -> Iterator[str]:
    """Give what PostgreSQL's tables need: operators for trigrams, and the enums."""
    yield "CREATE EXTENSION IF NOT EXISTS pg_trgm"
    enums = {
        field.enum: field.enum_values
        for model in tables
        for field in model._meta.local_concrete_fields
        if isinstance(field, EnumField)
    }
    for name, values in enums.items():
        listed = ", ".join(f"'{value}'" for value in values)
        yield (
            f"DO $$ BEGIN CREATE TYPE {name} AS ENUM ({listed}); "
            "EXCEPTION WHEN duplicate_object THEN NULL; END $$"
        )


def _after(
    connection: BaseDatabaseWrapper, tables: Sequence[type[RemoteModel]]
) -> Iterator[str]:
    """Give what Django has no words for, or was told to leave: foreign keys and statistics."""
    known = {model._meta.db_table for model in tables}
    for model in tables:
        yield from _references(connection, model, known)
        yield from _statistics(connection, model)


def _references(
    connection: BaseDatabaseWrapper, model: type[RemoteModel], known: set[str]
) -> Iterator[str]:
    # Held at the end of a transaction: seeds and bulk writes come in any order.
    for columns, table, refers in foreign_keys(model):
        if table in known:
            yield (
                f"ALTER TABLE {connection.ops.quote_name(model._meta.db_table)} "
                f"ADD FOREIGN KEY ({_listed(connection, columns)}) "
                f"REFERENCES {connection.ops.quote_name(table)} "
                f"({_listed(connection, refers)}) DEFERRABLE INITIALLY DEFERRED"
            )


def foreign_keys(
    model: type[RemoteModel],
) -> Iterator[tuple[Sequence[str], str, Sequence[str]]]:
    """Give the keys that the API's database holds: columns, the other table, its columns."""
    for field in model._meta.local_concrete_fields:
        if isinstance(field, ForeignKey) and getattr(field, "constrained", True):
            related: Any = field.target_field
            yield [field.column], related.model._meta.db_table, [related.column]
    for key in model.foreign_keys:
        fields: list[Any] = [model._meta.get_field(name) for name in key.columns]
        columns = [field.column for field in fields]
        yield columns, key.table, list(key.columns.values())


def _statistics(
    connection: BaseDatabaseWrapper, model: type[RemoteModel]
) -> Iterator[str]:
    for wanted in model.statistics:
        fields: list[Any] = [model._meta.get_field(n) for n in wanted.fields]
        columns = _listed(connection, [field.column for field in fields])
        yield (
            f"CREATE STATISTICS {connection.ops.quote_name(wanted.name)} "
            f"({', '.join(wanted.kinds)}) ON {columns} "
            f"FROM {connection.ops.quote_name(model._meta.db_table)}"
        )


def _view(connection: BaseDatabaseWrapper, model: type[RemoteModel]) -> str:
    fields: Iterable[Any] = model._meta.local_concrete_fields
    columns = _listed(connection, [field.column for field in fields])
    quote = connection.ops.quote_name
    of = (" ".join(("SELECT", columns, "FROM", quote(one))) for one in model.view_of)
    return f"CREATE VIEW {quote(model._meta.db_table)} AS {' UNION '.join(of)}"


def _listed(connection: BaseDatabaseWrapper, names: Iterable[str]) -> str:
    return ", ".join(map(connection.ops.quote_name, names))


def _run(connection: BaseDatabaseWrapper, statements: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
