"""Postal addresses of letters, with the API's sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from portal.messages.columns import Columns
from portal.messages.postal_addresses import (
    MAX_LINES,
    MIN_LINES,
    format_postcode,
)
from portal.messages.text import strip_whitespace
from portal.sandbox.rules.countries import postage_to
from portal.sandbox.rules.unsendable import Unsendable

KEYS = (*(f"address_line_{n}" for n in range(1, 7)), "postcode", "address_line_7")
FORBIDDEN_STARTS = tuple('@()=[]"”\\/,<>~')
NOWHERE = re.compile(r"\b(NFA|NO FIXED (ABODE|ADDRESS))\b", re.IGNORECASE)
BFPO = re.compile(r"\bBFPO\b", re.IGNORECASE)
BAD_START = (
    "Address lines must not start with any of the following characters: "
    "@ ( ) = [ ] ” \\ / , < > ~"
)


def lines_of(values: Mapping[str, Any]) -> list[str]:
    """The lines of an address among the values of a message."""
    given = Columns(values)
    return tidy(str(given.get(key) or "") for key in KEYS)


def tidy(lines: Iterable[str]) -> list[str]:
    """Lines without surplus space and blank ones."""
    squeezed = (re.sub(r"\s+", " ", strip_whitespace(line)) for line in lines)
    return [line for line in squeezed if line]


def check(lines: list[str], *, abroad: bool) -> str | None:
    """Refuse an address that no letter can reach; give the class of post abroad, if so."""
    if any(NOWHERE.search(line) for line in lines):
        raise _refusal("Must be a real address")
    if len(lines) < MIN_LINES:
        raise _refusal(f"Address must be at least {MIN_LINES} lines")
    if len(lines) > MAX_LINES:
        raise _refusal(f"Address must be no more than {MAX_LINES} lines")
    postage = postage_to(lines[-1])
    is_bfpo = any(BFPO.search(line) for line in lines)
    if is_bfpo and postage:
        raise _refusal("The last line of a BFPO address must not be a country.")
    if not (is_bfpo or format_postcode(lines[-1]) or (abroad and postage)):
        tail = " or another country" if abroad else ""
        raise _refusal(f"Last line of address must be a real UK postcode{tail}")
    if any(line.startswith(FORBIDDEN_STARTS) for line in lines):
        raise _refusal(BAD_START)
    return postage


def _refusal(message: str) -> Unsendable:
    return Unsendable(message, error="ValidationError")
