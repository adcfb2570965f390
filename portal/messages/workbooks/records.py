"""The binary records of .xls and .xlsb workbooks: only what says that something is hidden.

Layouts: [MS-XLS] 2.4, [MS-XLSB] 2.1 and [MS-CFB] 2 of Microsoft's Open Specifications.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator

XLSB_ROW, XLSB_COLUMNS, _XLSB_SHEET = 0, 60, 156
XLS_ROW, XLS_COLUMNS, _XLS_SHEET, _XLS_BEGIN, _XLS_END = 0x208, 0x7D, 0x85, 0x809, 0x0A
_FREE, _ENTRY, _MINI_SECTOR = 0xFFFFFFFA, 128, 64

Record = tuple[int, bytes]


def _number(data: bytes, start: int, size: int) -> int:
    return int.from_bytes(data[start : start + size], "little")


def of_xlsb(data: bytes) -> Iterator[Record]:
    """Yield the records of a part: their kinds and their bodies."""
    place, end = 0, len(data)
    while place < end:
        kind = data[place]
        place += 1
        if kind & 0x80:
            kind = kind & 0x7F | data[place] << 7
            place += 1
        size = shift = 0
        while True:
            byte = data[place]
            place += 1
            size |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80 or shift == 28:
                break
        yield kind, data[place : place + size]
        place += size


def sheet_relations(workbook: bytes) -> list[bytes]:
    """Return the names of the relations that lead to the sheets of an .xlsb workbook."""
    names = []
    for kind, body in of_xlsb(workbook):
        if kind == _XLSB_SHEET:
            length = _number(body, 8, 4)
            names.append(body[12 : 12 + 2 * length].decode("utf-16-le").encode())
    return names


def of_xls_sheet(data: bytes, position: int) -> Iterator[Record]:
    """Yield the records of one sheet of an .xls workbook."""
    stream = _workbook_stream(data)
    sheets = [
        _number(body, 0, 4) for kind, body in _of_xls(stream, 0) if kind == _XLS_SHEET
    ]
    yield from _of_xls(stream, sheets[position])


def _of_xls(stream: bytes, place: int) -> Iterator[Record]:
    """Yield records up to the end of the part that begins here; charts lie within it."""
    depth = 0
    while place + 4 <= len(stream):
        kind, size = _number(stream, place, 2), _number(stream, place + 2, 2)
        yield kind, stream[place + 4 : place + 4 + size]
        place += 4 + size
        depth += (kind == _XLS_BEGIN) - (kind == _XLS_END)
        if depth <= 0:
            return


def _workbook_stream(data: bytes) -> bytes:
    """Take the workbook out of the compound file that holds it."""
    sector = 1 << _number(data, 30, 2)
    table = _sector_table(data, sector)
    directory = _chained(data, table, _number(data, 48, 4), sector, sector)
    entries = {
        _name(directory, place): (
            _number(directory, place + 116, 4),
            _number(directory, place + 120, 4),
        )
        for place in range(0, len(directory), _ENTRY)
    }
    start, size = entries.get("Workbook") or entries["Book"]
    if size >= _number(data, 56, 4):
        return _chained(data, table, start, sector, sector)[:size]
    small = _chained(data, table, entries["Root Entry"][0], sector, sector)
    raw = _chained(data, table, _number(data, 60, 4), sector, sector)
    mini = array("I", raw[: len(raw) // 4 * 4])
    return _chained(small, mini, start, _MINI_SECTOR, 0)[:size]


def _name(directory: bytes, place: int) -> str:
    length = max(_number(directory, place + 64, 2) - 2, 0)
    return directory[place : place + length].decode("utf-16-le", errors="replace")


def _sector_table(data: bytes, sector: int) -> array[int]:
    """Return which sector follows each; the places of this table's own parts come first."""
    parts = [_number(data, 76 + 4 * n, 4) for n in range(109)]
    following, count = _number(data, 68, 4), _number(data, 72, 4)
    for _more in range(min(count, len(data) // sector)):
        start = (following + 1) * sector
        ends = start + sector - 4
        parts += [_number(data, place, 4) for place in range(start, ends, 4)]
        following = _number(data, ends, 4)
    table = array("I")
    for part in parts:
        if part < _FREE:
            place = (part + 1) * sector
            piece = data[place : place + sector]
            table.frombytes(piece[: len(piece) // 4 * 4])
    return table


def _chained(
    data: bytes, table: array[int], start: int, sector: int, header: int
) -> bytes:
    """Join the sectors of a chain; one that runs in a circle ends."""
    pieces: list[bytes] = []
    while start < len(table) and len(pieces) <= len(table):
        place = header + start * sector
        pieces.append(data[place : place + sector])
        start = table[start]
    return b"".join(pieces)
