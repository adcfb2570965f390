"""Letters from templates, drawn as PDF files on A4."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pypdf import PdfWriter
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    NextPageTemplate,
    PageTemplate,
    Paragraph,
)

from portal.messages.letters import Language, LetterMessage
from portal.sandbox.drawing import fonts, sheet
from portal.sandbox.drawing.flow import (
    BODY,
    SENDER,
    SMALL,
    TITLE,
    flowables,
    marked_up,
)

WIDTH, HEIGHT = A4
COLUMN = 137.5 * mm
TOP_OF_OTHERS, FOOT = 15 * mm, 18 * mm
SENDER_TOP, SENDER_WIDTH = 12 * mm, 68 * mm
NAME_SIZE = 15
PAGE_WORDS = {"english": ("Page", "of"), "welsh": ("Tudalen", "o")}
TOTAL = "total"


@dataclass(frozen=True)
class Letter:
    """What is drawn: the request of the template-preview service, read."""

    template: Mapping[str, Any]
    values: Mapping[str, Any] | None = None
    contact_block: str = ""
    # Whose letter it is, shown where a real one has a logo.
    brand: str = ""
    date: str | None = None
    attached: bytes | None = field(default=None, repr=False)

    @property
    def is_bilingual(self) -> bool:
        """Whether the letter is in Welsh first, then in English."""
        return self.template.get("letter_languages") == "welsh_then_english"

    def parts(self) -> list[bytes]:
        """The files that it is put together of, in their order."""
        welsh = [drawn(self, "welsh")] if self.is_bilingual else []
        english = drawn(self, "english", is_first=not self.is_bilingual)
        return [*welsh, english, *([self.attached] if self.attached else [])]

    def pdf(self) -> bytes:
        """The whole letter."""
        return joined(self.parts())

    def message(self, language: Language) -> LetterMessage:
        """The words in one language."""
        return LetterMessage(
            self.template["subject"] or "",
            self.template["content"] or "",
            dict(self.values or {}),
            contact_block=self.contact_block,
            welsh_heading=self.template.get("letter_welsh_subject"),
            welsh_content=self.template.get("letter_welsh_content"),
            language=language,
            date=self.date,
        )


def joined(parts: Sequence[bytes]) -> bytes:
    """Put files one after another."""
    if len(parts) == 1:
        return parts[0]
    writer, written = PdfWriter(), io.BytesIO()
    for part in parts:
        writer.append(io.BytesIO(part), import_outline=False)
    writer.write(written)
    return written.getvalue()


def drawn(letter: Letter, language: Language, *, is_first: bool = True) -> bytes:
    """Draw the part in one language; only the first has address, sender and date."""
    fonts.prepare()
    message = letter.message(language)
    written = io.BytesIO()
    document = BaseDocTemplate(written, pagesize=A4, title="", author="")
    numbered = _Numbered(language)
    addressed = _Addressed(numbered, message, letter.brand)
    first = PageTemplate(
        "first",
        [_column(sheet.BODY_TOP * mm)],
        onPage=addressed,
        autoNextPageTemplate=1,
    )
    others = PageTemplate("others", [_column(TOP_OF_OTHERS)], onPage=numbered)
    document.addPageTemplates([first, others] if is_first else [others])
    head = [Paragraph(message.date, BODY)] if is_first else []
    if is_first:
        head.append(NextPageTemplate("others"))
    title = Paragraph(marked_up(str(message.heading_html())), TITLE)
    story: list[Flowable] = [*head, title, *flowables(str(message.html()))]
    document.build(story, canvasmaker=_Counting)
    return written.getvalue()


def _column(top: float) -> Frame:
    left = sheet.LEFT * mm
    return Frame(left, FOOT, COLUMN, HEIGHT - top - FOOT, 0, 0, 0, 0)


class _Counting(Canvas):  # type: ignore[misc]
    """Knows how many pages there are once all are drawn."""

    def save(self) -> None:
        self.beginForm(TOTAL)
        self.setFont(fonts.REGULAR, SENDER.fontSize)
        self.drawString(0, 0, str(self.getPageNumber() - 1))
        self.endForm()
        super().save()


class _Numbered:
    """Draws a page's number."""

    def __init__(self, language: Language) -> None:
        self.page, self.of = PAGE_WORDS[language]

    def __call__(self, canvas: Canvas, document: BaseDocTemplate) -> None:
        canvas.saveState()
        canvas.setFont(fonts.REGULAR, SENDER.fontSize)
        right, bottom = WIDTH - 22 * mm, 10 * mm
        words = f"{self.page} {canvas.getPageNumber()} {self.of} "
        canvas.drawRightString(right, bottom, words)
        canvas.translate(right, bottom)
        canvas.doForm(TOTAL)
        canvas.restoreState()


class _Addressed:
    """Draws what stands above the words of a first page."""

    def __init__(self, numbered: _Numbered, message: LetterMessage, brand: str) -> None:
        self.numbered, self.message, self.brand = numbered, message, brand

    def __call__(self, canvas: Canvas, document: BaseDocTemplate) -> None:
        self.numbered(canvas, document)
        address = "<br/>".join(marked_up(str(x)) for x in self.message.address_lines())
        window = sheet.ADDRESS
        _place(canvas, address, SMALL, window.left, window.top + 2, COLUMN * 0.65)
        sender = marked_up(str(self.message.contact_html()))
        _place(canvas, sender, SENDER, sheet.SENDER_LEFT, 12, SENDER_WIDTH)
        canvas.setFont(fonts.BOLD, NAME_SIZE)
        canvas.drawString(sheet.LEFT * mm, HEIGHT - 18 * mm, self.brand)


def _place(
    canvas: Canvas, words: str, style: Any, left: float, top: float, width: float
) -> None:
    """Draw words with their first line at a place, in millimetres from the top left."""
    paragraph = Paragraph(words, style)
    _, height = paragraph.wrapOn(canvas, width, HEIGHT)
    paragraph.drawOn(canvas, left * mm, HEIGHT - top * mm - height)
