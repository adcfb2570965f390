"""Rows that are plain, as most rows of most files are, recognised by the hundred.

Plain values are those that nothing shortens, lengthens or takes away: the lengths of
messages are those of their parts. Plain recipients are of the commonest kind.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import chain, islice

from portal.messages.columns import Columns
from portal.messages.recipients import plain_recipients
from portal.messages.report import MOST_LENGTHENED
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


class PlainRows:
    """Recognises rows of one file and template that are plain."""

    def __init__(self, rules: RowRules) -> None:
        self.rules = rules
        self.kind = rules.template.kind
        self.lengthened: list[tuple[int, list[str]]] = []
        self.is_usable = (
            self.kind != "letter"
            and bool(rules.recipient_positions[0])
            and not rules.is_ambiguous
            and rules.limits.validate
            and all(len(places) == 1 for places in rules.needed.values())
            and self._measure()
        )
        if self.is_usable:
            self._place = rules.recipient_positions[0][0]
            self._places = [places[0] for places in rules.needed.values()]
            self._widest = max(self._place, *self._places, 0)

    def recipients(self, rows: list[Row]) -> list[str] | None:
        """Return the recipients of rows if all of them are plain, else None."""
        if not self.rules.limits.validate_phone_numbers:
            return None
        return plain_recipients(self.kind, [row[self._place] for row in rows])

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

    def parts(self, rows: list[Row]) -> list[int] | None:
        """Return of how many parts the messages of rows are, if all values are plain.

        None where one is not, or where a message may be too long; 0 for e-mails. Then
        ``lengthened`` has the first rows that have more parts for their letters.
        """
        self.lengthened = []
        if not self.is_usable or min(map(len, rows)) <= self._widest:
            return None
        columns = [[row[place] for row in rows] for place in self._places]
        text = "\n".join(chain([""], *columns, [""]))
        if columns and text.count("\n") != len(columns) * len(rows) + 1:
            return None
        if columns and (_UNUSUAL if self.kind == "sms" else _BLANK).search(text):
            return None
        longest = self._base + sum(
            weight * max(map(len, column))
            for weight, column in zip(self._weights, columns, strict=True)
        )
        if self.kind == "email":
            return [0] * len(rows) if longest <= _EMAIL_LIMIT else None
        return self._parts_of_texts(columns, len(rows), text, longest)

    def _parts_of_texts(
        self, columns: list[list[str]], count: int, text: str, longest: int
    ) -> list[int] | None:
        is_simple = not (_DOUBLED.search(text) or _NEEDS_UCS2.search(text))
        if is_simple and not self._ucs2 and longest + self._doubled <= _ONE_PART:
            return [1] * count
        if not self._is_exact or longest > self._limit:
            return None
        weighted = [
            column
            for weight, column in zip(self._weights, columns, strict=True)
            for _time in range(weight)
        ]
        words = [""] * count
        if weighted:
            words = list(map("".join, zip(*weighted, strict=True)))
        parts = [
            part_count(
                self._base + len(row),
                self._doubled + (0 if is_simple else len(_DOUBLED.findall(row))),
                self._ucs2 or not (is_simple or _NEEDS_UCS2.search(row) is None),
            )
            for row in words
        ]
        if not (is_simple or self._ucs2):
            self.lengthened = self._lengthened(words, parts)
        return parts

    def _lengthened(
        self, words: list[str], parts: list[int]
    ) -> list[tuple[int, list[str]]]:
        """Name the first rows that have more parts for some letters, with the letters."""
        rows = (
            (place, letters)
            for place, (row, count) in enumerate(zip(words, parts, strict=True))
            if count > 1 and (letters := _NEEDS_UCS2.findall(row))
        )
        return list(islice(rows, MOST_LENGTHENED))
