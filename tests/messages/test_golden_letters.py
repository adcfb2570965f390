"""Recorded answers about letters: their words, and where they go."""

from __future__ import annotations

from typing import Any

import pytest

from portal.messages.columns import Columns
from portal.messages.countries import find_country
from portal.messages.letters import LetterMessage
from portal.messages.postal_addresses import PostalAddress, format_postcode
from portal.messages.qr_codes import QR_CODE_LIMIT
from tests.messages.differences import assert_recorded
from tests.messages.golden import cases
from tests.messages.nodes import nodes_of


def found_letter(group: str, given: dict[str, Any]) -> dict[str, Any]:
    if group == "postcode":
        return {"formatted": format_postcode(given["raw"]) or None}
    if group == "country":
        country = find_country(given["raw"])
        return {
            "country": country.name if country else None,
            "zone": country.zone if country else None,
        }
    if "raw" in given:
        allowed = given["allow_international"]
        lines = given["raw"].splitlines()
        address = PostalAddress(lines, allow_international=allowed)
        return found_address(address, is_blank=not given["raw"].strip())
    if "columns" in given:
        columns = given["columns"]
        if given["insensitive_keys"]:
            columns = Columns(columns)
        address = PostalAddress.from_columns(columns, allow_international=True)
        return found_address(address, is_blank=not any(columns.values()))
    return found_pages(given)


def found_address(address: PostalAddress, *, is_blank: bool) -> dict[str, Any]:
    return {
        "line_count": len(address.lines),
        "has_enough_lines": address.has_enough_lines,
        "has_too_many_lines": address.has_too_many_lines,
        "has_valid_postcode": bool(address.postcode),
        "postcode": address.postcode or None,
        "has_valid_last_line": address.has_valid_last_line,
        "has_invalid_characters": address.has_invalid_characters,
        "has_no_fixed_abode": address.has_no_fixed_abode,
        "has_country_on_bfpo": address.has_country_on_bfpo,
        "international": address.is_international,
        "country": address.country.name,
        "zone": address.country.zone,
        "is_bfpo": address.is_bfpo,
        "bfpo_number": address.bfpo_number,
        "bfpo_lines": address.bfpo_lines,
        # Where nothing was written, the cases have one empty line.
        "normalised_lines": [""] if is_blank else address.lines,
        "single_line": address.single_line,
        "first_two_lines_alphanumeric": address.has_names_above,
        "valid": address.is_valid,
        "as_columns": address.as_columns(),
    }


def found_pages(given: dict[str, Any]) -> dict[str, Any]:
    letter = LetterMessage(
        given["subject"],
        given["content"],
        given["values"],
        contact_block=given["contact_block"],
        welsh_heading=given["welsh_subject"],
        welsh_content=given["welsh_content"],
        language=given["language"],
        date=given["date"],
    )
    redact = given["redact"]
    too_long = letter.too_long_qr_code
    return {
        "heading": nodes_of(letter.heading_html(redact=redact)),
        "nodes": nodes_of(letter.html(redact=redact)),
        "contact": nodes_of(letter.contact_html(redact=redact)),
        "address_lines": [nodes_of(line) for line in letter.address_lines()],
        "date": letter.date,
        "placeholders": letter.placeholders,
        "missing": letter.missing,
        "character_count": None if letter.missing else letter.character_count,
        "qr_too_long": too_long and {"bytes": too_long, "max": QR_CODE_LIMIT},
    }


@pytest.mark.parametrize("case", cases("letters"))
def test_letters_say_and_go_where_the_platform_lets_them(case):
    assert_recorded(case, found_letter(case["group"], case["input"]))
