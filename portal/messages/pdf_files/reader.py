"""The process that reads one PDF: bytes on standard input, facts on standard output.

`facts` tells each thing as a line of JSON as soon as it is known, so that what comes
after may take too long; `page <number>` writes that page as a PDF of its own.
"""

from __future__ import annotations

import io
import json
import resource
import sys
from collections.abc import Iterable
from typing import Any

from pypdf import PageObject, PdfReader, PdfWriter, mult

_MEMORY, _SECONDS = 512 << 20, 8
# Longer letters are refused whatever is on their pages.
_PAGES_LOOKED_AT = 12
_MILLIMETRE = 72 / 25.4
_A4_WIDTH, _A4_HEIGHT, _TOLERANCE = 210, 297, 2
# Millimetres from the left and from the top, a little wider than the block that is printed.
_WINDOW_LEFT, _WINDOW_RIGHT, _WINDOW_TOP, _WINDOW_BOTTOM = 20, 122, 37, 69
_TAG, _TAG_RIGHT, _TAG_BOTTOM = "NOTIFY", 15, 8
_LINE_APART = 3
_LONGEST_LINE, _MOST_LINES = 200, 12

Piece = tuple[float, float, str]


def main() -> None:
    """Do what the arguments ask for, within bounds; a broken file ends the process."""
    what, *rest = sys.argv[1:]
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    reader = PdfReader(io.BytesIO(sys.stdin.buffer.read()))
    if reader.is_encrypted:
        _tell({"error": "protected"})
    elif what == "page":
        _write_page(reader, int(rest[0]))
    else:
        _tell_facts(reader)


def _tell(facts: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(facts) + "\n")
    sys.stdout.flush()


def _write_page(reader: PdfReader, number: int) -> None:
    writer = PdfWriter()
    writer.add_page(reader.pages[number - 1])
    single = io.BytesIO()
    writer.write(single)
    sys.stdout.buffer.write(single.getvalue())


def _tell_facts(reader: PdfReader) -> None:
    page_count = len(reader.pages)
    pages = [reader.pages[n] for n in range(min(page_count, _PAGES_LOOKED_AT))]
    wrong = [n for n, page in enumerate(pages, 1) if not _is_a4_portrait(page)]
    _tell({"page_count": page_count, "not_a4_portrait": wrong})
    texts = [_pieces(page) for page in pages]
    tagged = [n for n, pieces in enumerate(texts, 1) if _has_tag(pieces)]
    address = _address(texts[0]) if texts else []
    _tell({"has_text": True, "with_platform_tag": tagged, "address_lines": address})


def _is_a4_portrait(page: PageObject) -> bool:
    unit = float(page.user_unit or 1) / _MILLIMETRE
    sides = float(page.mediabox.width) * unit, float(page.mediabox.height) * unit
    width, height = sides if page.rotation % 180 == 0 else reversed(sides)
    return (
        abs(width - _A4_WIDTH) <= _TOLERANCE and abs(height - _A4_HEIGHT) <= _TOLERANCE
    )


def _pieces(page: PageObject) -> list[Piece]:
    """Return a page's text with where each piece begins, in millimetres from the top left."""
    found: list[Piece] = []
    left, top = float(page.mediabox.left), float(page.mediabox.top)

    def visit(text: str, cm: list[float], tm: list[float], *_font: Any) -> None:
        matrix = mult(tm, cm)
        if text.strip():
            across, down = matrix[4] - left, top - matrix[5]
            found.append((across / _MILLIMETRE, down / _MILLIMETRE, text))

    page.extract_text(visitor_text=visit)
    return found


def _has_tag(pieces: Iterable[Piece]) -> bool:
    return any(
        _TAG in text and across < _TAG_RIGHT and down < _TAG_BOTTOM
        for across, down, text in pieces
    )


def _address(pieces: Iterable[Piece]) -> list[str]:
    inside = sorted(
        (down, across, text)
        for across, down, text in pieces
        if _WINDOW_LEFT <= across <= _WINDOW_RIGHT
        and _WINDOW_TOP <= down <= _WINDOW_BOTTOM
    )
    lines: list[tuple[float, list[tuple[float, str]]]] = []
    for down, across, text in inside:
        if not lines or down - lines[-1][0] > _LINE_APART:
            lines.append((down, []))
        lines[-1][1].append((across, text))
    joined = "\n".join("".join(text for _x, text in sorted(row)) for _y, row in lines)
    told = [" ".join(line.split())[:_LONGEST_LINE] for line in joined.splitlines()]
    return [line for line in told if line][:_MOST_LINES]


if __name__ == "__main__":
    main()
