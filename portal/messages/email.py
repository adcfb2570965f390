"""An e-mail: subject and body as the recipient sees them."""

from __future__ import annotations

import re
from functools import cached_property

from django.utils.safestring import SafeString

from portal.messages.columns import Columns, column_key
from portal.messages.fields import Content, Segment, Values
from portal.messages.markdown.blocks import read_document
from portal.messages.markdown.document import Document
from portal.messages.markdown.html import HtmlWriter
from portal.messages.markdown.plain import PlainWriter, PreheaderWriter
from portal.messages.skeletons import skeletons_of
from portal.messages.stand_ins import Filled, first_characters
from portal.messages.text import unescape, with_single_spaces
from portal.messages.typography import typographic

SIZE_LIMIT = 2_000_000
PREHEADER_LENGTH = 256

# The platform's own name is no link, though mail programs would make it one.
_UNLINKED = re.compile(r"((?:^|\s)[#*^]?gov)\.(uk)(?![/?#])", re.IGNORECASE)
_UNSUPPORTED = str.maketrans("", "", "\u2028\u3164")
# What the platform writes itself, whatever the language of the message.
_UNSUBSCRIBE = "Unsubscribe from these emails"


class EmailMessage:
    """An e-mail template filled with one set of values."""

    def __init__(
        self,
        subject: str | Content,
        content: str | Content,
        values: Values = None,
        *,
        unsubscribe_link: str | None = None,
    ) -> None:
        self.subject = subject if isinstance(subject, Content) else Content(subject)
        self.content = content if isinstance(content, Content) else Content(content)
        self.values = values if isinstance(values, Columns) else Columns(values)
        self.unsubscribe_link = unsubscribe_link

    @cached_property
    def placeholders(self) -> list[str]:
        """The names to fill in: of the subject first, then of the body."""
        names: dict[str, str] = {}
        for name in (*self.subject.placeholders, *self.content.placeholders):
            names.setdefault(column_key(name), name)
        return list(names.values())

    @property
    def missing(self) -> list[str]:
        """The names that have no value."""
        return [name for name in self.placeholders if self.values.get(name) is None]

    @cached_property
    def filled_in(self) -> str:
        """The body as the platform measures it."""
        return self.content.plain(self.values, markdown_lists=True).strip()

    @property
    def size_bytes(self) -> int:
        """How large the body is once filled in."""
        return len(self.filled_in.encode(errors="replace"))

    @property
    def character_count(self) -> int:
        """How many characters the body has once filled in."""
        return len(self.filled_in)

    @property
    def is_too_long(self) -> bool:
        return self.size_bytes > SIZE_LIMIT

    @property
    def is_empty(self) -> bool:
        """Whether values leave nothing; text around the fields always counts as some."""
        text = self.content.text
        if text.startswith("((") and text.endswith("))"):
            return not self.filled_in
        return not text

    def subject_html(self, *, redact: bool = False) -> SafeString:
        """Return the subject with highlighted placeholders."""
        return heading_html(self.subject, self.values, redact=redact)

    def subject_segments(self, *, redact: bool = False) -> list[Segment]:
        """Return the subject as plain text in runs."""
        subject = Filled(
            self.subject, self.values, redact=redact, is_markup=False, is_html=False
        )
        return subject.segments(with_single_spaces(typographic(subject.text)))

    def html(self, *, redact: bool = False) -> SafeString:
        """Return the body as HTML; a value never becomes markup, but for bullets."""
        if redact or self.unsubscribe_link:
            return SafeString(self._written(self.values, redact=redact))
        skeletons = skeletons_of(self.content)
        return SafeString(skeletons.html(self.values, self._written))

    def _written(self, values: Columns, *, redact: bool = False) -> str:
        body = Filled(self._body, values, redact=redact)
        written = HtmlWriter(_document(body), body.address).written()
        return body.html(typographic(body.restored(written)))

    def plain_text(self) -> str:
        """Return the body for those who read no HTML; open fields stay as written."""
        return "".join(segment.written for segment in self.plain_segments())

    def plain_segments(self) -> list[Segment]:
        """Return the plain text in runs, with fields that have no value apart."""
        body = Filled(self._body, self.values, is_html=False)
        written = PlainWriter(_document(body)).written()
        text = unescape(typographic(body.restored(written)))
        return body.segments(f"{text.lstrip()}\n")

    def preheader(self, *, redact: bool = False) -> list[Segment]:
        """Return, as escaped runs, the words that an inbox shows after the subject."""
        body = Filled(self.content, self.values, redact=redact)
        written = PreheaderWriter(_document(body)).written()
        text = " ".join(typographic(body.restored(written)).split())
        return first_characters(body.segments(text), PREHEADER_LENGTH)

    @cached_property
    def _body(self) -> Content:
        if not self.unsubscribe_link:
            return self.content
        link = f"[{_UNSUBSCRIBE}]({self.unsubscribe_link})"
        return Content(f"{self.content.text}\n\n---\n\n{link}")


def heading_html(
    heading: Content, values: Columns, *, redact: bool = False
) -> SafeString:
    """Return one line of text as HTML, set as in print."""
    line = Filled(heading, values, redact=redact, is_markup=False)
    return SafeString(line.html(with_single_spaces(typographic(line.text))))


def _document(body: Filled) -> Document:
    text = _UNLINKED.sub("\\1.\u200b\\2", body.text)
    return read_document(text.translate(_UNSUPPORTED))
