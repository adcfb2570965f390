"""One face for the three kinds of message template."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from portal.messages.columns import column_key
from portal.messages.fields import Content, Values
from portal.messages.sms import TextMessage

Kind = Literal["sms", "email", "letter"]

RECIPIENT_COLUMNS: dict[Kind, tuple[str, ...]] = {
    "sms": ("phone number",),
    "email": ("email address",),
    # The postcode may stand in a column of its own; it comes before line 7 then.
    "letter": (
        *(f"address line {number}" for number in range(1, 7)),
        "postcode",
        "address line 7",
    ),
}
ADDRESS_LINES = tuple(f"address line {number}" for number in range(1, 8))
_ADDRESS_KEYS = frozenset(column_key(name) for name in RECIPIENT_COLUMNS["letter"])


@dataclass(frozen=True)
class MessageTemplate:
    """What a template says, whatever its kind.

    `prefix` is the name that a service puts before its text messages, if it does. A letter
    may have a block that says who it is from, the same words in Welsh before it, and pages
    of a file attached.
    """

    kind: Kind
    content: str
    subject: str = ""
    prefix: str = ""
    contact_block: str = ""
    welsh_subject: str = ""
    welsh_content: str = ""
    attached_pages: int = 0

    @cached_property
    def body(self) -> Content:
        return Content(self.content)

    @cached_property
    def heading(self) -> Content:
        return Content(self.subject if self.kind != "sms" else "")

    @cached_property
    def placeholders(self) -> list[str]:
        """The names to fill in: of the subject first, then of the content.

        Those of a letter's contact block and of its Welsh words come before.
        """
        names: dict[str, str] = {}
        for content in self.contents:
            for name in content.placeholders:
                names.setdefault(column_key(name), name)
        return list(names.values())

    @cached_property
    def contents(self) -> list[Content]:
        """All texts with placeholders, in the order in which these are asked for."""
        above = (self.contact_block, self.welsh_subject, self.welsh_content)
        return [*map(Content, filter(None, above)), self.heading, self.body]

    def shown_if_yes(self, name: str) -> list[str]:
        """The words that a placeholder shows or hides; none where its value is shown."""
        key = column_key(name)
        uses = [f for content in self.contents for f in content.fields if f.key == key]
        words = [field.text for field in uses if field.text is not None]
        return words if len(words) == len(uses) else []

    @property
    def recipient_columns(self) -> tuple[str, ...]:
        """The columns that say whom a message goes to."""
        return RECIPIENT_COLUMNS[self.kind]

    @cached_property
    def recipient_keys(self) -> frozenset[str]:
        return frozenset(column_key(name) for name in self.recipient_columns)

    def has_recipient_columns(self, keys: frozenset[str] | set[str]) -> bool:
        """Say whether columns of these keys are enough to address a message."""
        if self.kind == "letter":
            return len(_ADDRESS_KEYS & keys) >= 3
        return self.recipient_keys <= keys

    def example_columns(self) -> list[str]:
        """The headings of a spreadsheet that fits this template."""
        named = [
            name
            for name in self.placeholders
            if column_key(name) not in self.recipient_keys
        ]
        if self.kind == "letter":
            return [*ADDRESS_LINES, *named]
        return [*self.recipient_columns, *named]

    def text_message(self, values: Values = None) -> TextMessage:
        """Fill in a text message."""
        return TextMessage(self.body, prefix=self.prefix, values=values)
