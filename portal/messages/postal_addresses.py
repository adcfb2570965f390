"""Postal addresses as the platform reads them: postcodes, countries, forces' post."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache
from typing import Any

from portal.messages.countries import UNITED_KINGDOM, Country, find_country
from portal.messages.text import with_single_spaces, without_spaces
from portal.messages.typography import without_space_before_punctuation

MIN_LINES, MAX_LINES = 3, 7
_AREAS = (
    "AB|AL|B|BA|BB|BD|BF|BH|BL|BN|BR|BS|BT|BX|CA|CB|CF|CH|CM|CO|CR|CT|CV|CW|DA|DD|DE|DG"
    "|DH|DL|DN|DT|DY|E|EC|EH|EN|EX|FK|FY|G|GL|GU|GY|HA|HD|HG|HP|HR|HS|HU|HX|IG|IM|IP|IV"
    "|JE|KA|KT|KW|KY|L|LA|LD|LE|LL|LN|LS|LU|M|ME|MK|ML|N|NE|NG|NN|NP|NR|NW|OL|OX|PA|PE"
    "|PH|PL|PO|PR|RG|RH|RM|S|SA|SE|SG|SK|SL|SM|SN|SO|SP|SR|SS|ST|SW|SY|TA|TD|TF|TN|TQ|TR"
    "|TS|TW|UB|W|WA|WC|WD|WF|WN|WR|WS|WV|YO|ZE"
)
_POSTCODE = re.compile(
    rf"((?:{_AREAS}|GIR)[0-9][0-9A-Z]?)([0-9][A-BD-HJLNP-UW-Z]{{2}})"
)
_BFPO = re.compile(r"BFPO\s*(?:C/O)?\s*([0-9]+)?", re.IGNORECASE)
_NO_FIXED_ABODE = re.compile(
    r"^NFA$|NO FIXED A(?:BODE|DDRESS)", re.IGNORECASE | re.MULTILINE
)
_FORBIDDEN_STARTS = tuple('@()=[]"\\/,<>~')
_COLUMNS = tuple(f"address_line_{number}" for number in range(1, 7))


@lru_cache(maxsize=1024)
def format_postcode(line: str) -> str:
    """Return a UK postcode as it is written, or an empty string."""
    match = _POSTCODE.fullmatch(without_spaces(line).upper())
    return f"{match[1]} {match[2]}" if match else ""


class PostalAddress:
    """An address, read from its lines; blank ones are left out.

    `lines` has them as they are printed: the postcode or country in its proper form, the
    country left out where it is the United Kingdom.
    """

    def __init__(
        self, lines: Iterable[str], *, allow_international: bool = False
    ) -> None:
        self.allow_international = allow_international
        given = [line for line in map(_tidied, lines) if line]
        numbers = [n for n in map(_bfpo_number, given) if n is not None]
        self.bfpo_number = numbers[0] if numbers else None
        if self.is_bfpo:
            given = [line for line in given if _BFPO.fullmatch(line) is None]
        self.country = (find_country(given[-1]) if given else None) or Country(
            UNITED_KINGDOM
        )
        self._local_lines = given[: len(given) - _country_lines(given)]

    @classmethod
    def from_columns(
        cls, columns: Mapping[str, Any], *, allow_international: bool = False
    ) -> PostalAddress:
        """Read an address from columns; the postcode counts where line 7 has none.

        Columns are named exactly, or in any spelling where they are `Columns`.
        """
        last = "address_line_7" if "address_line_7" in columns else "postcode"
        lines = "\n".join(str(columns.get(key) or "") for key in (*_COLUMNS, last))
        return cls(lines.splitlines(), allow_international=allow_international)

    @property
    def is_bfpo(self) -> bool:
        """Say whether the address is of the British Forces Post Office."""
        return self.bfpo_number is not None

    @property
    def is_international(self) -> bool:
        return self.country.zone != "united-kingdom"

    @cached_property
    def postcode(self) -> str:
        """The UK postcode in its proper form, or an empty string."""
        if self.is_international or not self._local_lines:
            return ""
        return format_postcode(self._local_lines[-1])

    @cached_property
    def lines(self) -> list[str]:
        return [*self._lines_above, *self._last_lines]

    @property
    def _lines_above(self) -> list[str]:
        return self._local_lines[:-1] if self.postcode else self._local_lines

    @property
    def _last_lines(self) -> list[str]:
        lines = [f"BFPO {self.bfpo_number}"] if self.is_bfpo else []
        if self.is_international:
            return [*lines, self.country.name]
        return [self.postcode, *lines] if self.postcode else lines

    @property
    def single_line(self) -> str:
        return ", ".join(self.lines)

    @property
    def bfpo_lines(self) -> list[str] | None:
        """The lines without postcode and BFPO number; None for other addresses."""
        if not self.is_bfpo:
            return None
        return self.lines[: -2 if self.postcode else -1]

    @property
    def has_enough_lines(self) -> bool:
        return len(self.lines) >= MIN_LINES

    @property
    def has_too_many_lines(self) -> bool:
        return len(self.lines) > MAX_LINES

    @property
    def has_valid_last_line(self) -> bool:
        """Say whether it is a postcode, a BFPO number, or a country if that is allowed."""
        if self.is_international:
            return self.allow_international and not self.is_bfpo
        return bool(self.postcode) or self.is_bfpo

    @property
    def has_invalid_characters(self) -> bool:
        """Say whether a line starts with what no line may start with."""
        return any(line.startswith(_FORBIDDEN_STARTS) for line in self.lines)

    @property
    def has_no_fixed_abode(self) -> bool:
        return _NO_FIXED_ABODE.search("\n".join(self.lines)) is not None

    @property
    def has_country_on_bfpo(self) -> bool:
        return self.is_bfpo and self.is_international

    @property
    def has_names_above(self) -> bool:
        """Say whether the first two lines have letters or digits."""
        first = self.lines[:2]
        return len(first) == 2 and all(re.search(r"[A-Za-z0-9]", s) for s in first)

    @property
    def is_valid(self) -> bool:
        """Say whether a letter can be sent there."""
        return (
            self.has_valid_last_line
            and self.has_enough_lines
            and not self.has_too_many_lines
            and not self.has_invalid_characters
            and not self.has_country_on_bfpo
            and not self.has_no_fixed_abode
            and self.has_names_above
        )

    def as_columns(self) -> dict[str, str]:
        """Lay the address out as the columns that the API takes."""
        has_both = self.is_bfpo and bool(self.postcode)
        above = self.lines[: -2 if has_both else -1]
        columns = dict.fromkeys(_COLUMNS, "")
        columns |= dict(zip(_COLUMNS, above, strict=False))
        last = self.lines[-1] if self.lines else ""
        columns["postcode"] = columns["address_line_7"] = last
        if has_both:
            columns["postcode"] = columns["address_line_6"] = self.postcode
        elif self.is_bfpo:
            columns["postcode"] = ""
        return columns


def _tidied(line: str) -> str:
    return without_space_before_punctuation(with_single_spaces(line).rstrip(" ,"))


def _bfpo_number(line: str) -> int | None:
    match = _BFPO.fullmatch(line)
    return int(match[1]) if match and match[1] else None


def _country_lines(lines: list[str]) -> int:
    """How many of the last lines to leave out: none where the last names no country.

    Each line that names a part of the United Kingdom counts, wherever it stands.
    """
    if not lines or find_country(lines[-1]) is None:
        return 0
    count = 0
    for line in reversed(lines):
        country = find_country(line)
        if country and country.zone != "united-kingdom":
            break
        count += country is not None
    return count or 1
