"""Numbers abroad, recognised by their country’s plan, seven times as fast as by parsing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import phonenumbers

_DIGITS = re.compile(r"(?:\+|00)([1-9][0-9]{6,14})")
_LONGEST_TEXT = 40
_STARTS = ("+", *"0123456789")
_LAYOUT = str.maketrans("", "", " ()-")
_UK_CODE = 44
# Ranges whose types come before landlines and mobiles in the library's order.
_OTHER_RANGES = (
    *("premium_rate", "toll_free", "shared_cost", "voip"),
    *("personal_number", "pager", "uan", "voicemail"),
)


def only_digits(raw: str) -> str:
    """Take spaces, brackets and dashes out of a number that begins as numbers do."""
    is_usual = raw.isascii() and raw.startswith(_STARTS) and len(raw) <= _LONGEST_TEXT
    if not is_usual:
        return ""
    return raw if raw.isdigit() else raw.translate(_LAYOUT)


@dataclass(frozen=True, slots=True)
class NumberAbroad:
    """A number in full, `33612345678`, its country's code and whether it is a mobile."""

    digits: str
    country_code: int
    is_mobile: bool


@dataclass(frozen=True, slots=True)
class _Range:
    pattern: re.Pattern[str]
    lengths: frozenset[int]

    def has(self, national: str) -> bool:
        return len(national) in self.lengths and bool(self.pattern.fullmatch(national))


@dataclass(frozen=True, slots=True)
class _Plan:
    """The ranges of the main country of a code; `unclear` begins what is not for here."""

    unclear: re.Pattern[str]
    general: _Range
    landlines: _Range | None
    mobiles: _Range | None


def number_abroad(raw: str) -> NumberAbroad | None:
    """Read a common number that names its country by + or 00.

    None where it wants a closer look: the answer for any other number is the library's.
    """
    found = _DIGITS.fullmatch(only_digits(raw))
    if found is None:
        return None
    digits = found[1]
    for size in (1, 2, 3):
        code = digits[:size]
        if plan := _plan(int(code)):
            national = digits[size:]
            break
    else:
        return None
    if plan.unclear.match(national) or not plan.general.has(national):
        return None
    is_landline = plan.landlines is not None and plan.landlines.has(national)
    is_mobile = plan.mobiles is not None and plan.mobiles.has(national)
    if not (is_landline or is_mobile):
        return None
    return NumberAbroad(digits, int(code), is_mobile and not is_landline)


@lru_cache(maxsize=1024)
def _plan(country_code: int) -> _Plan | None:
    regions = phonenumbers.COUNTRY_CODE_TO_REGION_CODE.get(country_code, ("001",))
    if country_code == _UK_CODE or regions[0] == "001":
        return None
    known: Any = phonenumbers.PhoneMetadata.metadata_for_region(regions[0])
    general = _range(known.general_desc, known)
    if general is None or known.leading_digits is not None:
        return None
    same = known.same_mobile_and_fixed_line_pattern
    return _Plan(
        _unclear(known),
        general,
        landlines=_range(known.fixed_line, known),
        mobiles=None if same else _range(known.mobile, known),
    )


def _range(described: Any, known: Any) -> _Range | None:
    if described is None or not described.national_number_pattern:
        return None
    lengths = described.possible_length or known.general_desc.possible_length
    return _Range(re.compile(described.national_number_pattern), frozenset(lengths))


def _unclear(known: Any) -> re.Pattern[str]:
    """Match numbers that may have a national prefix, are kept for films (7700…) or lie
    in a range of their own."""
    patterns = ["0", "7700"]
    if known.national_prefix_for_parsing:
        patterns.append(known.national_prefix_for_parsing)
    for name in _OTHER_RANGES:
        described = getattr(known, name)
        if described is not None and described.national_number_pattern:
            patterns.append(rf"(?:{described.national_number_pattern})\Z")
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))
