"""Spreadsheets that people upload, read into rows of text whatever their format."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePath

from django.utils.translation import gettext as _

from portal.messages.workbooks import UnreadableWorkbook, workbook_rows

MAX_BYTES = 10 * 1024 * 1024
MAX_COLUMNS = 1_000
# Twice what may be sent: such a file is still read, so that people learn its length.
MAX_ROWS = 200_000
WORKBOOK_EXTENSIONS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
TEXT_EXTENSIONS = (".csv", ".tsv")
EXTENSIONS = TEXT_EXTENSIONS + WORKBOOK_EXTENSIONS

Row = list[str]

csv.field_size_limit(MAX_BYTES)


class UnreadableFile(ValueError):
    """A file that is not a usable spreadsheet, with a code and a sentence."""

    def __init__(self, code: str, name: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.name = name

    @property
    def message(self) -> str:
        """Say to the person who uploaded the file what is wrong with it."""
        messages = {
            "extension": _("The file must be a spreadsheet that the service can read."),
            "too_big": _("The file must be smaller than 10MB."),
            "empty": _("The file is empty."),
            "unreadable": _("The service cannot read this file. Try saving it as CSV."),
            "too_many_rows": _("The file has too many rows."),
            "too_many_columns": _("The file has too many columns."),
        }
        return messages[self.code]


@dataclass(frozen=True, slots=True)
class Spreadsheet:
    """A file's content as CSV text, and the encoding it was found to be in."""

    csv: str
    encoding: str

    def rows(self) -> Iterator[Row]:
        """Yield the rows, the headings first, without holding more than one."""
        return csv_rows(self.csv)

    def encoded(self) -> bytes:
        """Return the CSV as the API reads it."""
        return self.csv.encode()


def extension(name: str) -> str:
    """Return a file name's extension in lower case."""
    return PurePath(name.strip()).suffix.lower()


def read_spreadsheet(
    data: bytes, name: str, *, max_rows: int = MAX_ROWS
) -> Spreadsheet:
    """Read an uploaded file, or raise UnreadableFile."""
    suffix = extension(name)
    if suffix not in EXTENSIONS:
        raise UnreadableFile("extension", name)
    if len(data) > MAX_BYTES:
        raise UnreadableFile("too_big", name)
    if not data:
        raise UnreadableFile("empty", name)
    if suffix in WORKBOOK_EXTENSIONS:
        try:
            rows = workbook_rows(data, suffix, max_rows=max_rows + 1)
        except UnreadableWorkbook as error:
            raise UnreadableFile("unreadable", name) from error
        return Spreadsheet(_written(rows, max_rows), "")
    text, encoding = decoded(data)
    if "\x00" in text:
        raise UnreadableFile("unreadable", name)
    rows = csv_rows(text, "\t" if suffix == ".tsv" else ",")
    return Spreadsheet(_written(rows, max_rows), encoding)


def decoded(data: bytes) -> tuple[str, str]:
    """Decode text by rule rather than by guess, and say which encoding it was in."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace"), "UTF-16"
    try:
        return data.decode("utf-8-sig"), "UTF-8"
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace"), "Windows-1252"


def csv_rows(text: str, delimiter: str = ",") -> Iterator[Row]:
    """Yield the rows of CSV text; any line ending ends a line."""
    lines = io.StringIO(text, newline="")
    return csv.reader(lines, delimiter=delimiter, skipinitialspace=True)


def _written(rows: Iterable[Row], max_rows: int) -> str:
    output = io.StringIO()
    writer = csv.writer(output, lineterminator="\r\n")
    blank_rows = 0
    # One row above the limit are the headings.
    for count, row in enumerate(rows):
        if count > max_rows:
            raise UnreadableFile("too_many_rows")
        if len(row) > MAX_COLUMNS:
            raise UnreadableFile("too_many_columns")
        if not "".join(row).strip():
            blank_rows += 1
            continue
        # Empty rows keep their place between others, so row numbers stay true.
        for _blank in range(blank_rows):
            writer.writerow([])
        blank_rows = 0
        writer.writerow(row)
    return output.getvalue()
