"""Recorded answers about files of recipients."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain, groupby
from typing import Any

import pytest

from portal.messages import report as flags
from portal.messages.check import CheckedRow, RecipientTable
from portal.messages.recipients import Limits, guest_list
from portal.messages.spreadsheet import (
    Spreadsheet,
    UnreadableFile,
    csv_rows,
    extension,
    read_spreadsheet,
)
from portal.messages.templates import MessageTemplate
from portal.messages.wording import error_summary
from tests.messages.golden import GOLDEN, cases, compared

LISTS = {
    "rows_with_errors": flags.ERRORS,
    "rows_with_bad_recipients": flags.BAD_RECIPIENT,
    "rows_with_missing_data": flags.MISSING_DATA,
    "rows_with_message_too_long": flags.TOO_LONG,
    "rows_with_empty_message": flags.EMPTY,
    "rows_with_bad_qr_codes": flags.BAD_QR_CODE,
}
ROWS_RECORDED = 40


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
    content = (
        from_recipe(given["csv_recipe"]) if "csv_recipe" in given else given["csv"]
    )
    table = RecipientTable(
        content.encode(errors="surrogatepass"),
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
    most = table.limits.max_rows
    lists = {name: list(report.rows(kind)) for name, kind in LISTS.items()}
    last = min(report.row_count, ROWS_RECORDED)
    rows = {row.index: described(row) for row in table.rows(range(min(last, most)))}
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
        "displayed_rows": [
            index if index < most else None
            for index in table.shown_indexes(report, **shown)
        ],
        "rows": [rows.get(index) for index in range(last)],
        **lists,
        **{f"{name}_count": len(rows) for name, rows in lists.items()},
    }


def described(row: CheckedRow) -> dict[str, Any]:
    cells = [[c.key, c.value, c.error or None, c.ignored] for c in row.cells]
    if row.extra:
        cells.append([None, row.extra, None, True])
    found = row.found.flags
    told = {
        "index": row.index,
        "cells": cells,
        "recipient": row.recipient,
        "message_too_long": bool(found & flags.TOO_LONG),
        "message_empty": bool(found & flags.EMPTY),
        "qr_too_long": bool(found & flags.BAD_QR_CODE),
        "has_error": row.has_error,
        "has_bad_recipient": bool(found & flags.BAD_RECIPIENT),
        "has_missing_data": bool(found & flags.MISSING_DATA),
        "personalisation": row.values,
    }
    if row.address is not None:
        told["address_lines"] = row.address.lines or [""]
    return told


@pytest.mark.parametrize("case", cases("csv"))
def test_files_of_recipients_are_checked(case):
    expected, found = case["expected"], found_csv(case["input"])

    rows = found.pop("rows")
    for known, row in zip(expected.get("rows", []), rows, strict="rows" in expected):
        same = compared(known or {}, row or {})
        assert {key: row[key] for key in same} == same
    same = compared(expected, found)
    assert {key: found[key] for key in same} == same


# The recorded library knows one word for what we tell apart.
UNREADABLE = {"unreadable", "mislabelled", "protected", "unpacks_too_big"}
ERROR_VALUES = {
    *("#N/A", "#REF!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#VALUE!", "#SPILL!"),
    *("#GETTING_DATA", "#CALC!", "Err:502", "Err:508"),
}


def found_spreadsheet(given: dict[str, Any]) -> Spreadsheet | str:
    data = (GOLDEN / "spreadsheets" / given["file"]).read_bytes()
    limit = {"max_rows": given["row_limit"] - 1} if "row_limit" in given else {}
    try:
        return read_spreadsheet(data, given["file"], **limit)
    except UnreadableFile as error:
        return "unreadable" if error.code in UNREADABLE else error.code


def trimmed(rows: Iterable[list[str]]) -> list[list[str]]:
    """Rows up to the last one with words, each up to its last cell with words."""
    kept = []
    for row in rows:
        last = max((n for n, cell in enumerate(row, 1) if cell.strip()), default=0)
        kept.append(row[:last])
    while kept and not kept[-1]:
        kept.pop()
    return kept


def in_lines(rows: list[list[str]]) -> list[str]:
    """The words of rows, broken wherever a character may be taken for a line break."""
    return "\n".join(chain(*rows)).splitlines()


def differs_on_purpose(
    expected: list[list[str]], found: list[list[str]], suffix: str
) -> str:
    """Return why rows are not what was recorded, if that is as it should be."""
    if in_lines(expected) == in_lines(found):
        return "only CR and LF end a line, and a cell keeps its own line breaks"
    if suffix == ".ods" and [row for row, _ in groupby(found)] == [
        row for row, _ in groupby(expected)
    ]:
        return "repeated rows are kept"
    without_errors = trimmed(
        ["" if cell in ERROR_VALUES else cell for cell in row] for row in expected
    )
    if found == without_errors:
        return "what a failed formula shows is no value to send to anybody"
    width = len(found[0]) if found else 0
    if trimmed(row[:width] for row in expected) == trimmed(
        row[:width] for row in found
    ):
        return "cells beyond the last heading are not used"
    return ""


@pytest.mark.parametrize("case", cases("spreadsheets"))
def test_spreadsheets_are_read(case):
    expected, given = case["expected"], case["input"]
    found, suffix = found_spreadsheet(given), extension(given["file"])

    if expected["accepted_extension"] is False:
        assert found == "extension" or suffix == ".xlsb", "xlsb is read too"
    elif not isinstance(expected.get("csv", expected.get("error")), str):
        assert found, "the library fell over"
    elif isinstance(found, str):
        is_empty = found == "empty" and not expected.get("csv", "x").strip('"\r\n')
        assert is_empty or found == expected.get("error"), "an empty file is told of"
    elif "error" in expected:
        assert expected["error"] == "unreadable"
        assert found.encoding in ("UTF-16", "Windows-1252"), "all encodings are read"
    else:
        known = trimmed(csv_rows(expected["csv"]))
        rows = trimmed(found.rows())
        hides = found.notes.hidden_rows + found.notes.hidden_columns
        assert (
            rows == known
            or differs_on_purpose(known, rows, suffix)
            or (hides and suffix not in (".xlsx", ".xlsm"))
        )
