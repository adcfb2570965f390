"""The check of a spreadsheet against a template: one streaming pass, one report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any

from portal.messages.columns import column_key
from portal.messages.postal_addresses import PostalAddress
from portal.messages.recipients import Limits
from portal.messages.report import DUPLICATE, ERRORS, WARNINGS, Report
from portal.messages.row_checker import RowChecker
from portal.messages.row_rules import Judgement, RowRules, Value, clean
from portal.messages.spreadsheet import Row, csv_rows
from portal.messages.templates import MessageTemplate

MAX_ERRORS_SHOWN = 20
MAX_ROWS_SHOWN = 10
_ROWS_AT_A_TIME = 250


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a row: the key of its column, its value and what is wrong."""

    key: str
    heading: str
    value: Value
    error: str = ""
    ignored: bool = False

    @property
    def text(self) -> str:
        """The value as shown."""
        if isinstance(self.value, list):
            return ", ".join(value for value in self.value if value)
        return self.value or ""


@dataclass(frozen=True, slots=True)
class CheckedRow:
    """One row with its cells, ready to be shown.

    `number` is the row's in a spreadsheet program; `extra` lies beyond the headings.
    `written` is the row as the file has it.
    """

    index: int
    number: int
    written: Row
    cells: list[Cell]
    extra: list[str]
    values: dict[str, Any]
    recipient: Any
    address: PostalAddress | None
    found: Judgement

    @property
    def has_error(self) -> bool:
        return bool(self.found.flags & ERRORS)

    @property
    def told(self) -> list[str]:
        """What is wrong with the row, or odd about it, in words."""
        cells = [f"{cell.heading}: {cell.error}" for cell in self.cells if cell.error]
        return [*cells, *filter(None, (self.found.message_error, self.found.warning))]


class RecipientTable:
    """An uploaded file, as CSV (bytes in UTF-8), seen as rows for one template."""

    def __init__(
        self,
        content: str | bytes,
        template: MessageTemplate,
        limits: Limits | None = None,
    ) -> None:
        self.content = content
        self.template = template
        self.limits = limits or Limits()
        self._skipped = 0
        self.all_headings = self._read_headings()
        self.keys = [column_key(heading) for heading in self.all_headings]
        self.rules = RowRules(template, self.limits, self.all_headings)

    def _read_headings(self) -> list[str]:
        for row in csv_rows(self.content):
            if row and (len(row) > 1 or row[0].strip()):
                return row
            self._skipped += 1
        return []

    def _data(self) -> Iterator[Row]:
        """Yield the rows under the headings; blank ones only between others."""
        reader = csv_rows(self.content)
        for _skipped in range(self._skipped + 1):
            next(reader, None)
        blank: list[Row] = []
        for row in reader:
            if not row or not (row[0] or clean("".join(row))):
                blank.append(row)
                continue
            if blank:
                yield from blank
                blank = []
            yield row

    @property
    def column_headings(self) -> list[str]:
        """The headings as typed, exact repeats left out."""
        return list(dict.fromkeys(self.all_headings))

    @property
    def unused_headings(self) -> list[str]:
        """The headings of columns that the template does not use."""
        used = self.rules.used_keys
        return [name for name in self.column_headings if column_key(name) not in used]

    @property
    def missing_columns(self) -> list[str]:
        """Names the template or the kind of message needs and the file lacks."""
        needed = [
            name
            for name in self.template.placeholders
            if column_key(name) not in self.template.recipient_keys
        ]
        if self.template.kind != "letter":
            needed += self.template.recipient_columns
        keys = set(self.keys)
        return sorted(name for name in needed if column_key(name) not in keys)

    @property
    def duplicate_recipient_columns(self) -> list[str]:
        """The headings of recipient columns that are there more than once."""
        counts = Counter(self.keys)
        return [
            heading
            for heading in self.column_headings
            if column_key(heading) in self.template.recipient_keys
            and counts[column_key(heading)] > 1
        ]

    @property
    def has_recipient_columns(self) -> bool:
        return self.template.has_recipient_columns(set(self.keys))

    def check(self) -> Report:
        """Read every row once and note what is wrong."""
        report = Report()
        checker = RowChecker(self.rules, report)
        rows, most = self._data(), self.limits.max_rows
        while taken := list(islice(rows, min(_ROWS_AT_A_TIME, most))):
            checker.check(report.row_count, taken)
            report.row_count += len(taken)
            most -= len(taken)
        report.row_count += sum(1 for _row in rows)
        return report

    def has_too_many_rows(self, report: Report) -> bool:
        return report.row_count > self.limits.max_rows

    def has_more_rows_than_allowed(self, report: Report) -> bool:
        """Say whether the rest of today's allowance is too small for the file."""
        remaining = self.limits.remaining_messages
        return remaining is not None and report.row_count > remaining

    def has_more_international_than_allowed(self, report: Report) -> bool:
        remaining = self.limits.remaining_international_sms
        return remaining is not None and report.international_count > remaining

    def is_allowed_to_send(self, report: Report) -> bool:
        """Say whether a trial-mode service may send to everyone in the file."""
        return self.limits.guest_list is None or report.outside_guest_list == 0

    def has_errors(self, report: Report) -> bool:
        """Say whether anything keeps the file from being sent."""
        return bool(
            self.missing_columns
            or self.duplicate_recipient_columns
            or report.count(ERRORS)
            or not self.has_recipient_columns
            or self.has_too_many_rows(report)
            or self.has_more_rows_than_allowed(report)
            or self.has_more_international_than_allowed(report)
            or not self.is_allowed_to_send(report)
        )

    def rows(
        self, indexes: Iterable[int], report: Report | None = None
    ) -> list[CheckedRow]:
        """Return some rows in detail; those that do not exist are left out.

        Which rows repeat a recipient is known from the report alone.
        """
        wanted = dict.fromkeys(indexes, 0)
        for index, flags in report.items(DUPLICATE) if report else ():
            if index in wanted:
                wanted[index] = flags
        last = max(wanted, default=-1)
        return [
            self.detailed(index, row, wanted[index])
            for index, row in enumerate(islice(self._data(), last + 1))
            if index in wanted
        ]

    def shown_indexes(
        self,
        report: Report,
        *,
        max_errors: int = MAX_ERRORS_SHOWN,
        max_rows: int = MAX_ROWS_SHOWN,
    ) -> list[int]:
        """Return which rows to show: the first bad ones, or the first of a good file."""
        if report.count(ERRORS) and not self.missing_columns:
            return list(islice(report.rows(ERRORS), max_errors))
        return list(range(min(max_rows, report.row_count)))

    def annotated(self, report: Report) -> Iterator[tuple[Row, str]]:
        """Yield every row with what the report and the rules say of it in words."""
        noted = report.items(ERRORS | WARNINGS)
        flagged, flags = next(noted, (-1, 0))
        for index, row in enumerate(self._data()):
            told = ""
            if index == flagged:
                told = "; ".join(self.detailed(index, row, flags).told)
                flagged, flags = next(noted, (-1, 0))
            yield row, told

    @cached_property
    def _width(self) -> int:
        """How many columns hold anything, those without a heading included."""
        width = len(self.all_headings)
        for row in self._data():
            if len(row) > width and any(map(clean, row[width:])):
                width = max(n for n, cell in enumerate(row, 1) if clean(cell))
        return width

    def row_number(self, index: int) -> int:
        """The number of a row in a spreadsheet program, which counts the headings."""
        return index + self._skipped + 2

    def detailed(self, index: int, row: Row, flags: int = 0) -> CheckedRow:
        """Check one row closely; `flags` of the report add what other rows tell of it."""
        values = self.rules.values(row)
        found = self.rules.judge(row)
        found.flags |= flags
        cells: dict[str, Cell] = {}
        for heading in self.column_headings:
            key = column_key(heading)
            cells[key] = Cell(
                key,
                heading,
                values.get(key),
                found.cell_error(key, self.template.recipient_keys),
                ignored=key not in self.rules.used_keys,
            )
        extra = row[len(self.all_headings) :]
        return CheckedRow(
            index,
            self.row_number(index),
            row,
            [cell for cell in cells.values() if cell.heading or cell.value],
            extra and extra[: self._width - len(self.all_headings)],
            {
                key: value
                for key, value in values.items()
                if key in self.rules.used_keys
            },
            self.rules.recipient(values),
            self.rules.address(row) if self.template.kind == "letter" else None,
            found,
        )
