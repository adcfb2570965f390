"""The words of a letter as what fills its pages, from the HTML that the portal writes."""

from __future__ import annotations

import io
from collections.abc import Sequence
from html import escape
from html.parser import HTMLParser

import segno
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Image, PageBreak, Paragraph, Spacer

from portal.sandbox.drawing import fonts

LEADING = 16.0
INDENT = 18.0
CODE_SIDE = 84.0
HIGHLIGHT = "#ffdd00"

BODY = ParagraphStyle(
    "body",
    fontName=fonts.REGULAR,
    fontSize=11.5,
    leading=LEADING,
    spaceAfter=LEADING,
    splitLongWords=True,
)
HEADING = ParagraphStyle(
    "heading", BODY, fontName=fonts.BOLD, fontSize=13, leading=17.5, keepWithNext=1
)
TITLE = ParagraphStyle(
    "title", HEADING, fontSize=18.5, leading=23.5, spaceBefore=18, spaceAfter=8
)
SMALL = ParagraphStyle("small", BODY, fontSize=8, leading=8.5, spaceAfter=0)
SENDER = ParagraphStyle("sender", BODY, fontSize=9.5, leading=12, spaceAfter=0)


def marked_up(html: str) -> str:
    """One run of words as the drawing library's markup: lines, bold and highlights."""
    reader = _Reader()
    reader.feed(html)
    return "".join(reader.run)


def flowables(html: str) -> list[Flowable]:
    """What fills the pages, for a letter's body."""
    reader = _Reader()
    reader.feed(html)
    reader.end_run()
    return reader.found


class _Reader(HTMLParser):
    """Reads the few tags that letters have."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Flowable] = []
        self.run: list[str] = []
        self.style = BODY
        # For each list within lists: None for bullets, else the last number given.
        self.lists: list[int | None] = []
        self.bullet = ""
        self.code: list[str] | None = None
        self.is_drawn = False

    def handle_starttag(
        self, tag: str, attrs: Sequence[tuple[str, str | None]]
    ) -> None:
        kind = dict(attrs).get("class") or ""
        if tag in ("p", "h2", "div", "ul", "ol", "li"):
            self.end_run()
        match tag:
            case "h2":
                self.style = HEADING
            case "ul":
                self.lists.append(None)
            case "ol":
                self.lists.append(0)
            case "li":
                self.bullet = self._next_bullet()
            case "br":
                self.run.append("<br/>")
            case "strong":
                self.run.append("<b>")
            case "mark" if self.code is None:
                self.run.append(f'<font backColor="{HIGHLIGHT}">')
            case "svg":
                self.is_drawn = True
            case "span" if "qr-code" in kind:
                self.code = []

    def handle_endtag(self, tag: str) -> None:
        match tag:
            case "p" | "h2" | "li":
                self.end_run()
                self.style = BODY
            case "ul" | "ol":
                self.end_run()
                self.lists.pop()
                self._space_after_list()
            case "div":
                self.run = []
                self.found.append(PageBreak())
            case "strong":
                self.run.append("</b>")
            case "mark" if self.code is None:
                self.run.append("</font>")
            case "span" if self.code is not None:
                self._end_code(self.code)

    def handle_data(self, data: str) -> None:
        if self.code is not None:
            self.code.append(data)
        else:
            self.run.append(escape(data, quote=False))

    def end_run(self) -> None:
        """Make a paragraph of the words so far; alone, a line's end is an empty line."""
        words = "".join(self.run).strip()
        self.run = []
        while words.startswith("<br/>"):
            words = words.removeprefix("<br/>").strip()
            self.found.append(Spacer(1, LEADING / 2))
        if words:
            self.found.append(self._paragraph(words))

    def _paragraph(self, words: str) -> Paragraph:
        if not self.lists:
            return Paragraph(words, self.style)
        depth = len(self.lists)
        style = ParagraphStyle(
            f"item-{depth}",
            self.style,
            leftIndent=INDENT * depth,
            bulletIndent=INDENT * (depth - 1),
            bulletFontName=fonts.REGULAR,
            bulletFontSize=BODY.fontSize,
            spaceAfter=0,
        )
        bullet, self.bullet = self.bullet, ""
        return Paragraph(words, style, bulletText=bullet or None)

    def _next_bullet(self) -> str:
        number = self.lists[-1] if self.lists else None
        if number is None:
            return "•"
        self.lists[-1] = number + 1
        return f"{number + 1}."

    def _space_after_list(self) -> None:
        if not self.lists:
            self.found.append(Spacer(1, LEADING))

    def _end_code(self, held: list[str]) -> None:
        words, is_drawn = "".join(held).strip(), self.is_drawn
        self.code, self.is_drawn = None, False
        if is_drawn:
            self.end_run()
            self.found.append(qr_code(words))
        else:
            shown = escape(words, quote=False)
            self.run.append(f'<font backColor="{HIGHLIGHT}">QR: {shown}</font>')


def qr_code(words: str) -> Image:
    """A QR code in the middle of the column."""
    drawn = io.BytesIO()
    segno.make_qr(words.encode()).save(drawn, kind="png", scale=8, border=0)
    drawn.seek(0)
    code = Image(drawn, CODE_SIDE, CODE_SIDE, hAlign="CENTER")
    code.spaceBefore, code.spaceAfter = 4, LEADING * 1.5
    return code
