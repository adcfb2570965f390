"""What the check of a file found, small enough to keep: later views read no file again."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass, fields
from typing import Any

from django.core.cache import cache

from portal.jobs.uploads import Upload
from portal.messages.check import CheckedRow, RecipientTable, Report
from portal.messages.recipients import Limits
from portal.messages.templates import MessageTemplate
from portal.messages.wording import error_summary

ROWS_SHOWN = 50
KEPT_SECONDS = 24 * 3600


@dataclass(frozen=True)
class ShownCell:
    """A cell of the table on the check page."""

    heading: str
    text: str
    error: str
    ignored: bool


@dataclass(frozen=True)
class ShownRow:
    """A row of the table on the check page, with its number in the spreadsheet."""

    index: int
    number: int
    cells: list[ShownCell]
    values: dict[str, Any]
    error: str
    is_bad: bool

    @classmethod
    def of(cls, row: CheckedRow) -> ShownRow:
        """Take over a checked row."""
        cells = [
            ShownCell(cell.heading, cell.text, cell.error, cell.ignored)
            for cell in row.cells
        ]
        values = {key: value for key, value in row.values.items() if value is not None}
        return cls(
            row.index, row.number, cells, values, row.message_error, row.has_error
        )


@dataclass(frozen=True)
class Verdict:
    """All that the check page says about a file."""

    headings: list[str]
    missing_columns: list[str]
    duplicate_columns: list[str]
    has_recipient_columns: bool
    row_count: int
    bad_row_count: int
    part_count: int
    international_count: int
    duplicate_count: int
    has_too_many_rows: bool
    is_over_allowance: bool
    is_allowed: bool
    summary: list[str]
    rows: list[ShownRow]

    @property
    def has_errors(self) -> bool:
        """Whether anything keeps the file from being sent."""
        return bool(
            self.missing_columns
            or self.duplicate_columns
            or self.bad_row_count
            or self.row_count == 0
            or not self.has_recipient_columns
            or self.has_too_many_rows
            or self.is_over_allowance
            or not self.is_allowed
        )

    def row(self, index: int) -> ShownRow | None:
        """Return a row if it is one of those that are kept."""
        return next((row for row in self.rows if row.index == index), None)

    @classmethod
    def of(cls, table: RecipientTable, report: Report) -> Verdict:
        """Sum a check up."""
        shown = table.shown_rows(report, max_errors=ROWS_SHOWN, max_rows=ROWS_SHOWN)
        return cls(
            headings=table.column_headings,
            missing_columns=table.missing_columns,
            duplicate_columns=table.duplicate_recipient_columns,
            has_recipient_columns=table.has_recipient_columns,
            row_count=report.row_count,
            bad_row_count=len(report.bad_rows),
            part_count=report.part_count,
            international_count=report.international_count,
            duplicate_count=report.duplicate_count,
            has_too_many_rows=table.has_too_many_rows(report),
            is_over_allowance=table.has_more_rows_than_allowed(report)
            or table.has_more_international_than_allowed(report),
            is_allowed=table.is_allowed_to_send(report),
            summary=error_summary(report, table.template.kind),
            rows=[ShownRow.of(row) for row in shown],
        )

    @classmethod
    def read(cls, kept: dict[str, Any]) -> Verdict:
        """Make a verdict of what the cache kept."""
        rows = [
            ShownRow(**{**row, "cells": [ShownCell(**cell) for cell in row["cells"]]})
            for row in kept["rows"]
        ]
        return cls(**{**kept, "rows": rows})


def verdict_on(upload: Upload, message: MessageTemplate, limits: Limits) -> Verdict:
    """Return the kept verdict on a file, or check it.

    A changed template, permission or allowance asks for a new one.
    """
    key = _key(upload, message, limits)
    kept = cache.get(key)
    if isinstance(kept, dict) and kept.keys() == {
        field.name for field in fields(Verdict)
    }:
        return Verdict.read(kept)
    table = RecipientTable(upload.text(), message, limits)
    verdict = Verdict.of(table, table.check())
    cache.set(key, asdict(verdict), KEPT_SECONDS)
    return verdict


def row_of(
    upload: Upload, verdict: Verdict, index: int, message: MessageTemplate
) -> ShownRow | None:
    """Return any row of a file; only one that is not kept needs the file."""
    if kept := verdict.row(index):
        return kept
    if not 0 <= index < verdict.row_count:
        return None
    found = RecipientTable(upload.text(), message).rows([index])
    return ShownRow.of(found[0]) if found else None


def _key(upload: Upload, message: MessageTemplate, limits: Limits) -> str:
    known = sorted(limits.guest_list) if limits.guest_list is not None else None
    about = (upload.id, asdict(message), {**asdict(limits), "guest_list": known})
    return f"verdict-{hashlib.sha256(repr(about).encode()).hexdigest()}"
