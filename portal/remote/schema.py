"""Build the mirror's tables where SQL answers it: in the sandbox and in tests."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from portal.remote.models import RemoteModel


def mirror_models() -> list[type[RemoteModel]]:
    """List the models that mirror a table of the API's database."""
    return [model for model in apps.get_models() if issubclass(model, RemoteModel)]


def create_schema(
    alias: str = "default", models: Iterable[type[RemoteModel]] | None = None
) -> None:
    """Make tables, constraints, indexes and (on PostgreSQL) statistics."""
    connection = connections[alias]
    chosen = list(mirror_models() if models is None else models)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    with connection.schema_editor() as editor:
        for model in chosen:
            # The editor makes no index for an unmanaged model.
            model._meta.managed = True
            try:
                editor.create_model(model)
            finally:
                model._meta.managed = False
    if connection.vendor == "postgresql":
        for model in chosen:
            _create_statistics(connection, model)


def drop_schema(
    alias: str = "default", models: Iterable[type[RemoteModel]] | None = None
) -> None:
    """Drop the mirror's tables."""
    with connections[alias].schema_editor() as editor:
        for model in mirror_models() if models is None else models:
            editor.delete_model(model)


def _create_statistics(
    connection: BaseDatabaseWrapper, model: type[RemoteModel]
) -> None:
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        for wanted in model.statistics:
            fields: list[Any] = [model._meta.get_field(n) for n in wanted.fields]
            columns = ", ".join(quote(field.column) for field in fields)
            cursor.execute(
                f"CREATE STATISTICS IF NOT EXISTS {quote(wanted.name)} "
                f"({', '.join(wanted.kinds)}) ON {columns} FROM {quote(model._meta.db_table)}"
            )
