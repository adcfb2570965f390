"""Most rows of most files are plain, and are checked by the hundred.

Plain rows have a recipient of the commonest kind and values that nothing shortens,
lengthens or takes away. All that can be wrong with them is told by their lengths.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import chain

from portal.messages.columns import Columns
from portal.messages.recipients import UK_PREFIX, plain_recipients
from portal.messages.report import DUPLICATE, Charge, Report
from portal.messages.row_rules import RowRules
from portal.messages.sms import CHARACTER_LIMIT, part_count
from portal.messages.sms_characters import GSM, GSM_EXTENDED, UCS2
from portal.messages.spreadsheet import Row
from portal.messages.text import INVISIBLE, ODD_SPACES

# Cells stand in lines of their own. What no plain cell of a text message has: characters
# that are replaced, and white space that is tidied away.
_SENT_AS_THEY_ARE = "".join(sorted((GSM | GSM_EXTENDED | UCS2) - set("\n\r ")))
_UNUSUAL = re.compile(rf"[^\n {re.escape(_SENT_AS_THEY_ARE)}]|[ \n][ ,.\n]")
# What no plain cell of an e-mail is: one that nobody can see.
_BLANK = re.compile(rf"\n[\s{INVISIBLE}{ODD_SPACES}]*\n")
_PLAIN = re.compile(r"[ !-Z_a-z]*")
_DOUBLED = re.compile(f"[{re.escape(''.join(sorted(GSM_EXTENDED)))}]")
_NEEDS_UCS2 = re.compile(f"[{''.join(sorted(UCS2))}]")
_EMAIL_LIMIT = 500_000
_ONE_PART = 160


class BulkChecker:
    """Checks many rows at a time and adds what it finds to a report."""

    def __init__(self, rules: RowRules, report: Report, seen: set[int]) -> None:
        self.rules, self.report, self.seen = rules, report, seen
        template = rules.template
        self.kind = template.kind
        self.is_usable = (
            template.kind != "letter"
            and bool(rules.recipient_positions[0])
            and not rules.is_ambiguous
            and rules.limits.validate
            and rules.limits.validate_phone_numbers
            and all(len(places) == 1 for places in rules.needed.values())
            and self._measure()
        )
        if self.is_usable:
            self._place = rules.recipient_positions[0][0]
            self._places = [places[0] for places in rules.needed.values()]
            self._widest = max(self._place, *self._places, 0)

    def _measure(self) -> bool:
        """Measure the template without its values; False where that says nothing."""
        template, rules = self.rules.template, self.rules
        fields = template.body.fields
        times = Counter(field.key for field in fields if not field.is_conditional)
        self._weights = [times[key] for key in rules.needed]
        self._is_exact = not any(field.is_conditional for field in fields)
        if not rules.always_has_words and not any(self._weights):
            return False
        static = [part for part in template.body.parts if isinstance(part, str)]
        static += [field.text or "" for field in fields]
        self._base = sum(len(part.encode(errors="replace")) for part in static)
        self._doubled, self._ucs2 = 0, False
        if template.kind == "email":
            return True
        if not self._is_exact:
            # What is shown if a value is yes counts always: that is long enough.
            self._base += len(template.prefix) + 2
            return all(_PLAIN.fullmatch(part) for part in (*static, template.prefix))
        sample = template.text_message(Columns((key, "x") for key in rules.needed))
        self._base = sample.length - sum(self._weights)
        self._doubled, self._ucs2 = sample.doubled_count, sample.needs_ucs2
        self._limit = CHARACTER_LIMIT + sample.length - sample.length_without_prefix
        return True

    def check(self, first: int, rows: list[Row]) -> bool:
        """Check rows if all of them are plain, and say whether they were."""
        if not self.is_usable or min(map(len, rows)) <= self._widest:
            return False
        recipients = plain_recipients(self.kind, [row[self._place] for row in rows])
        if recipients is None:
            return False
        columns = [[row[place] for row in rows] for place in self._places]
        text = "\n".join(chain([""], *columns, [""]))
        if columns and text.count("\n") != len(columns) * len(rows) + 1:
            return False
        if columns and (_UNUSUAL if self.kind == "sms" else _BLANK).search(text):
            return False
        if not self._add_charges(columns, len(rows), text):
            return False
        self._add_recipients(first, recipients)
        return True

    def _add_charges(self, columns: list[list[str]], count: int, text: str) -> bool:
        """Count parts; False where a message may be too long or cannot be measured."""
        longest = self._base + sum(
            weight * max(map(len, column))
            for weight, column in zip(self._weights, columns, strict=True)
        )
        if self.kind == "email":
            return longest <= _EMAIL_LIMIT
        is_simple = not (_DOUBLED.search(text) or _NEEDS_UCS2.search(text))
        if is_simple and not self._ucs2 and longest + self._doubled <= _ONE_PART:
            self._charge(1, count)
            return True
        if not self._is_exact or longest > self._limit:
            return False
        for measures, times in self._measures(columns, count, is_simple).items():
            length, doubled, ucs2 = measures
            parts = part_count(
                self._base + length, self._doubled + doubled, self._ucs2 or ucs2
            )
            self._charge(parts, times)
        return True

    def _measures(
        self, columns: list[list[str]], count: int, is_simple: bool
    ) -> Counter[tuple[int, int, bool]]:
        """Count rows by the lengths of their values, what takes two places, and UCS-2."""
        weighted = [
            column
            for weight, column in zip(self._weights, columns, strict=True)
            for _time in range(weight)
        ]
        texts = map("".join, zip(*weighted, strict=True)) if weighted else [""] * count
        if is_simple:
            return Counter((length, 0, False) for length in map(len, texts))
        return Counter(
            (len(text), len(_DOUBLED.findall(text)), bool(_NEEDS_UCS2.search(text)))
            for text in texts
        )

    def _charge(self, parts: int, count: int) -> None:
        self.report.charges[Charge(UK_PREFIX, 1, parts)] += count

    def _add_recipients(self, first: int, recipients: list[str]) -> None:
        allowed = self.rules.limits.guest_list
        if allowed is not None:
            strangers = sum(recipient not in allowed for recipient in recipients)
            self.report.outside_guest_list += strangers
        keys = list(map(hash, recipients))
        new = set(keys)
        if len(new) == len(keys) and self.seen.isdisjoint(new):
            self.seen |= new
            return
        for row, key in enumerate(keys, first):
            if key in self.seen:
                self.report.add(row, DUPLICATE)
            self.seen.add(key)
