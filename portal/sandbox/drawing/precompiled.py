"""Letters that come as PDF files: judged, and made ready for the printer."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from reportlab.lib.colors import Color, black, white
from reportlab.pdfgen.canvas import Canvas

from portal.messages.letter_pages import PAGE_LIMIT
from portal.messages.postal_addresses import PostalAddress
from portal.sandbox.drawing import fonts, pictures, sheet

# What is judged is a little more generous than what is published.
LEEWAY = 1.0
ADDRESS_LEEWAY = 3.0
TAG = "NOTIFY"
TAG_SIZE, ADDRESS_SIZE, ADDRESS_LEADING = 6, 8, 8.5
NOT_HERE = Color(1, 0, 0, alpha=0.2)

Draw = Callable[[Canvas], None]


class Unreadable(Exception):
    """The file is no PDF, is broken, or asks for a password."""


@dataclass
class Verdict:
    """What is said of a file; ``message`` is None when all is well."""

    page_count: int | None = None
    message: str | None = None
    invalid_pages: list[int] | None = None
    recipient_address: str | None = None
    file: bytes | None = field(default=None, repr=False)


def judge(pdf: bytes, *, abroad: bool, is_attachment: bool) -> Verdict:
    """Check a file, and make it printable if nothing is wrong with it."""
    try:
        pages = len(_read(pdf).pages)
        return _judged(pdf, pages, abroad=abroad, is_attachment=is_attachment)
    except (Unreadable, pictures.Unreadable, PyPdfError):
        return Verdict(message="unable-to-read-the-file")


def _judged(pdf: bytes, pages: int, *, abroad: bool, is_attachment: bool) -> Verdict:
    if pages > PAGE_LIMIT:
        return Verdict(pages, "letter-too-long")
    for message, wrong in _faults(pdf, is_attachment=is_attachment):
        if wrong:
            return Verdict(pages, message, wrong)
    if is_attachment:
        return Verdict(pages, file=pdf)
    address = address_on(pdf, abroad=abroad)
    if complaint := complaint_about(address):
        return Verdict(pages, complaint, [1])
    printed = _with_address(pdf, address)
    if not _has_tag(printed, 1):
        printed = _with_tag(printed)
    return Verdict(pages, recipient_address="\n".join(address.lines), file=printed)


def _faults(pdf: bytes, *, is_attachment: bool) -> Iterator[tuple[str, list[int]]]:
    """What may be wrong with the pages, in the order in which it is looked for."""
    pages = list(enumerate(_read(pdf).pages, 1))
    yield (
        "letter-not-a4-portrait-oriented",
        [number for number, page in pages if not _is_a4_portrait(page)],
    )
    addressed = 0 if is_attachment else 1
    yield (
        "content-outside-printable-area",
        [
            number
            for number, _ in pages
            if pictures.has_ink_outside(pdf, number, _allowed(number == addressed))
        ],
    )
    yield (
        "notify-tag-found-in-content",
        [
            number
            for number, _ in pages
            if number != addressed and _has_tag(pdf, number)
        ],
    )


def _allowed(is_addressed: bool) -> list[sheet.Area]:
    areas = sheet.FIRST_PAGE if is_addressed else sheet.OTHER_PAGES
    return [area.grown(LEEWAY) for area in areas]


def _is_a4_portrait(page: PageObject) -> bool:
    box = page.mediabox
    return sheet.is_a4_portrait(float(box.width), float(box.height), page.rotation)


def address_on(pdf: bytes, *, abroad: bool) -> PostalAddress:
    """Read the address in its place on the first page."""
    text = pictures.text_in(pdf, 1, sheet.ADDRESS.grown(ADDRESS_LEEWAY))
    # Ligatures and other forms of letters become letters.
    lines = unicodedata.normalize("NFKC", text).splitlines()
    return PostalAddress(lines, allow_international=abroad)


def complaint_about(address: PostalAddress) -> str | None:
    """The name of what is wrong with an address."""
    last_line = (
        "not-a-real-uk-postcode-or-country"
        if address.allow_international
        else "cant-send-international-letters"
        if address.is_international
        else "not-a-real-uk-postcode"
    )
    complaints = (
        (not address.lines, "address-is-empty"),
        (not address.has_enough_lines, "not-enough-address-lines"),
        (address.has_too_many_lines, "too-many-address-lines"),
        (not address.has_names_above, "invalid-address-line-1-or-2"),
        (address.has_country_on_bfpo, "has-country-for-bfpo-address"),
        (not address.has_valid_last_line, last_line),
        (address.has_invalid_characters, "invalid-char-in-address"),
        (address.has_no_fixed_abode, "no-fixed-abode-address"),
    )
    return next((name for is_so, name in complaints if is_so), None)


def marked(pdf: bytes, *, is_addressed: bool) -> bytes:
    """A file of one page with the areas in red on which nothing may be."""
    areas = (*sheet.MARGINS, *(sheet.AROUND_ADDRESS if is_addressed else ()))

    def draw(canvas: Canvas) -> None:
        canvas.setFillColor(NOT_HERE)
        for area in areas:
            canvas.rect(*area.box, stroke=0, fill=1)

    if len(_read(pdf).pages) != 1:
        raise Unreadable
    return _over_first_page(pdf, draw)


def _has_tag(pdf: bytes, page: int) -> bool:
    return pictures.text_in(pdf, page, sheet.TAG) == TAG


def _with_tag(pdf: bytes) -> bytes:
    def draw(canvas: Canvas) -> None:
        canvas.setFillColor(white)
        canvas.setFont(fonts.REGULAR, TAG_SIZE)
        left, top = 1.8 * sheet.POINTS, (sheet.HEIGHT - 1.8) * sheet.POINTS
        canvas.drawString(left, top - TAG_SIZE, TAG)

    return _over_first_page(pdf, draw)


def _with_address(pdf: bytes, address: PostalAddress) -> bytes:
    left, bottom, width, height = sheet.ADDRESS.box
    lines_above = len(address.lines) - 1

    def draw(canvas: Canvas) -> None:
        canvas.setFillColor(white)
        canvas.rect(left, bottom, width, height, stroke=0, fill=1)
        canvas.setFillColor(black)
        canvas.setFont(fonts.REGULAR, ADDRESS_SIZE)
        # The last line ends the window; letters that reach below it stay within.
        text = canvas.beginText(left, bottom + 2 + ADDRESS_LEADING * lines_above)
        text.setLeading(ADDRESS_LEADING)
        text.textLines(address.lines)
        canvas.drawText(text)

    window = sheet.ADDRESS.grown(ADDRESS_LEEWAY)
    return _over_first_page(pictures.without_text_in(pdf, 1, window), draw)


def _over_first_page(pdf: bytes, draw: Draw) -> bytes:
    fonts.prepare()
    drawn, written = io.BytesIO(), io.BytesIO()
    size = (sheet.WIDTH * sheet.POINTS, sheet.HEIGHT * sheet.POINTS)
    canvas = Canvas(drawn, pagesize=size)
    draw(canvas)
    canvas.save()
    writer = PdfWriter(clone_from=_read(pdf))
    writer.pages[0].merge_page(PdfReader(drawn).pages[0])
    writer.write(written)
    return written.getvalue()


def _read(pdf: bytes) -> PdfReader:
    try:
        reader = PdfReader(io.BytesIO(pdf))
        len(reader.pages)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError) as error:
        # Broken files break the library in many ways.
        raise Unreadable from error
    return reader
