"""An uploaded file with a column that says what is wrong with each row."""

from __future__ import annotations

import csv
import io
import re
import tempfile
from collections.abc import Iterator
from typing import IO

import xlsxwriter
from django.utils.translation import gettext as _

from portal.common.csv_files import BYTE_ORDER_MARK, cell
from portal.messages.check import RecipientTable

# A number written with a + is no formula, and is to be read again when it comes back.
_PHONE_NUMBER = re.compile(r"\+[0-9 ()-]+")


def annotated_rows(table: RecipientTable) -> Iterator[list[str]]:
    """Yield a file's rows, the headings first, each with its errors behind it."""
    width = len(table.all_headings)
    yield [*table.all_headings, _("errors")]
    for row, told in table.annotated(table.check()):
        yield [*(row + [""] * width)[:width], told]


def as_csv(table: RecipientTable) -> Iterator[str]:
    """Yield the file as CSV text, a line at a time."""
    yield BYTE_ORDER_MARK
    for row in annotated_rows(table):
        output = io.StringIO()
        csv.writer(output).writerow([_harmless(value) for value in row])
        yield output.getvalue()


def as_xlsx(table: RecipientTable) -> IO[bytes]:
    """Return the file as an Excel workbook, rewound; it lies on disk, not in memory."""
    file = tempfile.TemporaryFile()  # noqa: SIM115  the answer closes it once it is sent
    with xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.freeze_panes(1, 0)
        for number, row in enumerate(annotated_rows(table)):
            for column, value in enumerate(row):
                # Written as text, no value can be taken for a formula.
                sheet.write_string(number, column, value)
    file.seek(0)
    return file


def _harmless(value: str) -> str:
    return value if _PHONE_NUMBER.fullmatch(value) else cell(value)
