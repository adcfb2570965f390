"""What is found of an uploaded PDF: by the service that draws letters, or else by us."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from portal.messages.letter_pages import PAGE_LIMIT
from portal.messages.pdf_files import PdfFacts

VALID, INVALID, UNCHECKED = "valid", "invalid", "unchecked"
TOO_LONG = "letter-too-long"
NOT_A4 = "letter-not-a4-portrait-oriented"
OUTSIDE = "content-outside-printable-area"
TAGGED = "notify-tag-found-in-content"


@dataclass(frozen=True)
class Verdict:
    """Whether a PDF can be printed, with the platform's code for what is wrong.

    ``content`` is the file to print. Only the service knows the whole truth
    (``by_service``): whose own reading of the address then counts. A file that it could
    not look at is ``unchecked``.
    """

    status: str
    page_count: int
    code: str = ""
    invalid_pages: tuple[int, ...] = ()
    recipient: str = ""
    by_service: bool = False
    content: bytes = field(default=b"", repr=False)


def judged_by_service(
    answer: dict[str, Any], content: bytes, page_count: int
) -> Verdict:
    """Read what the service says; ``content`` is the file that it made printable."""
    code = answer.get("message") or ""
    return Verdict(
        status=INVALID if code else VALID,
        page_count=page_count,
        code=str(code),
        invalid_pages=tuple(answer.get("invalid_pages") or ()),
        recipient=answer.get("recipient_address") or "",
        by_service=True,
        content=content,
    )


def judged_here(facts: PdfFacts, content: bytes, *, is_attachment: bool) -> Verdict:
    """Judge by what can be seen without drawing the pages, in the service's order."""
    code: str = ""
    pages: tuple[int, ...] = ()
    if facts.page_count > PAGE_LIMIT:
        code = TOO_LONG
    elif facts.not_a4_portrait:
        code, pages = NOT_A4, facts.not_a4_portrait
    elif tagged := _wrongly_tagged(facts, is_attachment):
        code, pages = TAGGED, tagged
    return Verdict(
        status=INVALID if code else VALID,
        page_count=facts.page_count,
        code=code,
        invalid_pages=pages,
        recipient="" if is_attachment else "\n".join(facts.address_lines),
        content=content,
    )


def _wrongly_tagged(facts: PdfFacts, is_attachment: bool) -> tuple[int, ...]:
    # The first page of a letter gets the platform's mark, and may have it already.
    return tuple(n for n in facts.with_platform_tag if n > 1 or is_attachment)
