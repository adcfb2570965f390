"""Write very many rows, as quickly as the database takes them."""

from __future__ import annotations

import contextlib
import datetime
import uuid
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from itertools import islice
from typing import Any

from django.db import connection, models

BATCH = 5000
# SQLite has no types for these; this is how Django writes them there.
IN_SQLITE: dict[type, Callable[[Any], Any]] = {
    uuid.UUID: lambda value: value.hex,
    Decimal: str,
    datetime.date: str,
    datetime.datetime: lambda value: str(
        value.astimezone(datetime.UTC).replace(tzinfo=None)
    ),
}
# The names and definitions of a table's indexes but those that are constraints.
INDEXES = {
    "postgresql": """
        SELECT indexname, indexdef FROM pg_indexes
        WHERE schemaname = current_schema() AND tablename = %s
        AND indexname NOT IN (SELECT conname FROM pg_constraint)
        """,
    "sqlite": """
        SELECT name, sql FROM sqlite_master
        WHERE type = 'index' AND tbl_name = %s AND sql IS NOT NULL
        """,
}

FOREIGN_KEYS = """
    SELECT quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint
    WHERE contype = 'f' AND conrelid = %s::regclass
    """


def write(model: type[models.Model], objects: Iterable[models.Model]) -> None:
    """Insert objects: with COPY on PostgreSQL, otherwise a few thousand at a time."""
    fields = model._meta.concrete_fields
    columns = ", ".join(connection.ops.quote_name(str(f.column)) for f in fields)
    into = f"{connection.ops.quote_name(model._meta.db_table)} ({columns})"
    names = [field.attname for field in fields]
    rows = ([row.__dict__[name] for name in names] for row in objects)
    if connection.vendor == "postgresql":
        _copy(into, rows)
    else:
        _insert(into, len(names), rows)


def _copy(into: str, rows: Iterable[list[Any]]) -> None:
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {into} FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row([_in_utc(value) for value in row])


def _in_utc(value: Any) -> Any:
    # PostgreSQL does not look at the zone of what a column without one is given.
    is_time = isinstance(value, datetime.datetime)
    return value.astimezone(datetime.UTC) if is_time else value


def _insert(into: str, width: int, rows: Iterable[list[Any]]) -> None:
    marks = ", ".join(["%s"] * width)
    plain = ([_plain(value) for value in row] for row in rows)
    with connection.cursor() as cursor:
        while batch := list(islice(plain, BATCH)):
            cursor.executemany(f"INSERT INTO {into} VALUES ({marks})", batch)  # noqa: S608  our own names


def _plain(value: Any) -> Any:
    adapt = IN_SQLITE.get(type(value))
    return adapt(value) if adapt else value


@contextlib.contextmanager
def without_indexes(model: type[models.Model]) -> Iterator[None]:
    """Take a table's indexes and foreign keys away meanwhile.

    Each is made, and each key checked, faster once, from all rows.
    """
    quote = connection.ops.quote_name
    with _without_foreign_keys(quote(model._meta.db_table)):
        with connection.cursor() as cursor:
            cursor.execute(INDEXES[connection.vendor], [model._meta.db_table])
            found = cursor.fetchall()
            for name, _ in found:
                cursor.execute(f"DROP INDEX {quote(name)}")
        yield
        with connection.cursor() as cursor:
            for _, definition in found:
                cursor.execute(definition)


@contextlib.contextmanager
def _without_foreign_keys(table: str) -> Iterator[None]:
    if connection.vendor != "postgresql":  # the others have none
        yield
        return
    with connection.cursor() as cursor:
        # A table cannot be altered before what was written to it is checked.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute(FOREIGN_KEYS, [table])
        found = cursor.fetchall()
        for name, _ in found:
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    yield
    with connection.cursor() as cursor:
        for name, definition in found:
            cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")


def gather_statistics() -> None:
    """Let the database know its new contents, by which it chooses how to answer."""
    with connection.cursor() as cursor:
        on_postgres = connection.vendor == "postgresql"
        cursor.execute("VACUUM ANALYZE" if on_postgres else "ANALYZE")
