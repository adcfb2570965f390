"""The tables of a live PostgreSQL database, as its catalogue has them."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.db import connections

from portal.remote.catalogue.tables import (
    Column,
    ForeignKey,
    Index,
    Statistics,
    Table,
    condition,
    type_name,
)

_TABLES = """
    SELECT relname, relkind IN ('v', 'm') FROM pg_class
    WHERE relkind IN ('r', 'p', 'v', 'm') AND relnamespace = current_schema()::regnamespace
"""
_COLUMNS = """
    SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), NOT a.attnotnull,
        ARRAY(SELECT enumlabel::text FROM pg_enum WHERE enumtypid = a.atttypid),
        pg_get_expr(d.adbin, d.adrelid)
    FROM pg_attribute AS a JOIN pg_class AS c ON c.oid = a.attrelid
        LEFT JOIN pg_attrdef AS d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    WHERE c.relnamespace = current_schema()::regnamespace
        AND c.relkind IN ('r', 'p', 'v', 'm') AND a.attnum > 0 AND NOT a.attisdropped
    ORDER BY c.relname, a.attnum
"""
_CONSTRAINTS = """
    SELECT c.relname, o.contype,
        ARRAY(SELECT attname::text FROM unnest(o.conkey) WITH ORDINALITY AS u(number, place)
            JOIN pg_attribute ON attrelid = o.conrelid AND attnum = number ORDER BY place),
        f.relname,
        ARRAY(SELECT attname::text FROM unnest(o.confkey) WITH ORDINALITY AS u(number, place)
            JOIN pg_attribute ON attrelid = o.confrelid AND attnum = number ORDER BY place),
        CASE o.contype WHEN 'c' THEN pg_get_expr(o.conbin, o.conrelid) END
    FROM pg_constraint AS o JOIN pg_class AS c ON c.oid = o.conrelid
        LEFT JOIN pg_class AS f ON f.oid = o.confrelid
    WHERE c.relnamespace = current_schema()::regnamespace
"""
# Not those that a key or a constraint brings with it.
_INDEXES = """
    SELECT c.relname, n.relname, x.indisunique, m.amname,
        ARRAY(SELECT pg_get_indexdef(x.indexrelid, k, true)
            FROM generate_series(1, x.indnkeyatts) AS k),
        ARRAY(SELECT p.opcname::text FROM unnest(x.indclass) AS used
            JOIN pg_opclass AS p ON p.oid = used WHERE NOT p.opcdefault),
        pg_get_expr(x.indpred, x.indrelid)
    FROM pg_index AS x JOIN pg_class AS c ON c.oid = x.indrelid
        JOIN pg_class AS n ON n.oid = x.indexrelid JOIN pg_am AS m ON m.oid = n.relam
    WHERE c.relnamespace = current_schema()::regnamespace
        AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = x.indexrelid
            AND contype IN ('p', 'u', 'x'))
"""
_STATISTICS = """
    SELECT c.relname, s.stxname,
        ARRAY(SELECT attname::text FROM pg_attribute
            WHERE attrelid = s.stxrelid AND attnum = ANY (s.stxkeys)),
        s.stxkind::text[]
    FROM pg_statistic_ext AS s JOIN pg_class AS c ON c.oid = s.stxrelid
    WHERE c.relnamespace = current_schema()::regnamespace
"""
_KINDS = {"d": "ndistinct", "f": "dependencies", "m": "mcv"}


def read_postgres(alias: str) -> dict[str, Table]:
    """Return the tables and views of the current schema by name, in five queries."""
    columns: dict[str, dict[str, Column]] = defaultdict(dict)
    for table, name, kind, nullable, values, default in _rows(alias, _COLUMNS):
        shown = type_name(kind.strip('"'))
        columns[table][name] = Column(shown, nullable, frozenset(values), default)
    constraints = _constraints(alias)
    indexes: dict[str, dict[str, Index]] = defaultdict(dict)
    for table, name, unique, method, of, operators, where in _rows(alias, _INDEXES):
        indexes[table][name] = Index(
            tuple(one.strip('"') for one in of),
            unique,
            method,
            tuple(operators),
            condition(where or ""),
        )
    statistics: dict[str, dict[str, Statistics]] = defaultdict(dict)
    for table, name, of, kinds in _rows(alias, _STATISTICS):
        known = frozenset(_KINDS[kind] for kind in kinds if kind in _KINDS)
        statistics[table][name] = Statistics(frozenset(of), known)
    return {
        name: Table(
            name,
            columns[name],
            is_view,
            indexes=indexes[name],
            statistics=statistics[name],
            **constraints[name],
        )
        for name, is_view in _rows(alias, _TABLES)
    }


def _constraints(alias: str) -> dict[str, dict[str, Any]]:
    """Return keys and constraints by table, as arguments of a ``Table``."""
    found: dict[str, dict[str, Any]] = defaultdict(dict)
    for table, kind, of, other, refers, check in _rows(alias, _CONSTRAINTS):
        columns, kept = tuple(of), found[table]
        if kind == "p":
            kept["primary_key"] = frozenset(columns)
        elif kind == "u":
            kept["uniques"] = kept.get("uniques", frozenset()) | {columns}
        elif kind == "c":
            kept["checks"] = kept.get("checks", frozenset()) | {condition(check)}
        elif kind == "f":
            key = ForeignKey(columns, other, tuple(refers))
            kept["foreign_keys"] = kept.get("foreign_keys", frozenset()) | {key}
    return found


def _rows(alias: str, query: str) -> list[tuple[Any, ...]]:
    with connections[alias].cursor() as cursor:
        cursor.execute(query)
        return list(cursor.fetchall())
