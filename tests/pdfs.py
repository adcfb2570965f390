"""PDF files to try letters with, drawn page by page."""

from __future__ import annotations

import io

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

ADDRESS = ("Ffion Williams", "12 Heol Fawr", "Aberystwyth", "SY23 1AB")
_HEIGHT = A4[1]


def letter_pdf(*, pages=1, address=ADDRESS, size=A4, marks=(), text="Dear Ffion"):
    """A letter with an address in its window; `marks` are (page, left, top, word) in mm."""
    written = io.BytesIO()
    canvas = Canvas(written, pagesize=size)
    for page in range(1, pages + 1):
        canvas.setFont("Helvetica", 10)
        if page == 1:
            for number, line in enumerate(address):
                canvas.drawString(25 * mm, _HEIGHT - (45 + 4.5 * number) * mm, line)
        canvas.drawString(20 * mm, _HEIGHT - 110 * mm, f"{text}, page {page}")
        for at, left, top, word in marks:
            if at == page:
                canvas.drawString(left * mm, _HEIGHT - top * mm, word)
        canvas.showPage()
    canvas.save()
    return written.getvalue()
