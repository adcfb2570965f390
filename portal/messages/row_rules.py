"""What is right and wrong in one row of a spreadsheet, worked out once per column."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from portal.messages import report
from portal.messages.columns import Columns, column_key
from portal.messages.letters import LetterMessage
from portal.messages.postal_addresses import PostalAddress
from portal.messages.recipients import (
    Limits,
    Recipient,
    address_error,
    read_recipient,
)
from portal.messages.spreadsheet import Row
from portal.messages.text import INVISIBLE, strip_whitespace

if TYPE_CHECKING:
    from portal.messages.templates import MessageTemplate

_INVISIBLE = str.maketrans("", "", INVISIBLE + "\u2028\u2029")
_EMAIL_LIMIT = 2_000_000
_QR_CODE = "qr"

Value = str | list[str | None] | None


def clean(cell: str) -> str:
    """Return a cell's text without surrounding and invisible characters."""
    if cell.isascii():
        return cell.strip()
    return strip_whitespace(cell.translate(_INVISIBLE))


@dataclass(slots=True)
class Judgement:
    """What the rules say of one row: flags of the report, whom the row is for, how many
    parts its text message has, and which letters make them more."""

    flags: int = 0
    parts: int = 0
    address_error: str = ""
    missing: set[str] = field(default_factory=set)
    recipient: Recipient | None = None
    lengthening: list[str] = field(default_factory=list)

    def cell_error(self, key: str, recipient_keys: frozenset[str]) -> str:
        """Return the words above a cell."""
        if key in self.missing:
            return _("Missing")
        if self.recipient is not None and key in recipient_keys:
            return self.recipient.error
        return ""

    @property
    def message_error(self) -> str:
        """Return what is wrong with the message, or the address, as a whole."""
        if self.address_error:
            return self.address_error
        if self.flags & report.TOO_LONG:
            return _("Message is too long")
        if self.flags & report.BAD_QR_CODE:
            return _("The link of a QR code is too long")
        return _("Message is empty") if self.flags & report.EMPTY else ""

    @property
    def warning(self) -> str:
        """Return what is odd about the row, though it can be sent."""
        if self.flags & report.ONE_DIGIT_TOO_LONG:
            return _(
                "This goes to another country: it is a UK mobile number with one digit"
                " too many"
            )
        if self.flags & report.DUPLICATE:
            return _("A row above has the same recipient")
        return ""


class RowRules:
    """The rules for the rows of one file and one template."""

    def __init__(
        self, template: MessageTemplate, limits: Limits, headings: list[str]
    ) -> None:
        self.template = template
        self.limits = limits
        self.positions = _positions(headings, template.recipient_keys)
        self.used_keys = template.recipient_keys | {
            column_key(name) for name in template.placeholders
        }
        self.needed = {
            column_key(name): self.positions[column_key(name)]
            for name in template.placeholders
            if column_key(name) in self.positions
        }
        self.recipient_positions = [
            self.positions.get(column_key(name), [])
            for name in template.recipient_columns
        ]
        keys = [column_key(heading) for heading in headings]
        # Of two recipient columns one may well be empty; that there are two is wrong.
        self.is_ambiguous = any(
            keys.count(key) > 1 for key in keys if key in template.recipient_keys
        )
        static = "".join(part for part in template.body.parts if isinstance(part, str))
        self._has_qr_codes = template.kind == "letter" and _QR_CODE in static.lower()
        self._static = static
        self.always_has_words = bool(strip_whitespace(static.translate(_INVISIBLE)))

    def value(self, positions: list[int], row: Row) -> Value:
        """Return what a row holds in a column, or the list of a repeated column."""
        width = len(row)
        found = [
            (clean(row[position]) or None) if position < width else None
            for position in positions
        ]
        if len(found) == 1:
            return found[0]
        # As the platform has it: a list begins with its first value.
        while len(found) > 1 and found[0] is None:
            del found[0]
        return found if len(found) > 1 else found[0]

    def values(self, row: Row) -> dict[str, Any]:
        """Return a row's values by column key."""
        found = {
            key: self.value(positions, row) for key, positions in self.positions.items()
        }
        if isinstance(unnamed := found.get(""), list):
            found[""] = [value for value in unnamed if value]
        return found

    def recipient(self, values: dict[str, Any]) -> Any:
        """Return whom the row is for: a text, or the lines of an address."""
        found = [
            values.get(column_key(name)) for name in self.template.recipient_columns
        ]
        return found if self.template.kind == "letter" else found[0]

    def address(self, row: Row) -> PostalAddress:
        """Return the postal address of a row."""
        lines = [self.value(place, row) for place in self.recipient_positions if place]
        return PostalAddress(
            # A cell may hold several lines.
            "\n".join(line for line in lines if isinstance(line, str)).splitlines(),
            allow_international=self.limits.allow_international_letters,
        )

    def filled(self, row: Row) -> Columns:
        """Return what the template's placeholders become in a row."""
        values = Columns()
        # The keys are in their normal form already.
        dict.update(
            values,
            {key: self.value(places, row) for key, places in self.needed.items()},
        )
        return values

    def judge(self, row: Row) -> Judgement:
        """Work out everything that is wrong with one row."""
        found = Judgement()
        if not self.limits.validate:
            return found
        values = self.filled(row)
        found.missing = {key for key, value in values.items() if value is None}
        if self.template.kind == "letter":
            self._judge_address(row, values, found)
        elif self.recipient_positions[0]:
            self._judge_recipient(row, found)
        if found.missing:
            found.flags |= report.MISSING_DATA
        self._judge_message(values, found)
        return found

    def judge_recipient(self, row: Row, parts: int) -> Judgement:
        """Work out what is wrong with a row's recipient, where nothing else is."""
        found = Judgement(parts=parts)
        self._judge_recipient(row, found)
        if found.missing:
            found.flags |= report.MISSING_DATA
        return found

    def _judge_address(self, row: Row, values: Columns, found: Judgement) -> None:
        found.address_error = address_error(self.address(row))
        if found.address_error:
            found.flags |= report.BAD_RECIPIENT
        if self._has_qr_codes:
            letter = LetterMessage(self.template.heading, self.template.body, values)
            if letter.too_long_qr_code is not None:
                found.flags |= report.BAD_QR_CODE

    def _judge_recipient(self, row: Row, found: Judgement) -> None:
        value = self.value(self.recipient_positions[0], row)
        if value is None:
            if not self.is_ambiguous:
                found.missing |= self.template.recipient_keys
            return
        found.recipient = read_recipient(self.template.kind, str(value), self.limits)
        if found.recipient.error:
            found.flags |= report.BAD_RECIPIENT
        elif found.recipient.is_one_digit_too_long:
            found.flags |= report.ONE_DIGIT_TOO_LONG

    def _judge_message(self, values: Columns, found: Judgement) -> None:
        body, is_too_long = self.template.body, False
        if self.template.kind == "sms":
            message = self.template.text_message(values)
            found.parts, is_too_long = message.parts, message.is_too_long
            if message.is_lengthened:
                letters = message.ucs2_characters
                found.lengthening = [c for c in letters if c not in self._static]
        elif self.template.kind == "email":
            text = body.plain(values)
            is_too_long = len(text.encode(errors="replace")) > _EMAIL_LIMIT
        if is_too_long:
            found.flags |= report.TOO_LONG
        if not self.always_has_words and not strip_whitespace(body.plain(values)):
            found.flags |= report.EMPTY


def _positions(
    headings: list[str], recipient_keys: frozenset[str]
) -> dict[str, list[int]]:
    """Map column keys to positions: a heading repeated exactly makes a list, one
    spelt another way takes the place of those before it."""
    found: dict[str, tuple[str, list[int]]] = {}
    for position, heading in enumerate(headings):
        key = column_key(heading)
        if key in found and found[key][0] == heading and key not in recipient_keys:
            found[key][1].append(position)
        else:
            found[key] = (heading, [position])
    return {key: positions for key, (_heading, positions) in found.items()}
