"""Placeholders in a message: `((name))` and `((name??shown if name is yes))`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from typing import Any, Literal

from django.utils.safestring import SafeString

from portal.messages.columns import Columns, column_key
from portal.messages.text import bullet_list, escape, sentence_list

_FIELD = re.compile(r"\(\(([^()]+)\)\)")
_TRUE = {"yes", "y", "true", "t", "1", "include", "show"}
_HIDDEN_HTML = '<mark class="placeholder placeholder--hidden">hidden</mark>'

Kind = Literal["text", "placeholder", "conditional", "hidden"]
Values = Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Field:
    """One placeholder as written in a message."""

    name: str
    key: str
    text: str | None
    source: str

    @property
    def is_conditional(self) -> bool:
        return self.text is not None

    @classmethod
    def parse(cls, source: str) -> Field:
        """Read the words between the double brackets."""
        name, found, text = source[2:-2].partition("??")
        key = column_key(unescape(name) if "&" in name else name)
        return cls(name, key, text if found else None, source)


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of rendered text (escaped for HTML), or a field without a value."""

    kind: Kind
    text: str
    name: str = ""

    @property
    def written(self) -> str:
        """The segment as plain text, a field as it is written in the template."""
        if self.kind == "text":
            return self.text
        if self.kind == "hidden":
            return "[hidden]"
        condition = f"??{self.text}" if self.kind == "conditional" else ""
        return f"(({self.name}{condition}))"

    @property
    def opening_html(self) -> str:
        """The highlighted name of a field; what shows on a condition follows it."""
        if self.kind == "hidden":
            return _HIDDEN_HTML
        if self.kind == "placeholder":
            return f'<mark class="placeholder">(({self.name}))</mark>'
        return (
            f'<mark class="placeholder placeholder--conditional">(({self.name}??</mark>'
        )

    def html(self, *, brackets: bool = True) -> str:
        """Return the segment as HTML, with fields highlighted."""
        if self.kind == "text":
            return self.text
        if self.kind == "conditional":
            return f"{self.opening_html}{self.text}))"
        if self.kind == "placeholder" and not brackets:
            return f'<mark class="placeholder">{self.name}</mark>'
        return self.opening_html


def is_list(value: Any) -> bool:
    """Say whether a value is several values, shown as a list."""
    return isinstance(value, list | tuple)


def is_true(value: Any) -> bool:
    """Say whether a conditional field's value means yes."""
    if is_list(value):
        value = sentence_list(value)
    return str(value).lower() in _TRUE


class Content:
    """A message's text with its placeholders, read once and filled many times."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.parts = _split(text)
        self.fields = [part for part in self.parts if isinstance(part, Field)]

    @cached_property
    def html_parts(self) -> list[str | Field]:
        """The parts escaped for HTML; brackets typed as entities are brackets here."""
        html = escape(self.text)
        return self.parts if html == self.text else _split(html)

    @cached_property
    def placeholders(self) -> list[str]:
        """The distinct names in order of first appearance, as first written."""
        names: dict[str, str] = {}
        for field in self.fields:
            names.setdefault(field.key, field.name)
        return list(names.values())

    @cached_property
    def keys(self) -> frozenset[str]:
        """The names in the form in which columns are matched."""
        return frozenset(field.key for field in self.fields)

    def missing(self, values: Values) -> list[str]:
        """Return the placeholders that have no value."""
        given = Columns(values)
        return [name for name in self.placeholders if given.get(name) is None]

    def additional(self, values: Values) -> list[str]:
        """Return the given names that no placeholder uses."""
        given: dict[str, str] = {}
        for name in values or {}:
            given.setdefault(column_key(name), name)
        return sorted(name for key, name in given.items() if key not in self.keys)

    def plain(
        self,
        values: Values = None,
        *,
        redact: bool = False,
        brackets: bool = True,
        markdown_lists: bool = False,
    ) -> str:
        """Fill in the values without any escaping; what has none stays as written."""
        given = _by_key(values)
        pieces = []
        for part in self.parts:
            if isinstance(part, str):
                pieces.append(part)
                continue
            value = given.get(part.key)
            if type(value) is str and part.text is None:
                pieces.append(value)
            else:
                pieces.append(_plain(part, value, redact, brackets, markdown_lists))
        return "".join(pieces)

    def segments(
        self,
        values: Values = None,
        *,
        redact: bool = False,
        markdown_lists: bool = False,
    ) -> list[Segment]:
        """Fill in the values, escaped for HTML; fields without one stand alone."""
        given = _by_key(values)
        found: list[Segment] = []
        run: list[str] = []
        for part in self.html_parts:
            if isinstance(part, str):
                run.append(part)
                continue
            value = given.get(part.key)
            if value is not None:
                text = filled(part, value, markdown_lists=markdown_lists)
                run.append(escape(text) if part.text is None else text)
                continue
            if text := "".join(run):
                found.append(Segment("text", text))
            run = []
            found.append(unfilled(part, redact))
        if text := "".join(run):
            found.append(Segment("text", text))
        return found

    def html(
        self,
        values: Values = None,
        *,
        redact: bool = False,
        brackets: bool = True,
        markdown_lists: bool = False,
    ) -> SafeString:
        """Return escaped HTML with `<mark class="placeholder">` around open fields."""
        segments = self.segments(values, redact=redact, markdown_lists=markdown_lists)
        return SafeString("".join(part.html(brackets=brackets) for part in segments))


def _by_key(values: Values) -> dict[str, Any]:
    """Return values by the keys that fields have; quicker to look into than Columns."""
    if values is None:
        return {}
    if isinstance(values, Columns):
        return dict(values)
    return {column_key(name): value for name, value in values.items()}


def _split(text: str) -> list[str | Field]:
    parts: list[str | Field] = []
    position = 0
    for match in _FIELD.finditer(text):
        if match.start() > position:
            parts.append(text[position : match.start()])
        parts.append(Field.parse(match.group()))
        position = match.end()
    if position < len(text):
        parts.append(text[position:])
    return parts


def filled(field: Field, value: Any, *, markdown_lists: bool = False) -> str:
    """Return what stands in place of a field that has a value; nothing is escaped."""
    if field.text is not None:
        return field.text if is_true(value) else ""
    if is_list(value):
        return bullet_list(value) if markdown_lists else sentence_list(value)
    return str(value)


def _plain(
    field: Field, value: Any, redact: bool, brackets: bool, markdown_lists: bool
) -> str:
    if value is not None:
        return filled(field, value, markdown_lists=markdown_lists)
    if redact:
        return "[hidden]"
    return field.source if brackets or field.is_conditional else field.name


def unfilled(field: Field, redact: bool) -> Segment:
    """Return what stands in place of a field without a value."""
    if redact:
        return Segment("hidden", "")
    if field.text is not None:
        return Segment("conditional", field.text, field.name)
    return Segment("placeholder", "", field.name)
