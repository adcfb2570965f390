"""The mirror's models against the recorded schema of the API's database.

The record is ``schema.json``, or the file that SCHEMA_FILE names.
"""

from __future__ import annotations

import uuid

import pytest
from django.db.models import NOT_PROVIDED
from django.utils import timezone

from portal.remote.catalogue import differences, read_mirror
from portal.remote.fields import UpdatedAtField
from portal.remote.schema import mirror_models
from tests.contract.schema import RECORDED, recorded_tables

NOT_THE_APIS = {"sandbox", "staffing"}
MODELS = {
    model._meta.db_table: model
    for model in mirror_models()
    if model._meta.app_label not in NOT_THE_APIS
}
MIRROR, TABLES = read_mirror(MODELS.values()), recorded_tables()


def test_every_table_has_a_model_and_every_model_a_table():
    assert MIRROR.keys() == TABLES.keys()
    assert len(TABLES) == len(RECORDED)


@pytest.mark.parametrize("name", sorted(TABLES))
def test_a_table_is_mirrored_whole(name):
    """Columns, types, values of enums, keys, constraints, indexes and statistics."""
    assert differences({name: MIRROR[name]}, {name: TABLES[name]}) == []


CALLED = {"callable uuid4": uuid.uuid4, "callable utcnow": timezone.now}
# A year that is True is a slip, and Django's defaults know nothing of the rest of their row.
NOT_MIRRORED = {"callable letter_languages_default", True}
COLUMNS = [
    (one["table"], column)
    for one in RECORDED
    for column in one["columns"]
    if "default" in column or "onupdate" in column
]


@pytest.mark.parametrize(
    ("table", "column"),
    COLUMNS,
    ids=[f"{table}.{column['name']}" for table, column in COLUMNS],
)
def test_a_column_has_its_default(table, column):
    fields = {field.column: field for field in MODELS[table]._meta.concrete_fields}
    field = fields[column["name"]]

    assert isinstance(field, UpdatedAtField) == (column.get("onupdate") is not None)
    if "default" not in column:
        return
    default, plain = column["default"], field.get_default()
    if isinstance(default, str) and default in CALLED:
        assert field.default is CALLED[default]
    elif field.default is NOT_PROVIDED:
        assert default in NOT_MIRRORED
    elif not str(default).startswith("callable"):
        assert (type(plain), plain) == (type(default), default)


def test_names_that_a_database_is_asked_for_fit_into_it():
    named = [
        name
        for table in MIRROR.values()
        for name in (table.name, *table.columns, *table.indexes, *table.statistics)
    ]

    assert max(map(len, named)) <= 63
