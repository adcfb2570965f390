"""The wrong cells of an uploaded file, and its rows once they are corrected."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.messages.check import CheckedRow, RecipientTable
from portal.messages.report import TOO_LONG
from portal.messages.row_rules import clean
from portal.messages.spreadsheet import Row, csv_of, csv_rows

# More than this is easier to do in a spreadsheet program.
MOST_ROWS, MOST_CELLS, MOST_CHARACTERS = 20, 200, 5_000
_CELLS_BESIDE = 8

# The rows of a file that are not to stay as they are, by their numbers; None: left out.
Changes = Mapping[int, Row | None]


@dataclass(frozen=True)
class Fault:
    """Something wrong with a row, in a sentence: where its cells are, and which to begin with."""

    sentence: str
    places: list[int]
    place: int


@dataclass(frozen=True)
class WrongCell:
    """A cell to correct: where it is in its row, and what it holds."""

    place: int
    heading: str
    value: str


@dataclass(frozen=True)
class WrongRow:
    """A row with errors: its cells to correct, and for orientation some of the others."""

    index: int
    number: int
    written: Row
    cells: list[WrongCell]
    others: list[tuple[str, str]]

    @classmethod
    def of(cls, table: RecipientTable, row: CheckedRow) -> WrongRow:
        """Find out what to correct in a checked row; no cells where that would not help."""
        found = list(faults_of(table, row))
        places = {place for fault in found for place in fault.places}
        if not all(fault.places for fault in found):
            places.clear()
        keys = {table.keys[place] for place in places}
        others = [
            (cell.heading, cell.text)
            for cell in row.cells
            if cell.heading and cell.text and cell.key not in keys
        ]
        cells = [
            WrongCell(
                place,
                table.all_headings[place],
                _shown(row.written[place]) if place < len(row.written) else "",
            )
            for place in sorted(places)
        ]
        return cls(row.index, row.number, row.written, cells, others[:_CELLS_BESIDE])

    def with_values(self, values: Mapping[int, str]) -> Row:
        """Return the row with other values at some places.

        A cell that is to say what it says already stays as it is written.
        """
        row = list(self.written)
        for cell in self.cells:
            value = _shown(values.get(cell.place, cell.value))
            if value != cell.value:
                row += [""] * (cell.place + 1 - len(row))
                row[cell.place] = value
        return row


def wrong_rows(table: RecipientTable, rows: Iterable[CheckedRow]) -> list[WrongRow]:
    """Return rows with what to correct in them; none where a page would not do for that."""
    found = [WrongRow.of(table, row) for row in rows if row.has_error]
    cells = [cell for row in found for cell in row.cells]
    is_possible = (
        len(found) <= MOST_ROWS
        and all(row.cells for row in found)
        and len(cells) <= MOST_CELLS
        and all(len(cell.value) <= MOST_CHARACTERS for cell in cells)
    )
    return found if is_possible else []


def faults_of(table: RecipientTable, row: CheckedRow) -> Iterator[Fault]:
    """Yield what is wrong with a row: of single cells first, then of several at once."""
    rules, found = table.rules, row.found
    for cell in row.cells:
        if cell.error:
            places = rules.positions[cell.key]
            is_missing = cell.key in found.missing
            yield Fault(
                _missing(row, cell.heading) if is_missing else _told(row, cell.error),
                places,
                places[0],
            )
    if found.address_error:
        places = [place for there in rules.recipient_positions for place in there]
        # Most often it is the last line.
        filled = [place for place in places if _length(row, place)] or places
        yield Fault(_told(row, found.address_error), places, filled[-1])
    if sentence := _of_message(table, row):
        needed = rules.needed.items()
        address = table.template.recipient_keys
        places = [n for key, there in needed if key not in address for n in there]
        longest = max(places, key=lambda place: _length(row, place), default=-1)
        yield Fault(sentence, places, longest)


def changed(content: str | bytes, changes: Changes) -> bytes:
    """Return a file's rows, in their order, with some of them changed or left out."""
    return csv_of(_changed(content, changes))


def _changed(content: str | bytes, changes: Changes) -> Iterator[Row]:
    for number, row in enumerate(csv_rows(content), start=1):
        kept = changes.get(number, row)
        if kept is not None:
            yield kept


def _missing(row: CheckedRow, heading: str) -> str:
    words = {"name": heading, "number": row.number}
    return _("Fill in “%(name)s” in row %(number)s.") % words


def _told(row: CheckedRow, error: str) -> str:
    return _("Row %(number)s: %(error)s") % {"number": row.number, "error": error}


def _of_message(table: RecipientTable, row: CheckedRow) -> str:
    """Say what is wrong with the message of a row as a whole; empty when nothing."""
    if table.template.kind == "sms" and row.found.flags & TOO_LONG:
        message = table.template.text_message(table.rules.filled(row.written))
        over = message.over_limit_by
        return ngettext(
            "Shorten the message in row %(number)s by %(over)s character.",
            "Shorten the message in row %(number)s by %(over)s characters.",
            over,
        ) % {"number": row.number, "over": over}
    # Of an address and a message that are both wrong, the first would hide the second.
    error = replace(row.found, address_error="").message_error
    return _told(row, error) if error else ""


def _length(row: CheckedRow, place: int) -> int:
    return len(row.written[place]) if place < len(row.written) else 0


def _shown(cell: str) -> str:
    # Browsers send the ends of lines as they like.
    return clean(cell).replace("\r\n", "\n").replace("\r", "\n")
