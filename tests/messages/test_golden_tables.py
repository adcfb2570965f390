"""Recorded answers about files of recipients."""

from __future__ import annotations

from typing import Any

import pytest

from portal.messages.check import RecipientTable
from portal.messages.recipients import Limits, guest_list
from portal.messages.spreadsheet import UnreadableFile, read_spreadsheet
from portal.messages.templates import MessageTemplate
from portal.messages.wording import error_summary
from tests.messages.golden import GOLDEN, cases, compared


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
