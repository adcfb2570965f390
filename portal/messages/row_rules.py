"""What is right and wrong in one row of a spreadsheet, worked out once per column."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from portal.messages.columns import Columns, column_key
from portal.messages.email_addresses import InvalidEmailAddress, parse_email_address
from portal.messages.phone_numbers import (
    MESSAGES,
    InvalidPhoneNumber,
    parse_phone_number,
)
from portal.messages.postal_addresses import PostalAddress
from portal.messages.recipients import Limits
from portal.messages.spreadsheet import Row
from portal.messages.text import INVISIBLE, strip_whitespace

if TYPE_CHECKING:
    from portal.messages.templates import MessageTemplate

_INVISIBLE = str.maketrans("", "", INVISIBLE + "\u2028\u2029")
_EMAIL_LIMIT = 2_000_000

Value = str | list[str | None] | None


def clean(cell: str) -> str:
    """Return a cell's text without surrounding and invisible characters."""
    if cell.isascii():
        return cell.strip()
    return strip_whitespace(cell.translate(_INVISIBLE))


@dataclass
class Problems:
    """What is wrong in one row."""

    bad_recipient: str = ""
    bad_address: bool = False
    recipient_keys: frozenset[str] = frozenset()
    missing: set[str] = field(default_factory=set)
    too_long: bool = False
    empty: bool = False

    @property
    def problems(self) -> tuple[str, ...]:
        """The names of the lists in the report that hold this row."""
        found = {
            "bad_recipients": bool(self.bad_recipient) or self.bad_address,
            "missing_data": bool(self.missing),
            "too_long": self.too_long,
            "empty": self.empty,
        }
        return tuple(name for name, wrong in found.items() if wrong)

    def cell_error(self, key: str) -> str:
        """Return the words above a cell."""
        if key in self.missing:
            return _("Missing")
        return self.bad_recipient if key in self.recipient_keys else ""

    @property
    def message_error(self) -> str:
        """Return what is wrong with the message, or the address, as a whole."""
        if self.bad_address:
            return _("Not a valid address")
        if self.too_long:
            return _("Message is too long")
        return _("Message is empty") if self.empty else ""


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
        self.is_ambiguous = any(
            keys.count(key) > 1 for key in keys if key in template.recipient_keys
        )
        static = "".join(part for part in template.body.parts if isinstance(part, str))
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
        return found if any(found) else None

    def values(self, row: Row) -> dict[str, Any]:
        """Return a row's values by column key."""
        return {
            key: self.value(positions, row) for key, positions in self.positions.items()
        }

    def recipient(self, values: dict[str, Any]) -> Any:
        """Return whom the row is for: a text, or the lines of an address."""
        found = [
            values.get(column_key(name)) for name in self.template.recipient_columns
        ]
        return found if self.template.kind == "letter" else found[0]

    def address_lines(self, row: Row) -> list[str]:
        """Return the lines of a row's postal address."""
        lines = [self.value(place, row) for place in self.recipient_positions if place]
        return [line for line in lines if isinstance(line, str)]

    def problems(self, row: Row) -> Problems:
        """Work out everything that is wrong with one row, to be shown."""
        found = Problems(recipient_keys=self.template.recipient_keys)
        for key, positions in self.needed.items():
            if self.value(positions, row) is None:
                found.missing.add(key)
        if self.template.kind == "letter":
            found.bad_address = not self.address(row).is_valid
        elif self.recipient_positions[0]:
            value = self.value(self.recipient_positions[0], row)
            if value is None and not self.is_ambiguous:
                found.missing |= self.template.recipient_keys
            elif value is not None:
                found.bad_recipient = self._recipient_error(str(value))
        values = Columns(self.values(row))
        found.too_long = self.is_too_long(values)
        found.empty = self.is_empty(values)
        return found

    def _recipient_error(self, value: str) -> str:
        try:
            _recipient, _abroad, code = self.parse(value)
        except (InvalidPhoneNumber, InvalidEmailAddress) as error:
            return error.message
        return str(MESSAGES[code]) if code else ""

    def address(self, row: Row) -> PostalAddress:
        return PostalAddress(
            self.address_lines(row),
            allow_international=self.limits.allow_international_letters,
        )

    def parse(self, value: str) -> tuple[str, bool, str]:
        """Return the recipient in its normal form, whether it is abroad, and the
        code of why the service may not send there."""
        if self.template.kind != "sms":
            return parse_email_address(value).lower(), False, ""
        number = parse_phone_number(value)
        code = number.refusal(
            international=self.limits.allow_international_sms,
            landline=self.limits.allow_sms_to_uk_landline,
        )
        return number.normalised, not number.is_uk, code

    def is_too_long(self, values: Columns) -> bool:
        if self.template.kind == "sms":
            return self.template.text_message(values).is_too_long
        if self.template.kind == "email":
            text = self.template.body.plain(values)
            return len(text.encode(errors="replace")) > _EMAIL_LIMIT
        return False

    def is_empty(self, values: Columns) -> bool:
        if self.always_has_words:
            return False
        return not strip_whitespace(self.template.body.plain(values))


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
