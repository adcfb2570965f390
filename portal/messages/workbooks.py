"""Excel and OpenDocument workbooks, read as rows of text."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import python_calamine

# A hundred thousand rows of ten columns unpack to about 60 MB.
MAX_UNPACKED_BYTES = 200 * 1024 * 1024
_PLAIN_INTEGER_LIMIT = 10**16
_SHEET_RELATION = re.compile(rb"<(?:\w+:)?sheet\b([^>]*)>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b([^>]*)>")
_ROW_OR_COLUMN = re.compile(rb"<(?:\w+:)?(row|col)\b([^>]*hidden=[^>]*)>")
_ATTRIBUTE = re.compile(rb'([\w:]+)\s*=\s*"([^"]*)"')


class UnreadableWorkbook(ValueError):
    """A file that is no workbook, is protected, or unpacks to something huge."""


def workbook_rows(data: bytes, suffix: str, *, max_rows: int) -> Iterator[list[str]]:
    """Yield the rows of the first sheet people can see, as text.

    Hidden rows and columns of Excel workbooks are left out, as the platform does.
    """
    archive = _archive(data)
    try:
        workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        position = _first_visible(workbook)
        sheet = workbook.get_sheet_by_index(position)
        values = sheet.to_python(skip_empty_area=False, nrows=max_rows + 1)
    except (python_calamine.CalamineError, OSError, ValueError, IndexError) as error:
        raise UnreadableWorkbook(suffix) from error
    rows, columns = (
        _hidden(archive, position)
        if archive and suffix in (".xlsx", ".xlsm")
        else (set(), set())
    )
    return _texts(values, rows, columns, suffix)


def _texts(
    values: list[list[Any]], rows: set[int], columns: set[int], suffix: str
) -> Iterator[list[str]]:
    integer_limit = 10**30 if suffix == ".xls" else _PLAIN_INTEGER_LIMIT
    for number, row in enumerate(values):
        if number in rows:
            continue
        texts = [
            value if type(value) is str else _text(value, integer_limit)
            for column, value in enumerate(row)
            if column not in columns
        ]
        while texts and not texts[-1]:
            texts.pop()
        yield texts


def _text(value: Any, integer_limit: int) -> str:
    """Write a cell as people see it: a phone number is no decimal fraction."""
    if isinstance(value, float):
        if value.is_integer() and abs(value) < integer_limit:
            return str(int(value))
        return str(value)
    if isinstance(value, bool) and integer_limit > _PLAIN_INTEGER_LIMIT:
        return str(int(value))
    if isinstance(value, datetime.datetime):
        return str(value).removesuffix(" 00:00:00")
    if isinstance(value, datetime.timedelta):
        return str(value).rjust(8, "0")
    return str(value)


def _archive(data: bytes) -> zipfile.ZipFile | None:
    """Open what is a zip archive, unless it would unpack to far too much."""
    if not data.startswith(b"PK"):
        return None
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except zipfile.BadZipFile as error:
        raise UnreadableWorkbook("zip") from error
    if sum(member.file_size for member in archive.infolist()) > MAX_UNPACKED_BYTES:
        raise UnreadableWorkbook("zip")
    return archive


def _first_visible(workbook: python_calamine.CalamineWorkbook) -> int:
    visible = python_calamine.SheetVisibleEnum.Visible
    for position, sheet in enumerate(workbook.sheets_metadata):
        if sheet.visible == visible:
            return position
    raise UnreadableWorkbook("no visible sheet")


def _hidden(archive: zipfile.ZipFile, position: int) -> tuple[set[int], set[int]]:
    """Return the numbers, from 0, of the hidden rows and columns of one sheet."""
    try:
        content = archive.read(_sheet_path(archive, position))
    except (KeyError, IndexError, zipfile.BadZipFile):
        return set(), set()
    rows: set[int] = set()
    columns: set[int] = set()
    for kind, text in _ROW_OR_COLUMN.findall(content):
        attributes = dict(_ATTRIBUTE.findall(text))
        if attributes.get(b"hidden") not in (b"1", b"true"):
            continue
        if kind == b"row":
            rows.add(int(attributes.get(b"r", b"0")) - 1)
        else:
            first, last = int(attributes[b"min"]), int(attributes[b"max"])
            columns.update(range(first - 1, min(last, 16_384)))
    return rows, columns


def _sheet_path(archive: zipfile.ZipFile, position: int) -> str:
    sheets = _SHEET_RELATION.findall(archive.read("xl/workbook.xml"))
    relations = _RELATION.findall(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {
        attributes[b"Id"]: attributes[b"Target"].decode()
        for attributes in (dict(_ATTRIBUTE.findall(text)) for text in relations)
    }
    sheet = dict(_ATTRIBUTE.findall(sheets[position]))
    target = next(targets[value] for name, value in sheet.items() if name == b"r:id")
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
