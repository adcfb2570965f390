"""Spreadsheets that people upload, made into CSV whatever their format."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePath

from django.utils.translation import gettext as _

from portal.messages.workbooks import EXTENSIONS as WORKBOOK_EXTENSIONS
from portal.messages.workbooks import Notes, UnreadableWorkbook
from portal.messages.workbooks.process import read_workbook

MAX_BYTES = 10 * 1024 * 1024
MAX_COLUMNS = 1_000
# Twice what may be sent: such a file is still read, so that people learn its length.
MAX_ROWS = 200_000
TEXT_EXTENSIONS = (".csv", ".tsv")
EXTENSIONS = TEXT_EXTENSIONS + WORKBOOK_EXTENSIONS

Row = list[str]

# The API's parser ends no line at a carriage return alone.
_LONE_RETURN = re.compile(rb"\r(?!\n)")
_WORKBOOK_STARTS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")

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
            "extension": _(
                "The file must be a spreadsheet that the service can read:"
                " CSV, TSV, Excel or OpenDocument."
            ),
            "too_big": _("The file must be smaller than 10MB."),
            "empty": _("The file is empty."),
            "unreadable": _("The service cannot read this file. Try saving it as CSV."),
            "mislabelled": _(
                "The file’s name does not end as a file of its kind should."
                " Save it as CSV and upload that."
            ),
            "protected": _(
                "The file is protected with a password."
                " Save it without one, or as CSV, and upload that."
            ),
            "unpacks_too_big": _(
                "The file unpacks to more than the service can read."
                " Save it as CSV and upload that."
            ),
            "too_many_rows": _(
                "The file has too many rows. Split it into files of up to 100,000 rows."
            ),
            "too_many_columns": _(
                "The file has too many columns. Remove those that your template"
                " does not use: 1,000 is the most."
            ),
        }
        return messages[self.code]


@dataclass(frozen=True, slots=True)
class Spreadsheet:
    """A file's content as CSV in UTF-8, as the API reads it, and how it was found.

    `encoding` is empty for a workbook; `notes` says what was left out of one.
    """

    content: bytes
    encoding: str = ""
    notes: Notes = field(default_factory=Notes)

    def rows(self) -> Iterator[Row]:
        """Yield the rows, the headings first, without holding more than one."""
        return csv_rows(self.content)


def extension(name: str) -> str:
    """Return a file name's extension in lower case."""
    return PurePath(name.strip()).suffix.lower()


def read_spreadsheet(
    data: bytes, name: str, *, max_rows: int = MAX_ROWS
) -> Spreadsheet:
    """Read an uploaded file, or raise UnreadableFile.

    `max_rows` does not count the row of headings.
    """
    suffix = extension(name)
    if suffix not in EXTENSIONS:
        raise UnreadableFile("extension", name)
    if len(data) > MAX_BYTES:
        raise UnreadableFile("too_big", name)
    if not data:
        raise UnreadableFile("empty", name)
    try:
        if suffix in WORKBOOK_EXTENSIONS:
            return _from_workbook(data, suffix, max_rows)
        return _from_text(data, "\t" if suffix == ".tsv" else ",", max_rows)
    except UnreadableWorkbook as error:
        raise UnreadableFile(error.code, name) from error
    except csv.Error as error:
        raise UnreadableFile("unreadable", name) from error


def _from_workbook(data: bytes, suffix: str, max_rows: int) -> Spreadsheet:
    content, notes = read_workbook(
        data, suffix, max_rows=max_rows + 1, max_columns=MAX_COLUMNS
    )
    if not content:
        raise UnreadableFile("empty")
    return Spreadsheet(content, notes=notes)


def _from_text(data: bytes, delimiter: str, max_rows: int) -> Spreadsheet:
    if data.startswith(_WORKBOOK_STARTS):
        raise UnreadableFile("mislabelled")
    content, encoding = in_utf8(data)
    if b"\x00" in content:
        raise UnreadableFile("unreadable")
    if delimiter != "," or _LONE_RETURN.search(content):
        content = _rewritten(content, delimiter)
    _measure(content, max_rows)
    return Spreadsheet(content, encoding)


def in_utf8(data: bytes) -> tuple[bytes, str]:
    """Turn text into UTF-8 by rule rather than by guess, and say what it was in."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace").encode(), "UTF-16"
    if _is_utf8(data):
        return data, "UTF-8"
    return data.decode("cp1252", errors="replace").encode(), "Windows-1252"


def _is_utf8(data: bytes) -> bool:
    if data.isascii():
        return True
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def csv_rows(content: str | bytes, delimiter: str = ",") -> Iterator[Row]:
    """Yield the rows of CSV, bytes in UTF-8; any line ending ends a line."""
    lines: io.StringIO | io.TextIOWrapper
    if isinstance(content, str):
        lines = io.StringIO(content.removeprefix("\ufeff"), newline="")
    else:
        # Decoded piece by piece: the text as a whole would take its size once more.
        raw = io.BytesIO(content)
        lines = io.TextIOWrapper(raw, "utf-8-sig", "replace", newline="")
    return csv.reader(lines, delimiter=delimiter, skipinitialspace=True)


def csv_of(rows: Iterable[Row]) -> bytes:
    """Write rows as CSV in UTF-8, as `csv_rows` reads it."""
    output = io.BytesIO()
    text = io.TextIOWrapper(output, "utf-8", newline="")
    csv.writer(text).writerows(rows)
    text.flush()
    return output.getvalue()


def _rewritten(content: bytes, delimiter: str) -> bytes:
    """Separate cells by commas and end every line alike; cells keep their own breaks."""
    return csv_of(csv_rows(content, delimiter))


def _measure(content: bytes, max_rows: int) -> None:
    """Raise UnreadableFile where a file has too many rows or columns, or none at all."""
    count = blank = 0
    for row in csv_rows(content):
        if not row or not (row[0] or "".join(row).strip()):
            blank += 1
            continue
        if len(row) > MAX_COLUMNS:
            raise UnreadableFile("too_many_columns")
        count += blank + 1
        blank = 0
    if not count:
        raise UnreadableFile("empty")
    # One row above the limit are the headings.
    if count > max_rows + 1:
        raise UnreadableFile("too_many_rows")
