"""PDF files that people upload, read by a process of their own.

A file of a megabyte may unpack to gigabytes or send a reader round in circles: that
process has bounds. What it finds are facts; whether a letter may look so is decided
elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass


class UnreadablePdf(ValueError):
    """A file that is no PDF or that cannot be used, with a code for the reason."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class PdfFacts:
    """What a PDF is like, by page numbers that begin with 1.

    ``address_lines`` are those in the window of an envelope; ``has_text`` tells whether
    the words of all pages could be read, without which the last three say nothing.
    """

    page_count: int
    not_a4_portrait: tuple[int, ...] = ()
    has_text: bool = False
    with_platform_tag: tuple[int, ...] = ()
    address_lines: tuple[str, ...] = ()
