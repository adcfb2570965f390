"""Rows and columns that the writer of a workbook has hidden, format by format."""

from __future__ import annotations

import re
from collections.abc import Iterator

from portal.messages.workbooks import records
from portal.messages.workbooks.archive import (
    Archive,
    attributes,
    relation_target,
    sheet_path,
    tags,
)

MOST_COLUMNS = 16_384
_ROW_OR_COLUMN = re.compile(rb"<(?:\w+:)?(row|col)\b([^>]*hidden=[^>]*)>")
_NO_RESULT = re.compile(
    rb"(?:</(?:\w+:)?f>|<(?:\w+:)?f(?:\s[^>]*)?/>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_ERROR_CELL = re.compile(rb"""<(?:\w+:)?c\b[^>]*\bt=["']e["']""")
_ODS_TAG = re.compile(rb"<table:(table-row|table-column|table)(?=[\s/>])([^>]*)>")
_ODS_NO_RESULT = re.compile(
    rb"<table:table-cell\b(?![^>]*office:value-type)[^>]*table:formula=[^>]*>"
)


class Hidden:
    """What is hidden in one sheet, by numbers from 0, and what has no value or no one form."""

    def __init__(self) -> None:
        self.rows: set[int] = set()
        self.columns: set[int] = set()
        self.cells_without_result = 0
        self.dates_and_times = 0

    def add_columns(self, first: int, last: int) -> None:
        """Note columns, the last included; no sheet has more than Excel's."""
        self.columns.update(range(first, min(last + 1, MOST_COLUMNS)))


def find(workbook: Archive | bytes, suffix: str, position: int) -> Hidden:
    """Look through one sheet, by its place among the sheets."""
    if isinstance(workbook, bytes):
        return _in_xls(workbook, position)
    in_format = {".ods": _in_ods, ".xlsb": _in_xlsb}.get(suffix, _in_xlsx)
    return in_format(workbook, position)


def _in_xlsx(archive: Archive, position: int) -> Hidden:
    """Look through a sheet's XML."""
    found = Hidden()
    for piece in tags(archive, sheet_path(archive, position, "xl/workbook.xml")):
        if b"hidden=" in piece:
            _add_hidden(found, piece)
        # To look for one byte takes next to no time; most sheets have neither.
        if b"f" in piece and _has(piece, b"f>", b"f ", b"f/"):
            found.cells_without_result += len(_NO_RESULT.findall(piece))
        if b"#" in piece and _has(piece, b't="e"', b"t='e'"):
            found.cells_without_result += len(_ERROR_CELL.findall(piece))
    return found


def _has(piece: bytes, *words: bytes) -> bool:
    return any(word in piece for word in words)


def _add_hidden(found: Hidden, piece: bytes) -> None:
    for kind, text in _ROW_OR_COLUMN.findall(piece):
        given = attributes(text)
        if given.get(b"hidden") not in (b"1", b"true"):
            continue
        if kind == b"row":
            found.rows.add(int(given.get(b"r", b"0")) - 1)
        else:
            found.add_columns(int(given[b"min"]) - 1, int(given[b"max"]) - 1)


def _in_xlsb(archive: Archive, position: int) -> Hidden:
    """Look through a sheet's binary records."""
    relation = records.sheet_relations(archive.read("xl/workbook.bin"))[position]
    path = relation_target(archive, relation, "xl/_rels/workbook.bin.rels")
    found = Hidden()
    for kind, body in records.of_xlsb(archive.read(path)):
        if kind == records.XLSB_ROW and body[11] & 0x10:
            found.rows.add(int.from_bytes(body[:4], "little"))
        elif kind == records.XLSB_COLUMNS and body[16] & 1:
            first, last = body[:4], body[4:8]
            found.add_columns(
                int.from_bytes(first, "little"), int.from_bytes(last, "little")
            )
    return found


def _in_xls(data: bytes, position: int) -> Hidden:
    """Look through a sheet's records in a workbook of Excel before 2007."""
    found = Hidden()
    for kind, body in records.of_xls_sheet(data, position):
        if kind == records.XLS_ROW and body[12] & 0x20:
            found.rows.add(int.from_bytes(body[:2], "little"))
        elif kind == records.XLS_COLUMNS and body[8] & 1:
            first, last = body[:2], body[2:4]
            found.add_columns(
                int.from_bytes(first, "little"), int.from_bytes(last, "little")
            )
    return found


def _in_ods(archive: Archive, position: int) -> Hidden:
    """Look through one table of an OpenDocument sheet, where a tag may stand for many."""
    found, places = Hidden(), {b"table-row": 0, b"table-column": 0}
    for kind, text in _ods_tags(archive, position, found):
        given = attributes(text)
        is_row = kind == b"table-row"
        unit = b"rows" if is_row else b"columns"
        count = int(given.get(b"table:number-%s-repeated" % unit, b"1"))
        first = places[kind]
        places[kind] += count
        if given.get(b"table:visibility", b"visible") == b"visible":
            continue
        if is_row:
            # A million hidden rows below the last one are not worth a million numbers.
            found.rows.update(range(first, first + min(count, 1_000_000)))
        else:
            found.add_columns(first, first + count - 1)
    return found


def _ods_tags(
    archive: Archive, position: int, found: Hidden
) -> Iterator[tuple[bytes, bytes]]:
    table = -1
    for piece in tags(archive, "content.xml"):
        for kind, text in _ODS_TAG.findall(piece):
            if kind == b"table":
                table += 1
            elif table == position:
                yield kind, text
        if table == position and b"table:formula" in piece:
            found.cells_without_result += len(_ODS_NO_RESULT.findall(piece))
