from __future__ import annotations

import csv
import io

import pytest

from portal.reports.rows import NotificationsCSV, cell, count_rows
from tests.reports.builders import row


def written(*rows):
    file = io.StringIO(newline="")
    NotificationsCSV(file).write(rows)
    return file


def test_a_file_begins_with_a_byte_order_mark_and_the_headings():
    first = written().getvalue().splitlines()[0]

    assert first == (
        "\ufeffRecipient,Reference,Template,Type,Sent by,Sent by email,Job,Status,"
        "Time,API key name"
    )


def test_a_row_holds_what_the_api_gives():
    file = written(row(1, recipient="07700900001", client_reference="A1"))

    assert list(csv.reader(io.StringIO(file.getvalue())))[1] == [
        *("07700900001", "A1", "Reminder", "sms"),
        *("Sandy Sender", "sandy@example.gov.uk", "people.csv"),
        *("Delivered", "2026-11-20 10:00:00", ""),
    ]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_what_a_spreadsheet_would_run_is_made_text(start):
    assert cell(f"{start}1+1") == f"'{start}1+1"


@pytest.mark.parametrize(("value", "text"), [(None, ""), (3, "3"), ("a=b", "a=b")])
def test_other_values_stay_as_they_are(value, text):
    assert cell(value) == text


def test_a_line_break_in_a_value_is_no_row():
    file = written(row(1, client_reference="two\nlines"), row(2))

    assert count_rows(file) == 2
