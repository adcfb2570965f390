"""Pages of PDF files as pictures, and what is on them."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import pypdfium2
from PIL import Image, ImageChops, ImageDraw
from pypdfium2.raw import FPDF_PAGEOBJ_TEXT

from portal.sandbox.drawing.sheet import HEIGHT, POINTS, Area

POINTS_PER_INCH = 72
DOTS_PER_INCH = 150
# Enough to see a hairline in a margin, and quicker than what people look at.
CHECKED_DOTS_PER_INCH = 100
WHITE, NEARLY_WHITE = (255, 255, 255), 252

# PDFium works for one thread at a time.
_lock = threading.Lock()


class NoSuchPage(Exception):
    """The file has fewer pages."""


class Unreadable(Exception):
    """PDFium cannot make anything of the file."""


@contextmanager
def _opened(pdf: bytes) -> Iterator[Any]:
    with _lock:
        try:
            document = pypdfium2.PdfDocument(pdf)
        except pypdfium2.PdfiumError as error:
            raise Unreadable from error
        try:
            yield document
        finally:
            document.close()


def page_count(pdf: bytes) -> int:
    """How many pages a file has."""
    with _opened(pdf) as document:
        return len(document)


def png(pdf: bytes, page: int, hidden: Iterable[Area] = ()) -> bytes:
    """Draw a page, counted from 1, with some areas of it blank."""
    with _opened(pdf) as document:
        if not 1 <= page <= len(document):
            raise NoSuchPage(page)
        image = _image(document[page - 1], DOTS_PER_INCH)
    _blank(image, hidden, DOTS_PER_INCH)
    written = io.BytesIO()
    # A page of a letter has few colours; as many as these show no difference.
    few = image.quantize(64, method=Image.Quantize.FASTOCTREE)
    # It makes white a shade darker.
    few.putpalette(
        [WHITE[0] if v >= NEARLY_WHITE else v for v in few.getpalette() or []]
    )
    few.save(written, "PNG")
    return written.getvalue()


def has_ink_outside(pdf: bytes, page: int, areas: Iterable[Area]) -> bool:
    """Whether a page has anything but white outside areas."""
    with _opened(pdf) as document:
        image = _image(document[page - 1], CHECKED_DOTS_PER_INCH)
    _blank(image, areas, CHECKED_DOTS_PER_INCH)
    return ImageChops.invert(image).getbbox() is not None


def text_in(pdf: bytes, page: int, area: Area) -> str:
    """The words in an area of a page, line by line."""
    with _opened(pdf) as document:
        words = document[page - 1].get_textpage()
        text: str = words.get_text_bounded(
            left=area.left * POINTS,
            right=area.right * POINTS,
            top=(HEIGHT - area.top) * POINTS,
            bottom=(HEIGHT - area.bottom) * POINTS,
        )
    return "\n".join(line.strip() for line in text.splitlines()).strip()


def without_text_in(pdf: bytes, page: int, area: Area) -> bytes:
    """The file without the words that begin in an area of a page."""
    written = io.BytesIO()
    with _opened(pdf) as document:
        sheet = document[page - 1]
        for words in list(sheet.get_objects([FPDF_PAGEOBJ_TEXT], max_depth=1)):
            left, bottom, _right, top = words.get_bounds()
            if area.has(left / POINTS, HEIGHT - (bottom + top) / 2 / POINTS):
                sheet.remove_obj(words)
        sheet.gen_content()
        document.save(written)
    return written.getvalue()


def _image(page: Any, dots: int) -> Image.Image:
    bitmap = page.render(scale=dots / POINTS_PER_INCH)
    image: Image.Image = bitmap.to_pil()
    return image.convert("RGB")


def _blank(image: Image.Image, areas: Iterable[Area], dots: int) -> None:
    draw, scale = ImageDraw.Draw(image), dots / 25.4
    for area in areas:
        corners = (area.left, area.top, area.right, area.bottom)
        draw.rectangle([corner * scale for corner in corners], fill=WHITE)
