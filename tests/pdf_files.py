"""PDF files as people upload them, made of bytes: good letters, and bad ones."""

from __future__ import annotations

import io

from pypdf import PdfReader, PdfWriter

A4, LANDSCAPE = (595.28, 841.89), (841.89, 595.28)
ADDRESS = ("Ann Example", "1 Example Street", "London", "SW1A 1AA")
MILLIMETRE = 72 / 25.4


def letter(pages=1, *, address=ADDRESS, size=A4, sizes=(), tagged=()):
    """Return a letter: its address in the window, and a line on each page."""
    found = [
        page(n, sizes[n - 1] if sizes else size, address, n in tagged)
        for n in range(1, pages + 1)
    ]
    return document(found)


def page(number, size, address=(), tagged=False):
    """Return the size of a page, and what is drawn on it."""
    drawn = [text(size, 30, 120, f"This is page {number}.")]
    if number == 1:
        drawn += [
            text(size, 24.6, 44 + 5 * row, line) for row, line in enumerate(address)
        ]
    if tagged:
        drawn.append(text(size, 3, 4, "NOTIFY"))
    return size, b"\n".join(drawn)


def text(size, across, down, words):
    """Draw words at a place in millimetres from the top left."""
    x, y = across * MILLIMETRE, size[1] - down * MILLIMETRE
    return f"BT /F1 11 Tf {x:.2f} {y:.2f} Td ({words}) Tj ET".encode("cp1252")


def document(pages):
    """Write pages, each a size and what is drawn on it, as a PDF."""
    first = 4
    kids = b" ".join(b"%d 0 R" % (first + 2 * n) for n in range(len(pages)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(pages), kids),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    for number, ((width, height), drawn) in enumerate(pages):
        objects += [
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %f %f]/Contents %d 0 R"
            b"/Resources<</Font<</F1 3 0 R>>>>>>"
            % (width, height, first + 2 * number + 1),
            b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn),
        ]
    return of_objects(objects)


def of_objects(objects):
    """Write numbered objects, the first of which is the catalogue, as a PDF."""
    written, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return written + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\n"
        b"startxref\n%d\n%%%%EOF\n" % (size, table, size, len(written))
    )


def protected():
    """Return a letter that asks for a password."""
    writer = PdfWriter()
    writer.append(PdfReader(io.BytesIO(letter())))
    writer.encrypt("secret")
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def endless():
    """Return a file whose pages are inside themselves."""
    return of_objects(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Count 1/Kids[2 0 R]>>",
        ]
    )


def billions():
    """Return a file of three kilobytes whose pages are counted for years."""
    inner = [
        b"<</Type/Pages/Count 1/Kids[%s]>>" % (b"%d 0 R " % (n + 1) * 30)
        for n in range(2, 12)
    ]
    leaf = b"<</Type/Page/MediaBox[0 0 595 842]>>"
    return of_objects([b"<</Type/Catalog/Pages 2 0 R>>", *inner, leaf])
