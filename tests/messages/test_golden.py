"""Recorded answers of the platform's own message library, case by case.

`GOLDEN_DIR` may name a folder with more cases of the same shape.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from portal.messages.check import RecipientTable
from portal.messages.columns import column_key
from portal.messages.email import EmailMessage
from portal.messages.email_addresses import InvalidEmailAddress, parse_email_address
from portal.messages.fields import Content, Segment
from portal.messages.phone_numbers import InvalidPhoneNumber, parse_phone_number
from portal.messages.recipients import Limits, format_recipient, guest_list
from portal.messages.sms import TextMessage
from portal.messages.sms_characters import GSM_EXTENDED, UCS2, downgraded, is_supported
from portal.messages.spreadsheet import UnreadableFile, read_spreadsheet
from portal.messages.templates import MessageTemplate
from portal.messages.wording import error_summary
from tests.messages.nodes import nodes_of

GOLDEN = Path(os.environ.get("GOLDEN_DIR", Path(__file__).parent / "golden"))


def cases(name: str) -> list[Any]:
    path = GOLDEN / f"{name}.json"
    if not path.exists():
        return []
    return [pytest.param(case, id=case["id"]) for case in json.loads(path.read_text())]


def compared(expected: dict[str, Any], found: dict[str, Any]) -> dict[str, Any]:
    return {
        key: value
        for key, value in expected.items()
        if key in found and not (isinstance(value, dict) and "raises" in value)
    }


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
    }


def found_email(given: dict[str, Any]) -> dict[str, Any]:
    message = EmailMessage(given["subject"], written(given), given["values"])
    return {
        "nodes": nodes_of(message.html(redact=given["redact"])),
        "subject_nodes": nodes_of(message.subject_html(redact=given["redact"])),
        "too_long": message.is_too_long,
    }


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
        "checks": {name: code or None for name, code in checks.items()},
    }


def found_email_address(given: dict[str, Any]) -> dict[str, Any]:
    try:
        address = parse_email_address(given["raw"])
    except InvalidEmailAddress as error:
        return {"valid": False, "message": error.message}
    return {"valid": True, "as_given": address, "normalised": address.lower()}


def from_recipe(recipe: dict[str, Any]) -> str:
    lines = [recipe["header"]]
    for number in range(recipe["rows"]):
        line = recipe["row"]
        for every, other in recipe["every"]:
            if number % every == every - 1:
                line = other
        short = f"{number % 10_000:04}"
        lines.append(line.replace("{n4}", short).replace("{n}", str(number)))
    return "\n".join(lines)


def checked_table(given: dict[str, Any]) -> tuple[RecipientTable, dict[str, Any]]:
    options = dict(given["options"])
    if options.get("guestlist") is not None:
        options["guest_list"] = guest_list(options.pop("guestlist"))
    shown = {
        name: options.pop(option)
        for name, option in (
            ("max_errors", "max_errors_shown"),
            ("max_rows", "max_initial_rows_shown"),
        )
        if option in options
    }
    template = given["template"]
    table = RecipientTable(
        from_recipe(given["csv_recipe"]) if "csv_recipe" in given else given["csv"],
        MessageTemplate(
            template["type"],
            template["content"],
            template.get("subject") or "",
            template.get("prefix") or "",
        ),
        Limits(**options),
    )
    return table, shown


def found_csv(given: dict[str, Any]) -> dict[str, Any]:
    table, shown = checked_table(given)
    report = table.check()
    lists = {
        "rows_with_errors": report.bad_rows,
        "rows_with_bad_recipients": report.bad_recipients,
        "rows_with_missing_data": report.missing_data,
        "rows_with_message_too_long": report.too_long,
        "rows_with_empty_message": report.empty,
    }
    return {
        "column_headers": table.column_headings,
        "missing_column_headers": table.missing_columns,
        "duplicate_recipient_column_headers": table.duplicate_recipient_columns,
        "has_recipient_columns": table.has_recipient_columns,
        "row_count": report.row_count,
        "too_many_rows": table.has_too_many_rows(report),
        "more_rows_than_can_send": table.has_more_rows_than_allowed(report),
        "allowed_to_send_to": table.is_allowed_to_send(report),
        "international_sms_count": report.international_count,
        "more_international_sms_than_can_send": (
            table.has_more_international_than_allowed(report)
        ),
        "has_errors": table.has_errors(report),
        "error_summary": error_summary(report, table.template.kind),
        "displayed_rows": [row.index for row in table.shown_rows(report, **shown)],
        **lists,
        **{f"{name}_count": len(rows) for name, rows in lists.items()},
        "rows": [described(row) for row in table.rows(list(range(40)))],
    }


def described(row: Any) -> dict[str, Any]:
    cells = [[c.key, c.value, c.error or None, c.ignored] for c in row.cells]
    if row.extra:
        cells.append([None, row.extra, None, True])
    return {
        "index": row.index,
        "cells": cells,
        "recipient": row.recipient,
        "message_too_long": "too_long" in row.problems,
        "message_empty": "empty" in row.problems,
        "has_error": row.has_error,
        "has_bad_recipient": "bad_recipients" in row.problems,
        "has_missing_data": "missing_data" in row.problems,
        "personalisation": row.values,
    }


def found_spreadsheet(given: dict[str, Any]) -> dict[str, Any]:
    data = (GOLDEN / "spreadsheets" / given["file"]).read_bytes()
    limit = {"max_rows": given["row_limit"] - 1} if "row_limit" in given else {}
    try:
        return {"csv": read_spreadsheet(data, given["file"], **limit).csv}
    except UnreadableFile as error:
        return {"error": error.code, "accepted_extension": error.code != "extension"}


@pytest.mark.parametrize("case", cases("fields"))
def test_placeholders_are_read_and_filled(case):
    found = found_fields(case["input"])

    expected = compared(case["expected"], found)
    assert {key: found[key] for key in expected} == expected


@pytest.mark.parametrize("case", cases("sms"))
def test_text_messages_are_counted_as_the_platform_counts(case):
    found = found_sms(case["input"])

    expected = compared(case["expected"], found)
    assert {key: found[key] for key in expected} == expected


@pytest.mark.parametrize("case", cases("email"))
def test_emails_look_as_they_do_to_recipients(case):
    expected, found = case["expected"], found_email(case["input"])

    for key in found.keys() & expected.keys():
        assert found[key] == expected[key]


@pytest.mark.parametrize("case", cases("phone"))
def test_phone_numbers_are_read_as_the_platform_reads_them(case):
    found = found_phone(case["input"])

    expected = compared(case["expected"], found)
    assert {key: found[key] for key in expected} == expected


@pytest.mark.parametrize("case", cases("email_addresses"))
def test_email_addresses_are_accepted_or_refused(case):
    found = found_email_address(case["input"])

    assert found == case["expected"]


@pytest.mark.parametrize("case", cases("csv"))
def test_files_of_recipients_are_checked(case):
    expected, found = case["expected"], found_csv(case["input"])

    rows = [row for row in expected.get("rows", []) if row is not None]
    for known, row in zip(rows, found.pop("rows"), strict=False):
        assert row == {key: known[key] for key in row}
    for key, value in compared(expected, found).items():
        assert found[key] == value, key


@pytest.mark.parametrize("case", cases("spreadsheets"))
def test_spreadsheets_are_read(case):
    expected, found = case["expected"], found_spreadsheet(case["input"])

    for key in found.keys() & expected.keys():
        assert found[key] == expected[key]
