"""Postal addresses: enough of the rules to check a spreadsheet of letters."""

from __future__ import annotations

import re
from collections.abc import Iterable

from portal.messages.text import strip_whitespace, without_invisible

MIN_LINES, MAX_LINES = 3, 7
_POSTCODE = re.compile(
    r"(GIR0AA|[A-PR-UWYZ](?:[0-9]{1,2}|[A-HK-Y][0-9]|[A-HK-Y][0-9][0-9ABEHMNPRV-Y]"
    r"|[0-9][A-HJKPS-UW]))([0-9][ABD-HJLNP-UW-Z]{2})"
)
_BFPO = re.compile(r"BFPO\s*(?:C/O\s*)?[0-9]{1,4}", re.IGNORECASE)
_NO_FIXED_ABODE = re.compile(r"^NFA$|\bNO FIXED A(?:BODE|DDRESS)\b", re.IGNORECASE)
# Where letters cost what they cost within the United Kingdom; the line is left out.
_HOME = frozenset(
    {
        *("united kingdom", "uk", "great britain", "gb", "england", "scotland"),
        *("wales", "cymru", "northern ireland", "jersey", "guernsey", "isle of man"),
    }
)
_FORBIDDEN_STARTS = tuple('[]()<>",=~@\\/')


def format_postcode(line: str) -> str:
    """Return a UK postcode as it is written, or an empty string."""
    compact = "".join(without_invisible(line).upper().split())
    match = _POSTCODE.fullmatch(compact)
    return f"{match[1]} {match[2]}" if match else ""


def _tidied(line: str) -> str:
    return " ".join(line.replace(",", " , ").split()).strip(" ,").replace(" ,", ",")


class PostalAddress:
    """The lines of an address, blank ones left out."""

    def __init__(
        self, lines: Iterable[str], *, allow_international: bool = False
    ) -> None:
        tidy = (strip_whitespace(without_invisible(line)) for line in lines)
        self.lines = [line for line in map(_tidied, tidy) if line]
        while len(self.lines) > 1 and self.lines[-1].lower().rstrip(".") in _HOME:
            self.lines.pop()
        self.allow_international = allow_international

    @property
    def postcode(self) -> str:
        return format_postcode(self.lines[-1]) if self.lines else ""

    @property
    def is_bfpo(self) -> bool:
        """Say whether the address is of the British Forces Post Office."""
        return any(_BFPO.fullmatch(line) for line in self.lines)

    @property
    def is_valid(self) -> bool:
        """Say whether a letter can be sent there."""
        return (
            MIN_LINES <= len(self.lines) <= MAX_LINES
            and bool(self.postcode or self._ends_at_bfpo or self._may_be_abroad)
            and not any(_NO_FIXED_ABODE.search(line) for line in self.lines)
            and all(re.search(r"[A-Za-z0-9]", line) for line in self.lines[:2])
            and not any(line.startswith(_FORBIDDEN_STARTS) for line in self.lines)
        )

    @property
    def _may_be_abroad(self) -> bool:
        return (
            self.allow_international
            and not self.is_bfpo
            and not re.search(r"^BFPO|[0-9]", self.lines[-1], re.IGNORECASE)
        )

    @property
    def _ends_at_bfpo(self) -> bool:
        return bool(self.lines) and _BFPO.fullmatch(self.lines[-1]) is not None
