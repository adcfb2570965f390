"""Blocks of markdown as the HTML of a letter, in which links are words on paper."""

from __future__ import annotations

import re
from collections.abc import Callable

from portal.messages.markdown.document import Block, Document, Heading, Paragraph
from portal.messages.markdown.html import HtmlWriter

QR_CODE = re.compile(r"\s*qr\s*:\s*(.+)", re.IGNORECASE)
_WITHOUT_SCHEME = re.compile(r"https?://")


class LetterWriter(HtmlWriter):
    """Writes the pages of a letter as one run of HTML; a rule starts a new page.

    `qr_code` is given what a QR code holds and returns what is written in its place.
    """

    rule = '<div class="page-break">&nbsp;</div>'

    def __init__(self, document: Document, qr_code: Callable[[str], str]) -> None:
        super().__init__(document)
        self.qr_code = qr_code
        self.is_in_qr_code = False

    def block(self, block: Block) -> str:
        """Write one block; a paragraph that starts with `QR:` is a code."""
        match block:
            case Paragraph(text):
                return self.paragraph(self._words_or_code(text))
            case Heading(level, text) if level > 1:
                return self.paragraph(self._words_or_code(text))
        return super().block(block)

    def _words_or_code(self, text: str) -> str:
        words = self.words(text)
        if QR_CODE.fullmatch(words) is None:
            return words
        self.is_in_qr_code = True
        code = QR_CODE.fullmatch(self.words(text))
        self.is_in_qr_code = False
        return self.qr_code(code[1]) if code else words

    def heading(self, level: int, words: str) -> str:
        return f"<h2>{words}</h2>"

    def inset(self, inner: str) -> str:
        return inner

    def address(self, address: str) -> str:
        if self.is_in_qr_code:
            return address
        return f"<strong>{_WITHOUT_SCHEME.sub('', address, count=1)}</strong>"

    def link(self, words: str, address: str, title: str) -> str:
        return f'[{words}]({address} "{title}")' if title else f"[{words}]({address})"
