"""A text message: its words as sent, its parts, and what it looks like."""

from __future__ import annotations

import re
from functools import cached_property

from django.utils.safestring import SafeString

from portal.messages.fields import Content, Values
from portal.messages.links import linked
from portal.messages.sms_characters import (
    GSM_EXTENDED,
    UCS2,
    downgrade,
    downgraded,
    unsupported,
)
from portal.messages.text import escape, with_tidy_lines
from portal.messages.typography import without_space_before_punctuation

CHARACTER_LIMIT = 918
_GSM_PART, _GSM_PARTS = 160, 153
_UCS2_PART, _UCS2_PARTS = 70, 67

_NOT_PLAIN = re.compile(r"[^\n\r\x1b -_a-~]")
# Stands for a field while white space is tidied, and is nothing in the end.
_EMPTY_FIELD = "\uf8ff"
_TWO_PLACES = re.compile("[" + re.escape("".join(sorted(GSM_EXTENDED))) + "]")
_NEEDS_UCS2 = re.compile("[" + "".join(sorted(UCS2)) + "]")


def _is_tidy(text: str) -> bool:
    """Say whether a text is sent as it is written, as most are."""
    return (
        text.isascii()
        and text.isprintable()
        and "`" not in text
        and "  " not in text
        and " ," not in text
        and " ." not in text
        and text[:1] != " "
        and text[-1:] != " "
    )


def part_count(length: int, doubled: int, needs_ucs2: bool) -> int:
    """Return how many parts a message of so many places is charged as."""
    single, joined = (
        (_UCS2_PART, _UCS2_PARTS) if needs_ucs2 else (_GSM_PART, _GSM_PARTS)
    )
    places = length if needs_ucs2 else length + doubled
    return 1 if places <= single else -(-places // joined)


class TextMessage:
    """A text message template filled with one set of values.

    `prefix` is the service's name where the service puts it before its messages.
    Without any values every placeholder counts as empty.
    """

    def __init__(
        self,
        content: str | Content,
        *,
        prefix: str | None = None,
        values: Values = None,
    ) -> None:
        self.content = content if isinstance(content, Content) else Content(content)
        self.prefix = prefix or ""
        self.values = values

    @property
    def written(self) -> str:
        """The message with its white space tidied, before characters are downgraded."""
        return self._texts[0]

    @property
    def text(self) -> str:
        """The message as it is sent."""
        return self._texts[1]

    @cached_property
    def _texts(self) -> tuple[str, str]:
        values = self.values or dict.fromkeys(self.content.keys, _EMPTY_FIELD)
        text = self.content.plain(values)
        if self.prefix:
            text = f"{self.prefix.strip()}: {text}"
        if _is_tidy(text):
            return text, text
        text = with_tidy_lines(without_space_before_punctuation(text))
        if not self.values:
            text = text.replace(_EMPTY_FIELD, "")
        return text, downgrade(text)

    @property
    def length(self) -> int:
        """How many characters the message has, prefix included."""
        return len(self.text)

    @property
    def length_without_prefix(self) -> int:
        """How many characters of the message are the writer's own."""
        if not self.prefix:
            return self.length
        return max(self.length - len(downgrade(self.prefix)) - len(": "), 0)

    @property
    def doubled_count(self) -> int:
        """How many characters take two places in a GSM message."""
        return len(_TWO_PLACES.findall(self.written))

    @property
    def needs_ucs2(self) -> bool:
        """Whether letters outside GSM make the parts of this message shorter."""
        return _NEEDS_UCS2.search(self.written) is not None

    @property
    def ucs2_characters(self) -> list[str]:
        """The letters that make the parts shorter."""
        return sorted(set(self.written) & UCS2)

    @property
    def parts(self) -> int:
        """How many text messages this is charged as."""
        return part_count(self.length, self.doubled_count, self.needs_ucs2)

    @property
    def is_lengthened(self) -> bool:
        """Whether it has more parts for letters outside GSM."""
        if not self.needs_ucs2:
            return False
        return self.parts > part_count(self.length, self.doubled_count, False)

    @property
    def places_in_last_part(self) -> int:
        """How many places of the last part are taken."""
        places = self.length + (0 if self.needs_ucs2 else self.doubled_count)
        if self.parts == 2:
            return places - (_UCS2_PART if self.needs_ucs2 else _GSM_PART)
        joined = _UCS2_PARTS if self.needs_ucs2 else _GSM_PARTS
        return places - (self.parts - 1) * joined

    @property
    def unsupported_characters(self) -> list[str]:
        """Characters of the template that would be sent as `?`."""
        return unsupported(self.content.text)

    @property
    def over_limit_by(self) -> int:
        """How many characters are too many; 0 when none are."""
        return max(self.length_without_prefix - CHARACTER_LIMIT, 0)

    @property
    def is_too_long(self) -> bool:
        return self.over_limit_by > 0

    @property
    def is_empty(self) -> bool:
        return self.length_without_prefix == 0

    def preview(
        self, *, redact: bool = False, is_downgraded: bool = True
    ) -> SafeString:
        """Return the inside of the bubble: links and highlighted placeholders."""
        segments = self.content.segments(self.values, redact=redact)
        html = "".join(segment.html() for segment in segments)
        if self.prefix:
            html = f"{escape(self.prefix).strip()}: {html}"
        html = without_space_before_punctuation(html)
        if is_downgraded:
            # One by one, as some come down to a < or > that nothing escapes later.
            html = _NOT_PLAIN.sub(lambda found: escape(downgraded(found[0])), html)
        return SafeString(linked(with_tidy_lines(html).replace("\n", "<br>")))
