"""Workbooks as people have them: hidden parts, formulas, bombs and broken ones."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest

from portal.messages.spreadsheet import UnreadableFile, read_spreadsheet
from portal.messages.workbooks import Notes
from tests.messages.workbook_files import changed, ods, ods_row, xls, xlsb, xlsx, zipped

SHEET = "xl/worksheets/sheet1.xml"
ROWS = [[f"{letter}{number}" for letter in "abc"] for number in range(4)]
WITHOUT_HIDDEN = [["a0", "c0"], ["a2", "c2"], ["a3", "c3"]]


def rows_of(data, name, **options):
    return list(read_spreadsheet(data, name, **options).rows())


def code_of(data, name, **options):
    with pytest.raises(UnreadableFile) as caught:
        read_spreadsheet(data, name, **options)
    assert caught.value.message.endswith(".")
    return caught.value.code


def one_sheet(*rows):
    def fill(book):
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)

    return xlsx(fill)


def test_numbers_are_not_fractions():
    data = one_sheet(["phone", 7900900123.0, 12.5, 0])

    assert rows_of(data, "f.xlsx") == [["phone", "7900900123", "12.5", "0"]]


def test_what_is_hidden_in_an_excel_file_is_left_out_and_told():
    def fill(book):
        book.add_worksheet("secret").hide()
        sheet = book.add_worksheet("shown")
        sheet.activate()
        sheet.set_first_sheet()
        for number, row in enumerate(ROWS):
            sheet.write_row(number, 0, row)
        sheet.set_row(1, options={"hidden": True})
        sheet.set_column(1, 1, options={"hidden": True})

    sheet = read_spreadsheet(xlsx(fill), "f.xlsx")

    assert list(sheet.rows()) == WITHOUT_HIDDEN
    assert sheet.notes == Notes(hidden_rows=1, hidden_columns=1)


def test_what_is_hidden_in_a_binary_excel_file_is_left_out():
    sheet = read_spreadsheet(xlsb(ROWS, hidden_rows=[1], hidden_columns=[1]), "f.xlsb")

    assert list(sheet.rows()) == WITHOUT_HIDDEN
    assert sheet.notes == Notes(hidden_rows=1, hidden_columns=1)


def test_what_is_hidden_in_an_old_excel_file_is_left_out():
    sheet = read_spreadsheet(xls(ROWS, hidden_rows=[1], hidden_columns=[1]), "f.xls")

    assert list(sheet.rows()) == WITHOUT_HIDDEN
    assert sheet.notes == Notes(hidden_rows=1, hidden_columns=1)


def test_what_is_hidden_in_an_opendocument_file_is_left_out():
    columns = (
        "<table:table-column/>"
        '<table:table-column table:visibility="collapse"/>'
        '<table:table-column table:number-columns-repeated="5"/>'
    )
    rows = [ods_row(*row) for row in ROWS]
    rows[1] = ods_row(*ROWS[1], attributes='table:visibility="filter"')
    sheet = read_spreadsheet(ods(columns + "".join(rows)), "f.ods")

    assert list(sheet.rows()) == WITHOUT_HIDDEN
    assert sheet.notes == Notes(hidden_rows=1, hidden_columns=1)


def test_repeated_rows_of_an_opendocument_file_are_kept():
    repeated = ods_row("b", "c", attributes='table:number-rows-repeated="3"')

    assert rows_of(ods(ods_row("a", "d") + repeated), "f.ods") == [
        ["a", "d"],
        *[["b", "c"]] * 3,
    ]


@pytest.mark.parametrize(
    "cell",
    [
        b'<c r="B2"><f>1+1</f></c>',
        b'<c r="B2"><f>1+1</f><v></v></c>',
        b'<c r="B2"><f>1+1</f><v/></c>',
        b'<c r="B2" t="e"><f>NA()</f><v>#N/A</v></c>',
    ],
)
def test_a_formula_without_a_result_is_empty_and_told(cell):
    old = b'<c r="B2"><v>5</v></c>'
    data = changed(
        one_sheet(["a", "b"], ["x", 5]), SHEET, lambda xml: xml.replace(old, cell)
    )

    sheet = read_spreadsheet(data, "f.xlsx")

    assert list(sheet.rows()) == [["a", "b"], ["x"]]
    assert sheet.notes.cells_without_result == 1


def test_the_result_of_a_formula_is_read():
    def fill(book):
        book.add_worksheet().write_formula(0, 0, "=1+1", None, 2)

    sheet = read_spreadsheet(xlsx(fill), "f.xlsx")

    assert list(sheet.rows()) == [["2"]]
    assert sheet.notes.cells_without_result == 0


def test_blank_rows_at_the_end_do_not_count():
    data = one_sheet(["a"], ["b"], *[[" "]] * 20)

    assert rows_of(data, "f.xlsx", max_rows=1) == [["a"], ["b"]]
    assert code_of(one_sheet(["a"], ["b"], ["c"]), "f.xlsx", max_rows=1) == (
        "too_many_rows"
    )


def test_a_file_may_have_a_thousand_columns():
    assert len(rows_of(one_sheet(["x"] * 1000), "f.xlsx")[0]) == 1000
    assert code_of(one_sheet(["x"] * 1001), "f.xlsx") == "too_many_columns"


def test_notes_far_to_the_right_of_the_headings_are_no_rows():
    data = one_sheet(["a"], ["b"], *[[""] * 60 + ["my notes"]] * 3)

    assert rows_of(data, "f.xlsx") == [["a"], ["b"]]


def test_an_empty_workbook_is_told_of():
    assert code_of(one_sheet(), "f.xlsx") == "empty"


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"PK\x03\x04 broken", "f.xlsx", "unreadable"),
        (b"no workbook", "f.ods", "unreadable"),
        (one_sheet(["a"]), "f.xls", "mislabelled"),
        (one_sheet(["a"])[:-300], "f.xlsx", "unreadable"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "f.xlsx", "mislabelled"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
            + "EncryptedPackage".encode("utf-16-le"),
            "f.xlsx",
            "protected",
        ),
        (zipped({"a.txt": "no workbook"}), "f.xlsb", "unreadable"),
    ],
    # The files have the moment of their making in them, which names of tests must not.
    ids=["broken", "text", "renamed", "cut", "old", "encrypted", "other archive"],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(data, name, code):
    assert code_of(data, name) == code


def test_a_bomb_that_says_what_it_is_is_refused():
    inner = zipped({"more": bytes(1 << 20)})
    data = zipped({SHEET: bytes(210 << 20), "inner.zip": inner})

    assert code_of(data, "f.xlsx") == "unpacks_too_big"


def test_a_bomb_that_hides_its_size_is_refused():
    data = bytearray(zipped({SHEET: bytes(210 << 20)}))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        told = struct.pack("<I", archive.infolist()[0].file_size)
    lie = bytes(data).replace(told, struct.pack("<I", 1000))

    assert code_of(lie, "f.xlsx") == "unpacks_too_big"


def test_a_sheet_that_claims_a_billion_cells_ends_its_reader_alone():
    far = b'<c r="XFD1048576"><v>1</v></c>'
    data = changed(
        one_sheet(["a", 5]),
        SHEET,
        lambda xml: xml.replace(
            b"</sheetData>", b'<row r="1048576">' + far + b"</row></sheetData>"
        ),
    )

    assert code_of(data, "f.xlsx") == "unreadable"


def test_cells_repeated_a_billion_times_end_their_reader_alone():
    many = ods_row("a").replace(
        "<table:table-cell",
        '<table:table-cell table:number-columns-repeated="999999999"',
    )

    assert code_of(ods(many), "f.ods") in ("unreadable", "too_many_columns")
