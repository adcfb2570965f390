"""Starting the process that reads a PDF, and taking what it says."""

from __future__ import annotations

import json
from typing import Any

from portal.messages.pdf_files import PdfFacts, UnreadablePdf
from portal.messages.processes import Told, read_in_process

# A little more than the process allows itself of the processor.
_SECONDS = 12
_HEADER, _HEADER_WITHIN = b"%PDF-", 1024


def read_pdf(data: bytes) -> PdfFacts:
    """Return what a PDF is like, or raise UnreadablePdf.

    A file whose pages can be counted but whose words cannot be read is no error.
    """
    if _HEADER not in data[:_HEADER_WITHIN]:
        raise UnreadablePdf("no_pdf")
    facts: dict[str, Any] = {}
    for line in _run(data, "facts").output.splitlines():
        try:
            facts |= json.loads(line)
        except ValueError:
            break
    if "error" in facts:
        raise UnreadablePdf(facts["error"])
    if not facts.get("page_count"):
        raise UnreadablePdf("unreadable")
    return PdfFacts(
        page_count=facts["page_count"],
        not_a4_portrait=tuple(facts["not_a4_portrait"]),
        has_text=facts.get("has_text", False),
        with_platform_tag=tuple(facts.get("with_platform_tag", ())),
        address_lines=tuple(facts.get("address_lines", ())),
    )


def one_page(data: bytes, number: int) -> bytes:
    """Return one page of a PDF, the first is 1, as a PDF. Raises UnreadablePdf."""
    told = _run(data, "page", str(number))
    if not (told.is_whole and told.output.startswith(_HEADER)):
        raise UnreadablePdf("unreadable")
    return told.output


def _run(data: bytes, *arguments: str) -> Told:
    try:
        return read_in_process(
            "portal.messages.pdf_files.reader",
            *arguments,
            data=data,
            library="pypdf",
            seconds=_SECONDS,
        )
    except OSError as error:
        raise UnreadablePdf("unreadable") from error
