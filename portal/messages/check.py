"""The check of a spreadsheet against a template: one streaming pass, one report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from portal.messages.columns import column_key
from portal.messages.recipients import Limits
from portal.messages.row_checker import RowChecker
from portal.messages.row_rules import RowRules
from portal.messages.spreadsheet import Row, csv_rows
from portal.messages.templates import MessageTemplate

MAX_ERRORS_SHOWN = 20
MAX_ROWS_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a row: the key of its column, its value and what is wrong."""

    key: str
    heading: str
    value: str | list[str | None] | None
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
    """One row with its cells, ready to be shown."""

    index: int
    number: int
    cells: list[Cell]
    extra: list[str]
    values: dict[str, Any]
    recipient: Any
    problems: tuple[str, ...]
    message_error: str = ""

    @property
    def has_error(self) -> bool:
        return bool(self.problems)


@dataclass
class Report:
    """What a pass over all rows found. Lists hold row indexes from 0."""

    row_count: int = 0
    bad_recipients: list[int] = field(default_factory=list)
    missing_data: list[int] = field(default_factory=list)
    too_long: list[int] = field(default_factory=list)
    empty: list[int] = field(default_factory=list)
    international_count: int = 0
    duplicate_count: int = 0
    outside_guest_list: int = 0
    parts: Counter[int] = field(default_factory=Counter)

    @property
    def bad_rows(self) -> list[int]:
        """All rows with an error, in order."""
        found = {*self.bad_recipients, *self.missing_data, *self.too_long, *self.empty}
        return sorted(found)

    @property
    def part_count(self) -> int:
        """How many text messages the whole file is charged as, at the UK rate."""
        return sum(parts * count for parts, count in self.parts.items())


class RecipientTable:
    """An uploaded file as rows of recipients for one template."""

    def __init__(
        self, text: str, template: MessageTemplate, limits: Limits | None = None
    ) -> None:
        self.text = text.removeprefix("\ufeff")
        self.template = template
        self.limits = limits or Limits()
        self._skipped = 0
        self.all_headings = self._read_headings()
        self.keys = [column_key(heading) for heading in self.all_headings]
        self.rules = RowRules(template, self.limits, self.all_headings)

    def _read_headings(self) -> list[str]:
        for row in csv_rows(self.text):
            if row and (len(row) > 1 or row[0].strip()):
                return row
            self._skipped += 1
        return []

    def _data(self) -> Iterator[Row]:
        """Yield the rows under the headings; blank ones only between others."""
        reader = csv_rows(self.text)
        for _skipped in range(self._skipped + 1):
            next(reader, None)
        blank: list[Row] = []
        for row in reader:
            if not "".join(row).strip():
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
        """Read every row once and count what is wrong."""
        report = Report()
        check_row = RowChecker(self.rules, report).check
        count = 0
        for row in self._data():
            if count < self.limits.max_rows:
                check_row(count, row)
            count += 1
        report.row_count = count
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
            or report.bad_rows
            or not self.has_recipient_columns
            or self.has_too_many_rows(report)
            or self.has_more_rows_than_allowed(report)
            or self.has_more_international_than_allowed(report)
            or not self.is_allowed_to_send(report)
        )

    def rows(self, indexes: list[int]) -> list[CheckedRow]:
        """Return some rows in detail; those that do not exist are left out."""
        wanted = set(indexes)
        last = max(wanted, default=-1)
        found = []
        for index, row in enumerate(self._data()):
            if index > last:
                break
            if index in wanted:
                found.append(self._detailed(index, row))
        return found

    def shown_rows(
        self,
        report: Report,
        *,
        max_errors: int = MAX_ERRORS_SHOWN,
        max_rows: int = MAX_ROWS_SHOWN,
    ) -> list[CheckedRow]:
        """Return the first bad rows, or the first rows of a good file."""
        bad = report.bad_rows if not self.missing_columns else []
        shown = bad[:max_errors] if bad else list(range(max_rows))
        return self.rows([index for index in shown if index < self.limits.max_rows])

    def _detailed(self, index: int, row: Row) -> CheckedRow:
        values = self.rules.values(row)
        found = self.rules.problems(row)
        cells: dict[str, Cell] = {}
        for heading in self.column_headings:
            key = column_key(heading)
            cells[key] = Cell(
                key,
                heading,
                values.get(key),
                found.cell_error(key),
                ignored=key not in self.rules.used_keys,
            )
        return CheckedRow(
            index,
            index + self._skipped + 2,
            [cell for cell in cells.values() if cell.heading or cell.value],
            row[len(self.all_headings) :],
            {
                key: value
                for key, value in values.items()
                if key in self.rules.used_keys
            },
            self.rules.recipient(values),
            found.problems,
            found.message_error,
        )
