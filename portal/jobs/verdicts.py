"""What the check of a file found, small enough to keep: later views read no file again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields, replace
from itertools import islice
from typing import Any

from django.core.cache import cache

from portal.jobs.corrections import MOST_ROWS, wrong_rows
from portal.jobs.uploads import Upload
from portal.messages import report
from portal.messages.check import CheckedRow, RecipientTable
from portal.messages.recipients import Limits
from portal.messages.templates import MessageTemplate
from portal.messages.wording import error_summary

ROWS_SHOWN = 50
KEPT_SECONDS = 24 * 3600
# The kinds of rows that can be looked at on their own, by the word in the address.
KINDS = {
    "errors": report.ERRORS,
    "recipients": report.BAD_RECIPIENT,
    "missing": report.MISSING_DATA,
    "long": report.TOO_LONG,
    "empty": report.EMPTY,
    "codes": report.BAD_QR_CODE,
    "duplicates": report.DUPLICATE,
    "abroad": report.ONE_DIGIT_TOO_LONG,
}


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
    warning: str
    is_bad: bool

    @property
    def told(self) -> list[str]:
        """What is wrong with the row, in words."""
        cells = [f"{cell.heading}: {cell.error}" for cell in self.cells if cell.error]
        return [*cells, self.error] if self.error else cells

    @classmethod
    def of(cls, row: CheckedRow) -> ShownRow:
        """Take over a checked row."""
        cells = [
            ShownCell(cell.heading, cell.text, cell.error, cell.ignored)
            for cell in row.cells
        ]
        values = {key: value for key, value in row.values.items() if value is not None}
        return cls(
            row.index,
            row.number,
            cells,
            values,
            row.found.message_error,
            row.found.warning,
            row.has_error,
        )

    @classmethod
    def read(cls, kept: dict[str, Any]) -> ShownRow:
        """Make a row of what the cache kept."""
        return cls(**{**kept, "cells": [ShownCell(**cell) for cell in kept["cells"]]})


@dataclass(frozen=True)
class Verdict:
    """All that the check page says about a file.

    `counts` says how many rows are of each of the ``KINDS``, `shown` which of them are
    among the `rows` that are kept. `charges` are (prefix, multiplier, parts, messages).
    `lengthened` are the numbers of the first rows whose messages have more parts for the
    letters of `lengthening`.
    `to_correct` says how many rows can be corrected on a page; 0 where one would not do.
    """

    headings: list[str]
    unused_headings: list[str]
    missing_columns: list[str]
    duplicate_columns: list[str]
    has_recipient_columns: bool
    row_count: int
    part_count: int
    charged_count: int
    charges: list[tuple[str, int | None, int, int]]
    international_count: int
    lengthened: list[int]
    lengthening: list[str]
    has_too_many_rows: bool
    is_allowed: bool
    summary: list[str]
    to_correct: int
    counts: dict[str, int]
    shown: dict[str, list[int]]
    rows: list[ShownRow]

    @property
    def has_errors(self) -> bool:
        """Whether anything in the file keeps it from being sent."""
        return bool(
            self.missing_columns
            or self.duplicate_columns
            or self.counts["errors"]
            or self.row_count == 0
            or not self.has_recipient_columns
            or self.has_too_many_rows
            or not self.is_allowed
        )

    @property
    def first_rows(self) -> list[ShownRow]:
        """The rows from the top of the file."""
        return [row for row in self.rows if row.index < ROWS_SHOWN]

    def rows_of(self, kind: str) -> list[ShownRow]:
        """The first rows of one of the ``KINDS``."""
        wanted = set(self.shown.get(kind, ()))
        return [row for row in self.rows if row.index in wanted]

    @classmethod
    def of(cls, table: RecipientTable, found: report.Report) -> Verdict:
        """Sum a check up."""
        most = table.limits.max_rows
        shown = {
            kind: list(islice(found.rows(flags), ROWS_SHOWN))
            for kind, flags in KINDS.items()
        }
        indexes = {
            *range(min(ROWS_SHOWN, most)),
            *(n for ns in shown.values() for n in ns),
        }
        rows = table.rows(indexes, found)
        return cls(
            headings=table.column_headings,
            unused_headings=table.unused_headings,
            missing_columns=table.missing_columns,
            duplicate_columns=table.duplicate_recipient_columns,
            has_recipient_columns=table.has_recipient_columns,
            row_count=found.row_count,
            part_count=found.part_count,
            charged_count=found.charged_count,
            charges=[
                (charge.prefix, charge.multiplier, charge.parts, count)
                for charge, count in found.charges.most_common()
            ],
            international_count=found.international_count,
            lengthened=[table.row_number(index) for index in found.lengthened],
            lengthening=sorted(found.lengthening),
            has_too_many_rows=table.has_too_many_rows(found),
            is_allowed=table.is_allowed_to_send(found),
            summary=error_summary(found, table.template.kind),
            to_correct=_count_to_correct(table, found, rows),
            counts={kind: found.count(flags) for kind, flags in KINDS.items()},
            shown=shown,
            rows=[ShownRow.of(row) for row in rows],
        )

    @classmethod
    def read(cls, kept: dict[str, Any]) -> Verdict:
        """Make a verdict of what the cache kept."""
        return cls(**{**kept, "rows": [ShownRow.read(row) for row in kept["rows"]]})


def _count_to_correct(
    table: RecipientTable, found: report.Report, rows: list[CheckedRow]
) -> int:
    is_whole = table.has_recipient_columns and not (
        table.missing_columns
        or table.duplicate_recipient_columns
        or table.has_too_many_rows(found)
    )
    if not is_whole or found.count(report.ERRORS) > MOST_ROWS:
        return 0
    return len(wrong_rows(table, rows))


def verdict_on(upload: Upload, message: MessageTemplate, limits: Limits) -> Verdict:
    """Return the kept verdict on a file, or check it.

    A changed template or permission asks for a new one; what is left of the day's
    allowance does not.
    """
    key = f"verdict-{_digest(upload, message, limits)}"
    kept = cache.get(key)
    if isinstance(kept, dict) and kept.keys() == {
        field.name for field in fields(Verdict)
    }:
        return Verdict.read(kept)
    table = RecipientTable(upload.content(), message, limits)
    verdict = Verdict.of(table, table.check())
    cache.set(key, asdict(verdict), KEPT_SECONDS)
    return verdict


def row_of(
    upload: Upload,
    verdict: Verdict,
    index: int,
    message: MessageTemplate,
    limits: Limits,
) -> ShownRow | None:
    """Return any row of a file; those near one that was looked at are kept with it."""
    if not 0 <= index < verdict.row_count:
        return None
    if kept := _with_index(verdict.rows, index):
        return kept
    block = index // ROWS_SHOWN
    key = f"rows-{_digest(upload, message, limits)}-{block}"
    rows = [ShownRow.read(row) for row in cache.get(key) or ()]
    if not rows:
        first = block * ROWS_SHOWN
        table = RecipientTable(upload.content(), message, limits)
        rows = [
            ShownRow.of(row) for row in table.rows(range(first, first + ROWS_SHOWN))
        ]
        cache.set(key, [asdict(row) for row in rows], KEPT_SECONDS)
    return _with_index(rows, index)


def _with_index(rows: Iterable[ShownRow], index: int) -> ShownRow | None:
    return next((row for row in rows if row.index == index), None)


def _digest(upload: Upload, message: MessageTemplate, limits: Limits) -> str:
    lasting = replace(limits, remaining_messages=None, remaining_international_sms=None)
    known = sorted(limits.guest_list) if limits.guest_list is not None else None
    about = (
        upload.service_id,
        upload.digest,
        asdict(message),
        {**asdict(lasting), "guest_list": known},
    )
    return hashlib.sha256(repr(about).encode()).hexdigest()
