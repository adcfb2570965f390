"""How a database differs from the mirror, in sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from portal.remote.catalogue.tables import Column, Columns, Index, Table

# What a database may have beside the API's own: migrations' books, and the sandbox's things.
_NOT_MIRRORED = re.compile(r"alembic_version$|(ix_)?sandbox_")


def differences(
    mirror: Mapping[str, Table], database: Mapping[str, Table]
) -> list[str]:
    """List what the database lacks, has otherwise, and has beyond the mirror, by table."""
    found = [
        f"{name}: no such table" for name in sorted(mirror.keys() - database.keys())
    ]
    found += [
        f"{name}: not in the mirror"
        for name in _unknown(database.keys() - mirror.keys())
    ]
    for name in sorted(mirror.keys() & database.keys()):
        found += [f"{name}: {one}" for one in _of_table(mirror[name], database[name])]
    return found


def _of_table(mirror: Table, database: Table) -> Iterator[str]:
    if mirror.is_view != database.is_view:
        yield f"{_kind(database)}, not {_kind(mirror)}"
    yield from _of_columns(mirror, database)
    if mirror.is_view:  # PostgreSQL keeps neither keys nor constraints of views
        return
    if mirror.primary_key != database.primary_key:
        yield (
            f"primary key ({_listed(sorted(database.primary_key))}), "
            f"not ({_listed(sorted(mirror.primary_key))})"
        )
    for what, ours, theirs in (
        ("foreign key", mirror.foreign_keys, database.foreign_keys),
        ("unique constraint", _own(mirror), _own(database)),
        ("check constraint", mirror.checks, database.checks),
    ):
        yield from (f"no {what} {_shown(one)}" for one in _sorted(ours - theirs))
        yield from (
            f"{what} {_shown(one)} is not in the mirror"
            for one in _sorted(theirs - ours)
        )
    yield from _of_named("index", mirror.indexes, database.indexes)
    yield from _of_named("statistics", mirror.statistics, database.statistics)


def _own(table: Table) -> frozenset[Columns]:
    """Leave out the uniqueness of the primary key, which PostgreSQL keeps once."""
    return frozenset(
        one for one in table.uniques if frozenset(one) != table.primary_key
    )


def _of_columns(mirror: Table, database: Table) -> Iterator[str]:
    for name in sorted(mirror.columns.keys() - database.columns.keys()):
        yield f"no column {name}"
    for name in sorted(database.columns.keys() - mirror.columns.keys()):
        yield f"column {name} is not in the mirror"
    for name, ours in mirror.columns.items():
        if theirs := database.columns.get(name):
            yield from _of_column(name, ours, theirs, is_view=mirror.is_view)


def _of_column(
    name: str, ours: Column, theirs: Column, *, is_view: bool
) -> Iterator[str]:
    if ours.type != theirs.type:
        yield f"column {name} is {theirs.type}, not {ours.type}"
    if ours.values != theirs.values:
        yield (
            f"column {name} takes {_listed(sorted(theirs.values))}, "
            f"not {_listed(sorted(ours.values))}"
        )
    if is_view:
        return
    if ours.nullable != theirs.nullable:
        words = {True: "nullable", False: "not null"}
        yield f"column {name} is {words[theirs.nullable]}, not {words[ours.nullable]}"
    if ours.default != theirs.default:
        yield (
            f"column {name} has default {theirs.default or 'none'}, "
            f"not {ours.default or 'none'}"
        )


def _of_named(
    what: str, ours: Mapping[str, Any], theirs: Mapping[str, Any]
) -> Iterator[str]:
    for name in sorted(ours.keys() - theirs.keys()):
        yield f"no {what} {name} {_shown(ours[name])}"
    for name in _unknown(theirs.keys() - ours.keys()):
        yield f"{what} {name} {_shown(theirs[name])} is not in the mirror"
    for name in sorted(ours.keys() & theirs.keys()):
        if ours[name] != theirs[name]:
            yield f"{what} {name} is {_shown(theirs[name])}, not {_shown(ours[name])}"


def _unknown(names: Iterable[str]) -> list[str]:
    return sorted(name for name in names if not _NOT_MIRRORED.match(name))


def _kind(table: Table) -> str:
    return "a view" if table.is_view else "a table"


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names) or "nothing"


def _sorted(found: Iterable[Any]) -> list[Any]:
    return sorted(found, key=str)


def _shown(one: Any) -> str:
    if isinstance(one, str):
        return f"({one})"
    if isinstance(one, tuple):
        return f"({_listed(one)})"
    columns = one.columns if isinstance(one.columns, tuple) else sorted(one.columns)
    text = f"({_listed(columns)})"
    if hasattr(one, "refers"):
        return f"{text} to {one.table}({_listed(one.refers)})"
    if isinstance(one, Index):
        return _shown_index(one, text)
    return f"{text} {_listed(sorted(one.kinds))}"


def _shown_index(index: Index, columns: str) -> str:
    words = [
        *(["unique"] if index.unique else []),
        index.method,
        columns,
        *index.operators,
        *([f"where {index.where}"] if index.where else []),
    ]
    return " ".join(words)
