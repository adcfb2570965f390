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
from portal.messages.text import escape, strip_whitespace

CHARACTER_LIMIT = 918
_GSM_PART, _GSM_PARTS = 160, 153
_UCS2_PART, _UCS2_PARTS = 70, 67

# The look-behinds keep long runs of spaces from being read again from each of them.
_BEFORE_PUNCTUATION = re.compile(r"(?<![ \t])[ \t]+([,.](?=\s|$|<|[^.]))")
_AROUND_NEWLINE = re.compile(r"(?<![ \t])[ \t]*\n[ \t]*")
_NOT_PLAIN = re.compile(r"[^\n\r\x1b -_a-~]")
_WIDE_SPACE = re.compile(r"[\u2000-\u200a\u205f\u3000]")
_NEWLINES = re.compile(r"\n{3,}")
_SPACES = re.compile(r"[ \t]{2,}")
_UNTIDY = re.compile(r"[ \t][ \t,.\n]|\n|\t")
_TWO_PLACES = re.compile("[" + re.escape("".join(sorted(GSM_EXTENDED))) + "]")
_NEEDS_UCS2 = re.compile("[" + "".join(sorted(UCS2)) + "]")


def tidied(text: str) -> str:
    """Downgrade characters and tidy white space, as the platform does on sending."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if _UNTIDY.search(text):
        text = _BEFORE_PUNCTUATION.sub(r"\1", text)
    if not text.isascii():
        text = _WIDE_SPACE.sub(" ", text)
    text = downgrade(text)
    if _UNTIDY.search(text):
        text = _SPACES.sub(" ", text)
        text = _AROUND_NEWLINE.sub("\n", text)
        text = _NEWLINES.sub("\n\n", text)
    return strip_whitespace(text)


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
        self.prefix = downgrade(strip_whitespace(prefix)) if prefix else ""
        self.values = values

    @cached_property
    def text(self) -> str:
        """The message as it is sent."""
        text = tidied(self._with_prefix(self.content.plain(self.values)))
        if not self.values:
            for field in self.content.fields:
                text = text.replace(tidied(field.source), "")
        return text

    def _with_prefix(self, text: str) -> str:
        return f"{self.prefix}: {text}" if self.prefix else text

    @cached_property
    def length(self) -> int:
        """How many characters the message has, prefix included."""
        return len(self.text)

    @property
    def length_without_prefix(self) -> int:
        """How many characters of the message are the writer's own."""
        return max(self.length - len(self._with_prefix("")), 0)

    @property
    def doubled_count(self) -> int:
        """How many characters take two places in a GSM message."""
        return len(_TWO_PLACES.findall(self.text))

    @property
    def needs_ucs2(self) -> bool:
        """Whether letters outside GSM make the parts of this message shorter."""
        return _NEEDS_UCS2.search(self.text) is not None

    @property
    def ucs2_characters(self) -> list[str]:
        """The letters that make the parts shorter."""
        return sorted(set(self.text) & UCS2)

    @property
    def parts(self) -> int:
        """How many text messages this is charged as."""
        return part_count(self.length, self.doubled_count, self.needs_ucs2)

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

    def preview(self, *, redact: bool = False) -> SafeString:
        """Return the inside of the bubble: links and highlighted placeholders."""
        html = "".join(
            linked(tidied_html(segment.html()))
            if segment.kind == "text"
            else segment.html()
            for segment in self.content.segments(self.values, redact=redact)
        )
        html = self._with_prefix_html(html)
        return SafeString(_NEWLINES.sub("\n\n", html).strip().replace("\n", "<br>"))

    def _with_prefix_html(self, html: str) -> str:
        return f"{escape(self.prefix)}: {html}" if self.prefix else html


def tidied_html(html: str) -> str:
    """Downgrade and tidy escaped text between two placeholders, keeping its ends."""
    html = html.replace("\r\n", "\n").replace("\r", "\n")
    html = _BEFORE_PUNCTUATION.sub(r"\1", html)
    # One by one, as some characters come down to a < or > that nothing escapes later.
    html = _NOT_PLAIN.sub(lambda found: escape(downgraded(found[0])), html)
    return _NEWLINES.sub("\n\n", _AROUND_NEWLINE.sub("\n", _SPACES.sub(" ", html)))
