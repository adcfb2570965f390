"""A letter: its words, and what its pages say where no preview of them is at hand."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property
from typing import Literal

from django.utils.safestring import SafeString

from portal.messages.columns import Columns, column_key
from portal.messages.email import heading_html
from portal.messages.fields import Content, Values
from portal.messages.formats.dates import date_of_letter
from portal.messages.letter_pages import estimated_pages
from portal.messages.markdown.blocks import read_document
from portal.messages.markdown.letter import LetterWriter
from portal.messages.postal_addresses import PostalAddress
from portal.messages.qr_codes import QR_CODE_LIMIT, qr_code_html
from portal.messages.stand_ins import Filled
from portal.messages.templates import ADDRESS_LINES
from portal.messages.text import escape
from portal.messages.typography import (
    typographic,
    with_unbroken_hyphens,
    without_space_before_punctuation,
)

# Characters of private use that stand for QR codes, so that nothing changes what they hold.
_CODES, _MOST_CODES = 0x100000, 0x1000
# More of them than pages have room for are shown by what they hold.
_MOST_DRAWN = 20

Language = Literal["english", "welsh"]


class LetterMessage:
    """A letter template filled with one set of values.

    In Welsh it has the heading and the words that the template keeps for that. `date` is
    when it is made: ISO text or a moment in UTC; today, if there is none.
    """

    def __init__(
        self,
        heading: str | Content,
        content: str | Content,
        values: Values = None,
        *,
        contact_block: str | None = None,
        welsh_heading: str | None = None,
        welsh_content: str | None = None,
        language: Language = "english",
        date: str | datetime | None = None,
    ) -> None:
        self.values = Columns(values)
        self.contact_block = Content((contact_block or "").strip())
        self.welsh = Content(welsh_heading or ""), Content(welsh_content or "")
        self.language = language
        self.made_at = date
        if language == "welsh":
            self.heading, self.content = self.welsh
        else:
            self.heading = heading if isinstance(heading, Content) else Content(heading)
            self.content = content if isinstance(content, Content) else Content(content)

    @cached_property
    def placeholders(self) -> list[str]:
        """The names to fill in: of the contact block first, of the words last."""
        names: dict[str, str] = {}
        for content in (self.contact_block, *self.welsh, self.heading, self.content):
            for name in content.placeholders:
                names.setdefault(column_key(name), name)
        return list(names.values())

    @property
    def missing(self) -> list[str]:
        """The names that have no value."""
        return [name for name in self.placeholders if self.values.get(name) is None]

    @property
    def character_count(self) -> int:
        """How many characters the words have once filled in."""
        return len(self.content.plain(self.values, markdown_lists=True).strip())

    @property
    def date(self) -> str:
        """The date as it is printed, in the letter's language."""
        return date_of_letter(self.made_at, is_welsh=self.language == "welsh")

    def address_lines(self) -> list[SafeString]:
        """Return the recipient's address line by line, or placeholders for it."""
        address = PostalAddress.from_columns(self.values)
        if address.has_enough_lines and not address.has_too_many_lines:
            return [SafeString(escape(line)) for line in address.lines]
        values = Columns(self.values)
        if "address line 7" not in values and "postcode" in values:
            values["address line 7"] = values["postcode"]
        block = Content("\n".join(f"(({name}))" for name in ADDRESS_LINES))
        html = block.html(values, brackets=False)
        return [SafeString(line) for line in html.splitlines()]

    def heading_html(self, *, redact: bool = False) -> SafeString:
        """Return the heading with highlighted placeholders."""
        return heading_html(self.heading, self.values, redact=redact)

    def contact_html(self, *, redact: bool = False) -> SafeString:
        """Return who the letter is from, line by line."""
        block = Filled(self.contact_block, self.values, redact=redact, is_markup=False)
        lines = "\n".join(line.strip() for line in block.text.split("\n"))
        html = without_space_before_punctuation(lines).strip()
        return SafeString(block.html(html.replace("\r", "").replace("\n", "<br>")))

    def html(self, *, redact: bool = False) -> SafeString:
        """Return the words as HTML, with QR codes drawn once all they hold is known."""
        body, html, codes = self._written(redact=redact)
        for number, code in enumerate(codes[:_MOST_CODES]):
            is_drawn = number < _MOST_DRAWN and not body.has_open_field(code)
            html = html.replace(
                chr(_CODES + number), qr_code_html(code, is_drawn=is_drawn)
            )
        return SafeString(body.html(html))

    @property
    def estimated_pages(self) -> int:
        """About how many pages the letter has, for where nobody draws them."""
        words = (
            content.plain(self.values, brackets=False, markdown_lists=True)
            for content in (self.heading, self.content)
        )
        return estimated_pages(*words)

    @property
    def too_long_qr_code(self) -> int | None:
        """How many bytes the first QR code has that holds too much; None if none does."""
        _body, _html, codes = self._written()
        sizes = (len(code.encode(errors="replace")) for code in codes)
        return next((size for size in sizes if size > QR_CODE_LIMIT), None)

    def _written(self, *, redact: bool = False) -> tuple[Filled, str, list[str]]:
        """Return the words with stand-ins for fields and QR codes, and what codes hold."""
        body = Filled(self.content, self.values, redact=redact)
        codes: list[str] = []

        def stand_in(code: str) -> str:
            codes.append(body.restored(code))
            return chr(_CODES + len(codes) - 1) if len(codes) <= _MOST_CODES else ""

        written = LetterWriter(read_document(body.text), stand_in).written()
        html = with_unbroken_hyphens(typographic(body.restored(written)))
        return body, html, codes
