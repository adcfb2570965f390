"""Recorded answers about what messages say, and to whom they go."""

from __future__ import annotations

from typing import Any

import pytest

from portal.messages.columns import column_key
from portal.messages.email import EmailMessage
from portal.messages.email_addresses import InvalidEmailAddress, parse_email_address
from portal.messages.fields import Content, Segment
from portal.messages.phone_numbers import InvalidPhoneNumber, parse_phone_number
from portal.messages.recipients import format_recipient
from portal.messages.sms import TextMessage
from portal.messages.sms_characters import (
    ASCII,
    GSM_EXTENDED,
    UCS2,
    downgraded,
    is_supported,
)
from tests.messages.differences import assert_recorded
from tests.messages.golden import cases
from tests.messages.nodes import nodes_of


def shape(segment: Segment) -> list[str]:
    return {
        "text": ["text", segment.text],
        "hidden": ["hidden"],
        "placeholder": ["placeholder", segment.name],
        "conditional": ["conditional", segment.name, segment.text],
    }[segment.kind]


def found_fields(given: dict[str, Any]) -> dict[str, Any]:
    if "content" not in given:
        a, b = column_key(given["a"]), column_key(given["b"])
        return {"same": a == b, "key_a": a, "key_b": b}
    content, values = Content(given["content"]), given["values"]
    options = {key: given[key] for key in ("redact", "markdown_lists")}
    return {
        "placeholders": content.placeholders,
        "occurrences": [
            {"name": f.name, "conditional": f.is_conditional, "text": f.text}
            for f in content.fields
        ],
        "missing": content.missing(values),
        "additional": content.additional(values),
        "segments": [shape(s) for s in content.segments(values, **options)],
        "segments_without_values": [shape(s) for s in content.segments(**options)],
        "plain": content.plain(values, brackets=given["with_brackets"], **options),
    }


def found_sms(given: dict[str, Any]) -> dict[str, Any]:
    if character := given.get("character"):
        return {
            "downgraded": downgraded(character),
            "supported_or_downgradable": is_supported(character),
            "forces_ucs2": character in UCS2,
            "counts_double": character in GSM_EXTENDED,
            "ascii": downgraded(character, ASCII),
        }
    prefix = given["prefix"] if given["show_prefix"] else None
    message = TextMessage(written(given), prefix=prefix, values=given["values"])
    return {
        "text": message.text,
        "content_count": message.length,
        "content_count_without_prefix": message.length_without_prefix,
        "fragment_count": message.parts,
        "extended_count": message.doubled_count,
        "ucs2_characters": message.ucs2_characters,
        "unsupported_characters": message.unsupported_characters,
        "too_long": message.is_too_long,
        "over_limit_by": message.over_limit_by,
        "empty": message.is_empty,
        "above_last_fragment_boundary": message.places_in_last_part,
        "missing": message.content.missing(given["values"]),
        "preview": nodes_of(message.preview(redact=given["redact"])),
        "preview_not_downgraded": nodes_of(
            message.preview(redact=given["redact"], is_downgraded=False)
        ),
    }


def found_email(given: dict[str, Any]) -> dict[str, Any]:
    message = EmailMessage(
        given["subject"],
        written(given),
        given["values"],
        unsubscribe_link=given["unsubscribe_link"],
    )
    redact = given["redact"]
    is_filled = not message.missing
    sizes = {
        "size_bytes": message.size_bytes if is_filled else None,
        "character_count": message.character_count if is_filled else None,
        "too_long": message.is_too_long,
        "empty": message.is_empty,
    }
    if "content_recipe" in given:
        return sizes
    subject = runs(message.subject_segments(redact=redact))
    return sizes | {
        "nodes": nodes_of(message.html(redact=redact)),
        "plain_text": runs(message.plain_segments()),
        "preheader": runs(message.preheader(redact=redact)),
        "subject_nodes": nodes_of(message.subject_html(redact=redact)),
        "subject_text": subject if given["values"] else None,
        "placeholders": message.placeholders,
        "missing": message.missing,
    }


def runs(segments: list[Segment]) -> Any:
    """Runs as the cases give them: a text where no field is left open."""
    if all(segment.kind == "text" for segment in segments):
        return "".join(segment.text for segment in segments)
    return {"segments": [shape(segment) for segment in segments]}


def written(given: dict[str, Any]) -> str:
    recipe = given.get("content_recipe")
    if recipe is None:
        return given["content"]
    return recipe.get("prefix_text", "") + recipe["unit"] * recipe["times"]


def found_phone(given: dict[str, Any]) -> dict[str, Any]:
    if "recipient" in given:
        return {"formatted": format_recipient(given["recipient"])}
    try:
        number = parse_phone_number(
            given["raw"], service_contact=given["service_contact"]
        )
    except InvalidPhoneNumber as error:
        return {
            "valid": False,
            "error_code": error.code,
            "message": error.message,
            "api_message": error.api_message,
        }
    checks = {
        "uk_mobile_only": number.refusal(),
        "with_international": number.refusal(international=True),
        "with_landline": number.refusal(landline=True),
        "with_both": number.refusal(international=True, landline=True),
    }
    return {
        "valid": True,
        "normalised": number.normalised,
        "human_readable": number.human_readable,
        "is_uk_prefix": number.is_uk,
        "country_prefix": number.country_prefix,
        "international": number.is_international,
        "crown_dependency": number.is_crown_dependency,
        "rate_multiplier": number.rate_multiplier,
        "needs_numeric_sender": number.needs_numeric_sender,
        "checks": {name: code or None for name, code in checks.items()},
    }


def found_email_address(given: dict[str, Any]) -> dict[str, Any]:
    try:
        address = parse_email_address(given["raw"])
    except InvalidEmailAddress as error:
        return {"valid": False, "message": error.message}
    return {"valid": True, "as_given": address, "normalised": address.lower()}


@pytest.mark.parametrize("case", cases("fields"))
def test_placeholders_are_read_and_filled(case):
    assert_recorded(case, found_fields(case["input"]))


@pytest.mark.parametrize("case", cases("sms"))
def test_text_messages_are_counted_as_the_platform_counts(case):
    assert_recorded(case, found_sms(case["input"]))


@pytest.mark.parametrize("case", cases("email"))
def test_emails_look_as_they_do_to_recipients(case):
    assert_recorded(case, found_email(case["input"]))


@pytest.mark.parametrize("case", cases("phone"))
def test_phone_numbers_are_read_as_the_platform_reads_them(case):
    assert_recorded(case, found_phone(case["input"]))


@pytest.mark.parametrize("case", cases("email_addresses"))
def test_email_addresses_are_accepted_or_refused(case):
    assert_recorded(case, found_email_address(case["input"]))
