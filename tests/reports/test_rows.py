from __future__ import annotations

import csv
import io

import pytest
from python_calamine import CalamineWorkbook

from portal.common.csv_files import cell
from portal.reports import rows
from portal.reports.rows import Layout, write_csv, write_xlsx
from tests.reports.builders import row


def as_csv(notifications, layout=None):
    layout = layout or Layout()
    file = io.BytesIO()
    count = write_csv(file, layout.columns, map(layout.row, notifications))
    text = file.getvalue().decode()
    return count, list(csv.reader(io.StringIO(text, newline="")))


def as_workbook(notifications, layout=None):
    layout = layout or Layout()
    file = io.BytesIO()
    count = write_xlsx(file, layout.columns, map(layout.row, notifications))
    file.seek(0)
    book = CalamineWorkbook.from_filelike(file)
    sheets = range(len(book.sheet_names))
    return count, [book.get_sheet_by_index(number).to_python() for number in sheets]


def test_a_csv_file_begins_with_a_byte_order_mark_and_the_headings():
    _, lines = as_csv([])

    assert ",".join(lines[0]) == (
        "\ufeffRecipient,Reference,Template,Type,Sent by,Sent by email,Job,Status,"
        "Time,API key name"
    )


def test_a_row_holds_what_the_api_gives():
    _, lines = as_csv([row(1, recipient="07700900001", client_reference="A1")])

    assert lines[1] == [
        *("07700900001", "A1", "Reminder", "sms"),
        *("Sandy Sender", "sandy@example.gov.uk", "people.csv"),
        *("Delivered", "2026-11-20 10:00:00", ""),
    ]


def test_only_the_columns_that_were_chosen_are_told():
    _, lines = as_csv([row(1)], Layout(columns=("Template", "Status")))

    assert lines == [["\ufeffTemplate", "Status"], ["Reminder", "Delivered"]]


def test_a_hidden_recipient_is_a_code_that_stays_the_same_within_a_report():
    people = [row(n, recipient=f"0770090000{n % 2}") for n in range(4)]

    _, lines = as_csv(people, Layout(hide_recipients=True, secret="one"))
    _, others = as_csv(people, Layout(hide_recipients=True, secret="two"))

    codes = [line[0] for line in lines[1:]]
    assert codes[0] == codes[2] != codes[1] == codes[3]
    assert "07700" not in str(lines)
    assert codes[0] not in str(others)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_what_a_spreadsheet_would_run_is_made_text(start):
    assert cell(f"{start}1+1") == f"'{start}1+1"


@pytest.mark.parametrize(("value", "text"), [(None, ""), (3, "3"), ("a=b", "a=b")])
def test_other_values_stay_as_they_are(value, text):
    assert cell(value) == text


def test_a_line_break_in_a_value_is_no_row():
    count, lines = as_csv([row(1, client_reference="two\nlines"), row(2)])

    assert count == 2
    assert lines[1][1] == "two\nlines"


def test_a_workbook_holds_texts_and_no_formulas():
    count, [lines] = as_workbook([row(1, client_reference="=1+1"), row(2)])

    assert count == 2
    assert lines[0][0] == "Recipient"
    assert lines[1][1] == "=1+1"
    assert lines[2][0] == "07700900002"


def test_a_long_workbook_goes_on_in_another_sheet(monkeypatch):
    monkeypatch.setattr(rows, "ROWS_PER_SHEET", 2)

    count, sheets = as_workbook([row(number) for number in range(5)])

    assert (count, list(map(len, sheets))) == (5, [3, 3, 2])
    assert all(sheet[0][0] == "Recipient" for sheet in sheets)
