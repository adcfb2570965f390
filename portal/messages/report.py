"""What a check of a file of recipients found, in a few bytes a bad row."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

# What can be wrong with a row, and what is only odd about it; a row may be several.
BAD_RECIPIENT, MISSING_DATA, TOO_LONG, EMPTY, BAD_QR_CODE = 1, 2, 4, 8, 16
DUPLICATE, ONE_DIGIT_TOO_LONG = 32, 64
ERRORS = BAD_RECIPIENT | MISSING_DATA | TOO_LONG | EMPTY | BAD_QR_CODE
WARNINGS = DUPLICATE | ONE_DIGIT_TOO_LONG
# So many rows that letters outside GSM make longer are told one by one.
MOST_LENGTHENED = 5


@dataclass(frozen=True, slots=True)
class Charge:
    """What a text message is charged as: so many parts at so many times the UK's rate.

    `multiplier` is None for a country whose rate is not known.
    """

    prefix: str
    multiplier: int | None
    parts: int


@dataclass
class Report:
    """What a pass over all rows found. Rows are numbered from 0."""

    row_count: int = 0
    international_count: int = 0
    outside_guest_list: int = 0
    charges: Counter[Charge] = field(default_factory=Counter)
    # The first rows whose text messages have more parts for such letters, which are these.
    lengthened: list[int] = field(default_factory=list)
    lengthening: set[str] = field(default_factory=set)
    _rows: array[int] = field(default_factory=lambda: array("I"))
    _flags: bytearray = field(default_factory=bytearray)

    def add(self, row: int, flags: int) -> None:
        """Note what is wrong with a row; rows come in their order."""
        self._rows.append(row)
        self._flags.append(flags)

    def note_letters(self, row: int, letters: list[str]) -> None:
        """Note a row whose text message has more parts for some letters."""
        if letters and len(self.lengthened) < MOST_LENGTHENED:
            self.lengthened.append(row)
            self.lengthening.update(letters)

    def items(self, flags: int) -> Iterator[tuple[int, int]]:
        """Yield the rows of which any of these is true, in order, with all their flags."""
        for row, found in zip(self._rows, self._flags, strict=True):
            if found & flags:
                yield row, found

    def rows(self, flags: int) -> Iterator[int]:
        """Yield the rows of which any of these is true, in order."""
        return (row for row, _found in self.items(flags))

    def count(self, flags: int) -> int:
        """Count the rows of which any of these is true."""
        kinds = Counter(self._flags)
        return sum(count for found, count in kinds.items() if found & flags)

    @property
    def part_count(self) -> int:
        """How many parts the text messages of the whole file have."""
        return sum(charge.parts * count for charge, count in self.charges.items())

    @property
    def charged_count(self) -> int:
        """How many text messages the whole file is charged as, at the UK's rate."""
        return sum(
            charge.parts * (charge.multiplier or 1) * count
            for charge, count in self.charges.items()
        )
