"""An e-mail: subject and body as the recipient sees them."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.utils.safestring import SafeString

from portal.messages.columns import Columns
from portal.messages.fields import Content, Field, Segment, Values, is_true
from portal.messages.markdown import protected, rendered, revealed, typographic
from portal.messages.text import escape, listed, sentence_list, strip_whitespace

SIZE_LIMIT = 2_000_000
# Stand-ins for placeholders without a value while the markdown is read.
_OPEN = 0xE000
_LEADING_MARKUP = "#*-_^•+>=0123456789 \t"
_ALWAYS_PROTECTED = {ord(character): protected(character) for character in "[]\\\n"}


class EmailMessage:
    """An e-mail template filled with one set of values."""

    def __init__(
        self, subject: str | Content, content: str | Content, values: Values = None
    ) -> None:
        self.subject = subject if isinstance(subject, Content) else Content(subject)
        self.content = content if isinstance(content, Content) else Content(content)
        self.values = Columns(values)

    @cached_property
    def size_bytes(self) -> int:
        """How large the body is once filled in."""
        text = self.content.plain(self.values, markdown_lists=True)
        return len(text.encode(errors="replace"))

    @property
    def is_too_long(self) -> bool:
        return self.size_bytes > SIZE_LIMIT

    @property
    def is_empty(self) -> bool:
        return not strip_whitespace(self.content.plain(self.values))

    def subject_html(self, *, redact: bool = False) -> SafeString:
        """Return the subject with highlighted placeholders."""
        return SafeString(
            "".join(
                typographic(part.text) if part.kind == "text" else part.html()
                for part in self.subject.segments(self.values, redact=redact)
            )
        )

    def html(self, *, redact: bool = False) -> SafeString:
        """Return the body as HTML; a value never becomes markup, but for bullets."""
        return markdown_html(self.content, self.values, redact=redact)


def markdown_html(
    content: Content, values: Columns, *, redact: bool = False
) -> SafeString:
    """Render a body in the platform's markdown with its placeholders."""
    unfilled: list[Field] = []
    pieces = []
    for part in content.parts:
        if isinstance(part, str):
            pieces.append(part)
        elif (value := values.get(part.key)) is not None:
            pieces.append(_filled(part, value))
        elif len(unfilled) < 0x1000:
            pieces.append(chr(_OPEN + len(unfilled)))
            unfilled.append(part)
    html = revealed(rendered("".join(pieces)))
    for number, field in enumerate(unfilled):
        html = html.replace(chr(_OPEN + number), _mark(field, redact))
    return SafeString(html)


def _mark(field: Field, redact: bool) -> str:
    name = escape(field.name)
    if redact:
        return Segment("hidden", "").html()
    if field.text is None:
        return Segment("placeholder", "", name).html()
    return Segment("conditional", escape(field.text), name).html()


def _filled(field: Field, value: Any) -> str:
    if field.text is not None:
        return field.text if is_true(value) else ""
    if isinstance(value, list | tuple):
        if len(items := listed(value)) == len(value) > 0:
            return "\n\n" + "\n".join(f"* {_inert(item)}" for item in items)
        return _inert(sentence_list(value))
    return _inert(str(value))


def _inert(value: str) -> str:
    """Keep a person's words from being read as markup."""
    stripped = value.lstrip(_LEADING_MARKUP)
    leading = "".join(protected(c) for c in value[: len(value) - len(stripped)])
    return leading + stripped.replace("\r\n", "\n").translate(_ALWAYS_PROTECTED)
