"""Postal addresses of letters, with the API's sentences in the API's order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from portal.messages.columns import Columns
from portal.messages.postal_addresses import MAX_LINES, MIN_LINES, PostalAddress
from portal.sandbox.rules.unsendable import Unsendable

ABROAD = ("europe", "rest-of-world")
BAD_START = (
    "Address lines must not start with any of the following characters: "
    "@ ( ) = [ ] ” \\ / , < >"
)
NO_NAMES = (
    "The first 2 lines of the address must both include at least one alphanumeric "
    "character"
)


def address_in(values: Mapping[str, Any], *, abroad: bool = True) -> PostalAddress:
    """The address among the values of a message."""
    return PostalAddress.from_columns(Columns(values), allow_international=abroad)


def check(address: PostalAddress) -> str | None:
    """Refuse an address that no letter can reach; give the class of post abroad, if so."""
    told = next((sentence for wrong, sentence in complaints(address) if wrong), None)
    if told:
        raise Unsendable(told, error="ValidationError")
    return address.country.zone if address.is_international else None


def complaints(address: PostalAddress) -> tuple[tuple[bool, str], ...]:
    """What may be wrong with an address, and what the API says of it."""
    abroad = address.allow_international
    return (
        (not address.has_enough_lines, f"Address must be at least {MIN_LINES} lines"),
        (
            address.has_too_many_lines,
            f"Address must be no more than {MAX_LINES} lines",
        ),
        (not address.has_names_above, NO_NAMES),
        (
            address.has_country_on_bfpo,
            "The last line of a BFPO address must not be a country.",
        ),
        (
            not address.has_valid_last_line,
            "Last line of address must be a real UK postcode or another country"
            if abroad
            else "Must be a real UK postcode",
        ),
        (address.has_invalid_characters, BAD_START),
        (address.has_no_fixed_abode, "Must be a real address"),
    )
