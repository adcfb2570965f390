"""The API's forms of times and empty values."""

from __future__ import annotations

import datetime as dt
import decimal
import uuid

import pytest

from portal.remote.errors import InvalidResponse
from portal.remote.values import parse, parse_time, wire
from tests.remote.orm.staffing.models import Person, Team

NOON = dt.datetime(2025, 6, 1, 12, 30, 5, tzinfo=dt.UTC)
TEXTS = [
    "2025-06-01T12:30:05.000000Z",
    "2025-06-01T12:30:05Z",
    "2025-06-01T12:30:05",
    "2025-06-01T12:30:05.000000",
    "2025-06-01 12:30:05",
    "2025-06-01 12:30:05.000000",
    "2025-06-01T13:30:05+01:00",
    "Sun, 01 Jun 2025 12:30:05 GMT",
]


@pytest.mark.parametrize("text", TEXTS)
def test_every_form_of_a_time_is_read_as_utc(text):
    moment = parse_time(text)

    assert moment == NOON
    assert moment.tzinfo is dt.UTC


def test_a_date_alone_is_its_midnight():
    assert parse_time("2025-06-01") == dt.datetime(2025, 6, 1, tzinfo=dt.UTC)


def test_an_empty_text_is_null_where_the_column_allows_it():
    assert parse(Person._meta.get_field("joined"), "") is None
    assert parse(Person._meta.get_field("email"), "") == ""


def test_a_foreign_key_is_read_as_its_targets_key():
    pk = uuid.uuid4()

    assert parse(Person._meta.get_field("team"), str(pk)) == pk


def test_nonsense_is_an_invalid_answer():
    with pytest.raises(InvalidResponse):
        parse(Person._meta.get_field("team"), "Ops")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (NOON, "2025-06-01T12:30:05.000000Z"),
        (dt.date(2025, 6, 1), "2025-06-01"),
        (uuid.UUID(int=7), "00000000-0000-0000-0000-000000000007"),
        (decimal.Decimal("1.50"), "1.50"),
        (Team(pk=uuid.UUID(int=7)), "00000000-0000-0000-0000-000000000007"),
        (["a"], ["a"]),
        (None, None),
    ],
    ids=str,
)
def test_values_are_written_as_json_has_them(value, text):
    assert wire(value) == text
