"""The faces that letters are set in: Noto Sans, which has Welsh, Greek and Cyrillic."""

from __future__ import annotations

import io
import threading
from functools import cache

import pymupdf_fonts
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

REGULAR, BOLD = "letter", "letter-bold"
_SOURCES = {REGULAR: "notos", BOLD: "notosbo"}
_lock = threading.Lock()


def prepare() -> None:
    """Make the faces known to the library that draws, once."""
    with _lock:
        _register()


@cache
def _register() -> None:
    for name, source in _SOURCES.items():
        font = TTFont(name, io.BytesIO(pymupdf_fonts.myfont(source)))
        pdfmetrics.registerFont(font)
    pdfmetrics.registerFontFamily(
        REGULAR, normal=REGULAR, bold=BOLD, italic=REGULAR, boldItalic=BOLD
    )
