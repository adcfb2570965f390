"""Text files as people have them: separators, encodings, line endings, broken ones too."""

from __future__ import annotations

import pytest

from portal.messages.spreadsheet import (
    MAX_BYTES,
    UnreadableFile,
    read_spreadsheet,
)


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


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"x", "photo.png", "extension"),
        (b"", "file.csv", "empty"),
        (b"x" * (MAX_BYTES + 1), "file.csv", "too_big"),
        (b"," * 1001, "file.csv", "too_many_columns"),
        (b"\x00\x01\x02", "file.csv", "unreadable"),
        (b"PK\x03\x04", "file.csv", "mislabelled"),
        (b" \n,,\n", "file.csv", "empty"),
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


def test_blank_rows_below_the_last_one_do_not_count():
    assert len(rows_of(b"a\n1\n" + b",,\n" * 50, "f.csv", max_rows=1)) == 52


def test_a_byte_order_mark_is_no_part_of_the_first_heading():
    assert rows_of('\ufeff"phone number",b\n1,2'.encode())[0] == ["phone number", "b"]


def test_a_file_that_can_be_stored_as_it_is_stays_as_it_is():
    data = b'a,b\n"1\n2",=1+1\r\n'

    assert read_spreadsheet(data, "f.csv").content == data
