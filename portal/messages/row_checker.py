"""The inner loop of the check: a hundred thousand rows in well under a second."""

from __future__ import annotations

from collections import Counter

from portal.messages.plain_rows import PlainRows
from portal.messages.recipients import UK_PREFIX, Recipient
from portal.messages.report import BAD_RECIPIENT, DUPLICATE, Charge, Report
from portal.messages.row_rules import Judgement, RowRules
from portal.messages.spreadsheet import Row

# Among many rows, the few neighbours of an odd one.
_GROUP = 10


class RowChecker:
    """Checks rows, many at a time where they are plain, and adds them to a report."""

    def __init__(self, rules: RowRules, report: Report) -> None:
        self.rules = rules
        self.report = report
        self._plain = PlainRows(rules)
        # Hashes take a third of the memory that the recipients themselves would.
        self._seen: set[int] = set()

    def check(self, first: int, rows: list[Row]) -> None:
        """Check rows that follow each other; only what may be wrong is looked at closely."""
        if self._check_plain(first, rows):
            return
        for start in range(0, len(rows), _GROUP):
            group = rows[start : start + _GROUP]
            if not self._check_plain(first + start, group):
                for number, row in enumerate(group, first + start):
                    self._note(number, self.rules.judge(row))

    def _check_plain(self, first: int, rows: list[Row]) -> bool:
        """Check rows if all their values are plain, and say whether they were."""
        parts = self._plain.parts(rows)
        if parts is None:
            return False
        for place, letters in self._plain.lengthened:
            self.report.note_letters(first + place, letters)
        recipients = self._plain.recipients(rows)
        if recipients is None:
            for number, (row, count) in enumerate(zip(rows, parts, strict=True), first):
                self._note(number, self.rules.judge_recipient(row, count))
            return True
        for count, times in Counter(parts).items():
            if count:
                self.report.charges[Charge(UK_PREFIX, 1, count)] += times
        self._note_recipients(first, recipients)
        return True

    def _note_recipients(self, first: int, recipients: list[str]) -> None:
        allowed = self.rules.limits.guest_list
        if allowed is not None:
            strangers = sum(recipient not in allowed for recipient in recipients)
            self.report.outside_guest_list += strangers
        keys = list(map(hash, recipients))
        new = set(keys)
        if len(new) == len(keys) and self._seen.isdisjoint(new):
            self._seen |= new
            return
        for number, key in enumerate(keys, first):
            if key in self._seen:
                self.report.add(number, DUPLICATE)
            self._seen.add(key)

    def _note(self, number: int, found: Judgement) -> None:
        flags, recipient, report = found.flags, found.recipient, self.report
        allowed = self.rules.limits.guest_list
        if recipient is not None:
            report.international_count += recipient.is_abroad
            if allowed is not None and recipient.normalised not in allowed:
                report.outside_guest_list += 1
            if not flags & BAD_RECIPIENT:
                key = hash(recipient.normalised)
                flags |= DUPLICATE if key in self._seen else 0
                self._seen.add(key)
        if found.parts:
            to = recipient or Recipient()
            report.charges[Charge(to.prefix, to.multiplier, found.parts)] += 1
            report.note_letters(number, found.lengthening)
        if flags:
            report.add(number, flags)
