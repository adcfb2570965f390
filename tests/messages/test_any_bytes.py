"""Any bytes given as a spreadsheet give rows or a sentence, and never an exception."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.messages.check import RecipientTable
from portal.messages.spreadsheet import EXTENSIONS, UnreadableFile, read_spreadsheet
from portal.messages.templates import MessageTemplate
from tests.messages.golden import GOLDEN
from tests.messages.workbook_files import ods, ods_row, xlsb

TEXT_FILES = [
    b'phone number,name\r\n07700900001,"A\nnn"\r\n',
    "a\tŵ\n1\t2".encode("utf-16"),
]
VALID = {
    ".csv": TEXT_FILES,
    ".tsv": TEXT_FILES,
    ".ods": [ods(ods_row("a", "b") + ods_row("1", "2"))],
    ".xlsb": [xlsb([["a", "b"], ["1", "2"]], hidden_rows=[1])],
    **{
        f".{file.suffix[1:]}": [file.read_bytes()]
        for file in sorted((GOLDEN / "spreadsheets").glob("types.xls"))
    },
    ".xlsx": [(GOLDEN / "spreadsheets" / "hidden.xlsx").read_bytes()],
    ".xlsm": [(GOLDEN / "spreadsheets" / "macro.xlsm").read_bytes()],
}
TEMPLATE = MessageTemplate("sms", "Hi ((name))")
# A workbook takes a process of its own.
EXAMPLES = dict.fromkeys(EXTENSIONS, 12) | {".csv": 150, ".tsv": 100}


@st.composite
def damaged(draw, files):
    """A valid file with some of its bytes changed, lost or doubled."""
    data = bytearray(draw(st.sampled_from(files)))
    for _change in range(draw(st.integers(1, 6))):
        place = draw(st.integers(0, max(len(data) - 1, 0)))
        length = draw(st.integers(0, 40))
        data[place : place + length] = draw(st.binary(max_size=40))
    return bytes(data)


def look_at(data, suffix):
    try:
        sheet = read_spreadsheet(data, f"file{suffix}")
    except UnreadableFile as error:
        return error.message
    table = RecipientTable(sheet.content, TEMPLATE)
    report = table.check()
    table.rows(range(5), report)
    return list(table.annotated(report))


@pytest.mark.parametrize("suffix", EXTENSIONS)
def test_any_bytes_give_rows_or_a_sentence(suffix):
    @settings(
        derandomize=True,
        database=None,
        max_examples=EXAMPLES[suffix],
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(data=st.one_of(st.binary(max_size=400), damaged(VALID[suffix])))
    def holds(data):
        assert look_at(data, suffix) is not None

    holds()
