"""The inner loop of the check: a hundred thousand rows in about a second."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from portal.messages.columns import Columns
from portal.messages.email_addresses import InvalidEmailAddress
from portal.messages.phone_numbers import InvalidPhoneNumber
from portal.messages.row_rules import RowRules, clean
from portal.messages.sms import CHARACTER_LIMIT
from portal.messages.spreadsheet import Row

if TYPE_CHECKING:
    from portal.messages.check import Report

# Characters that take one place each and that nothing replaces or tidies away.
_PLAIN = re.compile(r"[ !-Z_a-z]*")
_EMAIL_ROOM = 500_000
_ONE_PART = 160
# A filled-in character may become three: an ellipsis is sent as three full stops.
_WIDEST = 3

CheckRow = Callable[[int, Row], None]


class RowChecker:
    """Checks row after row and adds what it finds to a report."""

    def __init__(self, rules: RowRules, report: Report) -> None:
        self.rules = rules
        self.report = report
        needed = rules.needed.values()
        self._single = [found[0] for found in needed if len(found) == 1]
        self._repeated = [found for found in needed if len(found) > 1]
        self._widest = max(self._single, default=-1)
        self._check_recipient = self._recipient_check()
        self._counts_parts = rules.template.kind == "sms"
        fields = rules.template.body.fields
        static = [part for part in rules.template.body.parts if isinstance(part, str)]
        static += [field.text or "" for field in fields]
        self._static_length = sum(map(len, static))
        prefix = rules.template.prefix
        self._room = (
            _ONE_PART - self._static_length - (len(prefix) + 2 if prefix else 0)
            if all(_PLAIN.fullmatch(part) for part in (*static, prefix))
            else -1
        )
        limits = {"sms": CHARACTER_LIMIT, "email": _EMAIL_ROOM}
        self._limit = limits.get(rules.template.kind)

    def check(self, index: int, row: Row) -> None:
        """Check one row; only what may be wrong is looked at closely."""
        width = len(row)
        cells = (
            [row[position] for position in self._single]
            if width > self._widest
            else [row[place] if place < width else "" for place in self._single]
        )
        complete = self._check_recipient(index, row)
        for cell in cells:
            if not cell or not clean(cell):
                complete = False
        for positions in self._repeated:
            items = self.rules.value(positions, row)
            complete = complete and items is not None
            cells += [item or "" for item in items or []]
        if not complete:
            self.report.missing_data.append(index)
        self._check_message(index, row, "".join(cells))

    def _check_message(self, index: int, row: Row, words: str) -> None:
        if self._counts_parts:
            if len(words) <= self._room and _PLAIN.fullmatch(words):
                self.report.parts[1] += 1
            else:
                message = self.rules.template.text_message(self._filled(row))
                self.report.parts[message.parts] += 1
        may_be_long = (
            self._limit is not None
            and self._static_length + _WIDEST * len(words) > self._limit
        )
        if may_be_long and self.rules.is_too_long(self._filled(row)):
            self.report.too_long.append(index)
        if not self.rules.always_has_words and self.rules.is_empty(self._filled(row)):
            self.report.empty.append(index)

    def _filled(self, row: Row) -> Columns:
        return Columns(
            (key, self.rules.value(positions, row))
            for key, positions in self.rules.needed.items()
        )

    def _recipient_check(self) -> Callable[[int, Row], bool]:
        """Return a function that says False when a row's recipient is missing."""
        if self.rules.template.kind == "letter":
            return self._check_address
        positions = self.rules.recipient_positions[0]
        if not positions:
            return lambda _index, _row: True
        return self._text_recipient_check(positions[-1])

    def _check_address(self, index: int, row: Row) -> bool:
        if not self.rules.address(row).is_valid:
            self.report.bad_recipients.append(index)
        return True

    def _text_recipient_check(self, position: int) -> Callable[[int, Row], bool]:
        report, parse = self.report, self.rules.parse
        allowed = self.rules.limits.guest_list
        # Of two recipient columns one may well be empty; that there are two is wrong.
        may_lack = self.rules.is_ambiguous
        seen: set[int] = set()

        def check_recipient(index: int, row: Row) -> bool:
            value = clean(row[position]) if position < len(row) else ""
            if not value:
                return may_lack
            try:
                recipient, abroad, refusal = parse(value)
            except (InvalidPhoneNumber, InvalidEmailAddress):
                recipient, abroad, refusal = "", False, "invalid"
            report.international_count += abroad
            if allowed is not None and recipient not in allowed:
                report.outside_guest_list += 1
            if refusal:
                report.bad_recipients.append(index)
                return True
            # Hashes take a third of the memory that the recipients themselves would.
            key = hash(recipient)
            if key in seen:
                report.duplicate_count += 1
            else:
                seen.add(key)
            return True

        return check_recipient
