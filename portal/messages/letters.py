"""A letter: its words, and what its pages say where no preview of them is at hand."""

from __future__ import annotations

from django.utils.safestring import SafeString

from portal.messages.columns import Columns
from portal.messages.email import heading_html
from portal.messages.fields import Content, Values
from portal.messages.markdown.blocks import read_document
from portal.messages.markdown.letter import LetterWriter
from portal.messages.postal_addresses import PostalAddress
from portal.messages.stand_ins import Filled
from portal.messages.templates import RECIPIENT_COLUMNS
from portal.messages.text import escape
from portal.messages.typography import typographic


class LetterMessage:
    """A letter template filled with one set of values."""

    def __init__(
        self, heading: str | Content, content: str | Content, values: Values = None
    ) -> None:
        self.heading = heading if isinstance(heading, Content) else Content(heading)
        self.content = content if isinstance(content, Content) else Content(content)
        self.values = Columns(values)

    def address_lines(self) -> list[SafeString]:
        """Return the recipient's address line by line, or placeholders for it."""
        columns = RECIPIENT_COLUMNS["letter"]
        given = [self.values.get(column) for column in columns]
        if any(given):
            lines = PostalAddress(str(line) for line in given if line).lines
            return [SafeString(escape(line)) for line in lines]
        return [Content(f"(({column}))").html() for column in columns]

    def heading_html(self, *, redact: bool = False) -> SafeString:
        """Return the heading with highlighted placeholders."""
        return heading_html(self.heading, self.values, redact=redact)

    def html(self, *, redact: bool = False) -> SafeString:
        """Return the body as HTML."""
        body = Filled(self.content, self.values, redact=redact)
        written = LetterWriter(read_document(body.text), str).written()
        return SafeString(body.html(typographic(body.restored(written))))
