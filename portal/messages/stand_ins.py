"""Characters that stand in for parts of a message while its markup is read.

Fields without a value, and characters of a value that would be markup, are put into the
text as characters of Unicode's private use, which no rule of the markup knows.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from portal.messages.columns import Columns
from portal.messages.fields import Content, Field, Segment, filled, is_list, unfilled
from portal.messages.text import escape, listed

_FIELDS, _LAST_FIELD = 0xE000, 0xEFFF
_CHARACTERS = 0xF0000
_FIELD = re.compile(f"[{chr(_FIELDS)}-{chr(_LAST_FIELD)}]")
_CHARACTER = re.compile(f"[{chr(_CHARACTERS)}-{chr(_CHARACTERS + 0x2FFF)}]")
# What starts a block where it starts a line, and what is markup wherever it stands.
_LINE_MARKUP = re.compile(
    r"^[ \t]*(?:(?:[#*\-_^•+=~]|\d*\.)[ \t]*)+|^(?: {4}|[ ]*\t)(?=[ \t]*\S)",
    re.MULTILINE,
)
_ANYWHERE = {ord(c): chr(_CHARACTERS + ord(c)) for c in "[]!\\`|"}


class Filled:
    """A message's escaped text with its values; fields without one are stood in for.

    Where the text `is_markup`, lists of values become bullets and no other value does
    anything but stand there. Without `is_html` nothing is escaped.
    """

    def __init__(
        self,
        content: Content,
        values: Columns,
        *,
        redact: bool = False,
        is_markup: bool = True,
        is_html: bool = True,
    ) -> None:
        self.fields: list[Field] = []
        self.redact = redact
        self.is_markup = is_markup
        self.escape = escape if is_html else str
        self.text = "".join(
            part if isinstance(part, str) else self._part(part, values)
            for part in (content.html_parts if is_html else content.parts)
        )

    def _part(self, field: Field, values: Columns) -> str:
        value = dict.get(values, field.key)
        if value is not None:
            return self._value(field, value)
        if len(self.fields) > _LAST_FIELD - _FIELDS:
            return field.source
        self.fields.append(field)
        stand_in = chr(_FIELDS + len(self.fields) - 1)
        if field.text is None or self.redact:
            return stand_in
        return f"{stand_in}{field.text}))"

    def _value(self, field: Field, value: Any) -> str:
        if field.text is not None:
            return filled(field, value)
        if not self.is_markup:
            return self.escape(filled(field, value))
        if not is_list(value):
            return self._inert(str(value))
        items = "\n".join(f"* {self._inert(item)}" for item in listed(value))
        return f"\n\n{items}" if items else ""

    def _inert(self, value: str) -> str:
        """Keep a person's words from being read as markup."""
        value = self.escape(value.replace("\r\n", "\n").replace("\r", "\n"))
        return _LINE_MARKUP.sub(_protected, value).translate(_ANYWHERE)

    def restored(self, text: str) -> str:
        """Put back the characters of values that were stood in for."""
        return _CHARACTER.sub(lambda match: self._character(match[0]), text)

    def _character(self, stand_in: str) -> str:
        return self.escape(chr(ord(stand_in) - _CHARACTERS))

    def has_open_field(self, text: str) -> bool:
        """Say whether a field without a value is stood in for in a text."""
        return bool(self.fields) and _FIELD.search(text) is not None

    def html(self, text: str) -> str:
        """Put back the fields, highlighted."""
        return self._revealed(
            text, lambda field: unfilled(field, self.redact).opening_html
        )

    def address(self, text: str) -> str:
        """Return an address as it is, with open fields as they are written."""
        return self._revealed(self.restored(text), lambda field: field.source)

    def _revealed(self, text: str, shown: Callable[[Field], str]) -> str:
        if not self.fields:
            return text
        return _FIELD.sub(lambda match: self._shown(match[0], shown), text)

    def _shown(self, stand_in: str, shown: Callable[[Field], str]) -> str:
        number = ord(stand_in) - _FIELDS
        return shown(self.fields[number]) if number < len(self.fields) else stand_in

    def segments(self, text: str) -> list[Segment]:
        """Return the runs of a text and the fields between them."""
        segments = []
        position = 0
        for match in _FIELD.finditer(text):
            number = ord(match[0]) - _FIELDS
            if number >= len(self.fields):
                continue
            if match.start() > position:
                segments.append(Segment("text", text[position : match.start()]))
            position = match.end()
            segment = unfilled(self.fields[number], self.redact)
            if segment.kind == "conditional":
                end = text.find("))", position)
                segment = replace(segment, text=text[position:end])
                position = end + 2
            segments.append(segment)
        if position < len(text):
            segments.append(Segment("text", text[position:]))
        return segments


def _protected(match: re.Match[str]) -> str:
    return "".join(chr(_CHARACTERS + ord(character)) for character in match[0])


def first_characters(segments: list[Segment], limit: int) -> list[Segment]:
    """Return the runs that fit into so many characters, the last one cut short."""
    fitting = []
    for segment in segments:
        if limit <= 0:
            break
        if segment.kind == "text" and len(segment.text) > limit:
            segment = Segment("text", segment.text[:limit].rstrip())
        fitting.append(segment)
        limit -= len(segment.written)
    return fitting
