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
_NO_FIXED_ABODE = re.compile(r"(?:NFA|NO FIXED A(?:BODE|DDRESS))", re.IGNORECASE)
_FORBIDDEN_STARTS = tuple('[]()<>",=~@\\/')


def format_postcode(line: str) -> str:
    """Return a UK postcode as it is written, or an empty string."""
    compact = re.sub(r"[^A-Z0-9]", "", line.upper())
    match = _POSTCODE.fullmatch(compact)
    return f"{match[1]} {match[2]}" if match else ""


class PostalAddress:
    """The lines of an address, blank ones left out."""

    def __init__(
        self, lines: Iterable[str], *, allow_international: bool = False
    ) -> None:
        tidy = (strip_whitespace(without_invisible(line)) for line in lines)
        self.lines = [re.sub(r"\s+", " ", line) for line in tidy if line]
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
            and not any(_NO_FIXED_ABODE.fullmatch(line) for line in self.lines)
            and all(re.search(r"[^\W_]", line) for line in self.lines[:2])
            and not any(line.startswith(_FORBIDDEN_STARTS) for line in self.lines)
        )

    @property
    def _may_be_abroad(self) -> bool:
        return (
            self.allow_international
            and not self.is_bfpo
            and self.lines[-1].replace(" ", "").isalpha()
        )

    @property
    def _ends_at_bfpo(self) -> bool:
        return bool(self.lines) and _BFPO.fullmatch(self.lines[-1]) is not None
