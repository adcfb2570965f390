"""The inner loop of the check: a hundred thousand rows in well under a second."""

from __future__ import annotations

from portal.messages.bulk_checker import BulkChecker
from portal.messages.recipients import Recipient
from portal.messages.report import BAD_RECIPIENT, DUPLICATE, Charge, Report
from portal.messages.row_rules import RowRules
from portal.messages.spreadsheet import Row

# Among many rows, the few neighbours of an odd one.
_GROUP = 10


class RowChecker:
    """Checks rows, many at a time where they are plain, and adds them to a report."""

    def __init__(self, rules: RowRules, report: Report) -> None:
        self.rules = rules
        self.report = report
        # Hashes take a third of the memory that the recipients themselves would.
        self._seen: set[int] = set()
        self._bulk = BulkChecker(rules, report, self._seen)

    def check(self, first: int, rows: list[Row]) -> None:
        """Check rows that follow each other; only what may be wrong is looked at closely."""
        if self._bulk.check(first, rows):
            return
        for start in range(0, len(rows), _GROUP):
            group = rows[start : start + _GROUP]
            if not self._bulk.check(first + start, group):
                for number, row in enumerate(group, first + start):
                    self._check_row(number, row)

    def _check_row(self, number: int, row: Row) -> None:
        found, report = self.rules.judge(row), self.report
        flags, recipient = found.flags, found.recipient
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
            sent_to = recipient or Recipient()
            charge = Charge(sent_to.prefix, sent_to.multiplier, found.parts)
            report.charges[charge] += 1
        if flags:
            report.add(number, flags)
