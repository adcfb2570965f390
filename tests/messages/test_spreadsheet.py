"""Files as people have them: many formats, many encodings, broken ones too."""

from __future__ import annotations

import contextlib
import io
import random
import zipfile

import pytest
import xlsxwriter

from portal.messages import workbooks
from portal.messages.spreadsheet import (
    MAX_BYTES,
    UnreadableFile,
    read_spreadsheet,
)


def workbook(fill):
    output = io.BytesIO()
    with xlsxwriter.Workbook(output) as book:
        fill(book)
    return output.getvalue()


def rows_of(data, name="file.csv", **options):
    return list(read_spreadsheet(data, name, **options).rows())


def test_tabs_separate_the_columns_of_a_tsv():
    assert rows_of(b"a\tb\n1\t2\n", "file.tsv") == [["a", "b"], ["1", "2"]]


@pytest.mark.parametrize(
    ("encoding", "told"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("utf-16", "UTF-16"),
        ("cp1252", "Windows-1252"),
    ],
)
def test_the_encoding_is_found_by_rule_and_told(encoding, told):
    sheet = read_spreadsheet("name\nSiân\n".encode(encoding), "file.csv")

    assert list(sheet.rows()) == [["name"], ["Siân"]]
    assert sheet.encoding == told


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_every_line_ending_ends_a_line(ending):
    assert rows_of(f"a,b{ending}1,2".encode()) == [["a", "b"], ["1", "2"]]


def test_a_cell_keeps_its_own_line_breaks():
    assert rows_of(b'a\n"1\n2"\n') == [["a"], ["1\n2"]]


def test_numbers_of_a_workbook_are_not_fractions():
    def fill(book):
        book.add_worksheet().write_row(0, 0, ["phone", 7900900123.0, 12.5, 0])

    assert rows_of(workbook(fill), "f.xlsx") == [["phone", "7900900123", "12.5", "0"]]


def test_hidden_sheets_rows_and_columns_are_left_out():
    def fill(book):
        book.add_worksheet("secret").hide()
        sheet = book.add_worksheet("shown")
        sheet.activate()
        sheet.set_first_sheet()
        for number in range(4):
            sheet.write_row(number, 0, [f"a{number}", f"b{number}", f"c{number}"])
        sheet.set_row(1, options={"hidden": True})
        sheet.set_column(1, 1, options={"hidden": True})

    assert rows_of(workbook(fill), "f.xlsx") == [
        ["a0", "c0"],
        ["a2", "c2"],
        ["a3", "c3"],
    ]


def test_a_workbook_that_unpacks_to_too_much_is_refused(monkeypatch):
    monkeypatch.setattr(workbooks, "MAX_UNPACKED_BYTES", 1000)
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 2000)

    with pytest.raises(UnreadableFile) as caught:
        read_spreadsheet(output.getvalue(), "bomb.xlsx")

    assert caught.value.code == "unreadable"


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"x", "photo.png", "extension"),
        (b"", "file.csv", "empty"),
        (b"x" * (MAX_BYTES + 1), "file.csv", "too_big"),
        (b"," * 1001, "file.csv", "too_many_columns"),
        (b"\x00\x01\x02", "file.csv", "unreadable"),
        (b"no workbook", "file.xls", "unreadable"),
        (b"no workbook", "file.ods", "unreadable"),
        (b"PK\x03\x04 broken", "file.xlsx", "unreadable"),
    ],
)
def test_what_cannot_be_used_is_refused_with_a_sentence(data, name, code):
    with pytest.raises(UnreadableFile) as caught:
        read_spreadsheet(data + (b"x" if code == "too_many_columns" else b""), name)

    assert caught.value.code == code
    assert caught.value.message.endswith(".")


def test_too_many_rows_are_refused():
    with pytest.raises(UnreadableFile) as caught:
        read_spreadsheet(b"a\n" + b"1\n" * 5, "file.csv", max_rows=4)

    assert caught.value.code == "too_many_rows"


@pytest.mark.parametrize("suffix", ["csv", "tsv", "xlsx", "xls", "ods", "xlsb"])
def test_any_bytes_give_rows_or_a_sentence(suffix):
    chance = random.Random(suffix)  # noqa: S311  the same bytes in every run
    starts = (b"", b"PK\x03\x04", b"\xff\xfe", b"\xef\xbb\xbf", b"\xd0\xcf\x11\xe0")

    for _attempt in range(200):
        data = chance.choice(starts) + chance.randbytes(chance.randrange(1, 300))
        with contextlib.suppress(UnreadableFile):
            list(read_spreadsheet(data, f"file.{suffix}").rows())
