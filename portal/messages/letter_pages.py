"""How many pages a letter is likely to have, where nobody draws them.

An estimate: lines are filled by the widths that characters have in a face like Noto Sans, in
which the sandbox draws letters. Arial is a little narrower, so that letters seem long, not short.
"""

from __future__ import annotations

from collections.abc import Sequence

from portal.messages.markdown.blocks import read_document
from portal.messages.markdown.document import (
    Block,
    BulletList,
    EmptyLine,
    Heading,
    Inset,
    Line,
    Paragraph,
    Rule,
    Verbatim,
)
from portal.messages.markdown.letter import QR_CODE
from portal.messages.text import escape, unescape

PAGE_LIMIT = 10

# All measures are in points, of which A4 has 595 by 842.
_TITLE_SIZE, _HEADING_SIZE, _TEXT_SIZE = 18.5, 13, 11.5
_LINE_SPACING, _GAP, _INDENT = 1.39, 16, 18
_WIDTH = 390
# The address and the sender stand at the top of the first page, then the date.
_FIRST_PAGE, _OTHER_PAGES = 490, 748
_QR_CODE = 112
_WIDTHS = {
    **dict.fromkeys("ijl.,:;'’|!", 0.26),
    **dict.fromkeys("ftrI()[]/\\-", 0.37),
    **dict.fromkeys("mMW@%—", 0.87),
}
_SPACE, _SMALL, _CAPITAL = 0.26, 0.575, 0.64


def estimated_pages(heading: str, content: str) -> int:
    """Return how many pages a letter's words take, in the platform's markdown, filled in."""
    pages = _Pages()
    pages.text(heading, _TITLE_SIZE, _WIDTH)
    document = read_document(escape(content))
    pages.blocks(document.blocks, _WIDTH)
    for note in document.notes.values():
        pages.blocks(note, _WIDTH)
    return pages.count


def sheets_of(pages: int) -> int:
    """Return how many sheets of paper so many pages take, printed on both sides."""
    return (pages + 1) // 2


class _Pages:
    """Fills one page after another; `left` is how much of the last one is free."""

    def __init__(self) -> None:
        self.count, self.left = 1, float(_FIRST_PAGE)

    def blocks(self, blocks: Sequence[Block], width: float) -> None:
        for block in blocks:
            self.block(block, width)

    def block(self, block: Block, width: float) -> None:
        match block:
            case Heading(1, text):
                self.text(text, _HEADING_SIZE, width)
            case Heading(_, text) | Paragraph(text) if QR_CODE.fullmatch(text):
                self.place(_QR_CODE)
            case Heading(_, text) | Paragraph(text) | Verbatim(text):
                self.text(text, _TEXT_SIZE, width)
            case Line(text):
                self.lines(text, _TEXT_SIZE, width)
            case BulletList(_, items):
                for item in items:
                    self.blocks(item, width - _INDENT)
                self.left -= _GAP
            case Inset(blocks):
                self.blocks(blocks, width)
            case EmptyLine():
                self.left -= _GAP
            case Rule():
                self.left = 0

    def text(self, text: str, size: float, width: float) -> None:
        """Place lines that have some space after them."""
        self.lines(text, size, width)
        self.left -= _GAP

    def lines(self, text: str, size: float, width: float) -> None:
        """Place text line by line; a page takes only whole lines."""
        for line in unescape(text).splitlines():
            for _line in range(_line_count(line, width / size)):
                self.place(size * _LINE_SPACING)

    def place(self, height: float) -> None:
        """Take up some of a page, of the next one if there is too little left of this."""
        if height > self.left:
            self.count += 1
            self.left = _OTHER_PAGES
        self.left -= height


def _line_count(text: str, width: float) -> int:
    """Return how many lines a text is broken into; `width` is in letters' sizes."""
    count, used = 1, 0.0
    for word in text.split():
        length = sum(map(_width_of, word))
        if used and used + _SPACE + length > width:
            count, used = count + 1, 0.0
        used += length + (_SPACE if used else 0)
        if used > width:
            # A word that no line is wide enough for is broken.
            count, used = count + int(used // width), used % width
    return count


def _width_of(character: str) -> float:
    return _WIDTHS.get(character) or (_CAPITAL if character.isupper() else _SMALL)
