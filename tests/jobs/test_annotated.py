"""The uploaded file to take away, with what is wrong with each row."""

from __future__ import annotations

import csv
import io

import pytest
from python_calamine import CalamineWorkbook

from tests.messages.workbook_files import xlsx

pytestmark = pytest.mark.django_db

BAD = "phone number,name\n07700900001,Ann\n123,\n+447700900001,=1+1\n"
TOLD = [
    "",
    "phone number: Mobile number is too short; name: Missing",
    "A row above has the same recipient",
]


def body(page):
    return b"".join(page.streaming_content)


def test_a_csv_comes_back_with_its_errors(upload, client):
    page = client.get(f"{upload(BAD)}/errors")

    rows = list(csv.reader(io.StringIO(body(page).decode("utf-8-sig"))))
    assert rows[0] == ["phone number", "name", "errors"]
    assert [row[-1] for row in rows[1:]] == TOLD
    assert page["Content-Type"] == "text/csv; charset=utf-8"
    assert 'filename="people with errors.csv"' in page["Content-Disposition"]


def test_formulas_are_disarmed_and_phone_numbers_are_not(upload, client):
    rows = list(
        csv.reader(io.StringIO(body(client.get(f"{upload(BAD)}/errors")).decode()))
    )

    assert rows[3][:2] == ["+447700900001", "'=1+1"]


def test_a_workbook_comes_back_as_one(upload, client):
    def fill(book):
        sheet = book.add_worksheet()
        for number, row in enumerate(csv.reader(io.StringIO(BAD))):
            for column, value in enumerate(row):
                sheet.write_string(number, column, value)

    page = client.get(f"{upload(xlsx(fill), 'people.xlsx')}/errors")

    book = CalamineWorkbook.from_filelike(io.BytesIO(body(page)))
    rows = book.get_sheet_by_index(0).to_python()
    assert [row[-1] for row in rows] == ["errors", *TOLD]
    assert rows[3][:2] == ["+447700900001", "=1+1"]
    assert 'filename="people with errors.xlsx"' in page["Content-Disposition"]


def test_the_file_is_offered_where_something_is_wrong(upload, client):
    bad, good = upload(BAD), upload("phone number,name\n07700900001,A\n", client=client)

    assert f'href="{bad}/errors"' in client.get(bad).text
    assert "/errors" not in client.get(good).text
