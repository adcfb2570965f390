"""The recorded tables of ``schema.json``, in the form in which two schemas are compared."""

from __future__ import annotations

import json
import os
from pathlib import Path

from portal.remote.catalogue.tables import (
    Column,
    ForeignKey,
    Index,
    Statistics,
    Table,
    condition,
    type_name,
)

FACTS = Path(os.environ.get("SCHEMA_FILE") or Path(__file__).with_name("schema.json"))
RECORDED = json.loads(FACTS.read_text())["tables"]


def recorded_tables():
    """Return the recorded tables by name."""
    return {one["table"]: table(one) for one in RECORDED}


def table(recorded):
    """Return one table; a unique column without a constraint of its own is one."""
    constraints = recorded["constraints"]
    indexes = {one["name"]: index(one) for one in recorded["indexes"]}
    return Table(
        recorded["table"],
        {one["name"]: column(one) for one in recorded["columns"]},
        is_view=recorded["is_view"],
        primary_key=frozenset(of_type(constraints, "primary key")[0]["columns"]),
        foreign_keys=frozenset(map(key, of_type(constraints, "foreign key"))),
        uniques=frozenset(
            tuple(one["columns"]) for one in of_type(constraints, "unique")
        ),
        checks=frozenset(
            condition(one["sql"]) for one in of_type(constraints, "check")
        ),
        indexes=indexes,
        statistics={
            one["name"]: Statistics(frozenset(one["columns"]), frozenset(one["kinds"]))
            for one in recorded["extended_statistics"]
        },
    )


def of_type(constraints, kind):
    return [one for one in constraints if one["type"] == kind]


def column(recorded):
    return Column(
        type_name(recorded["type"]),
        # A key's column never is, whatever was said of it.
        recorded["nullable"] and not recorded.get("primary_key", False),
        frozenset(recorded.get("enum_values", ())),
    )


def index(recorded):
    return Index(
        tuple(recorded["columns"]),
        recorded["unique"],
        recorded.get("using", "btree"),
        tuple(recorded.get("ops", {}).values()),
        condition(recorded.get("where", "")),
    )


def key(recorded):
    tables, columns = zip(*(one.split(".") for one in recorded["refers"]), strict=True)
    return ForeignKey(tuple(recorded["columns"]), tables[0], columns)
