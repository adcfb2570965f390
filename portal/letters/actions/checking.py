"""Having uploaded PDFs checked, and their pages drawn, by the service where there is one."""

from __future__ import annotations

import base64
import logging
from typing import Any

from portal.clients import template_preview_client
from portal.letters.drawing import Letterhead, checked, is_drawn
from portal.letters.uploads import ATTACHMENT, UploadedLetter
from portal.letters.verdicts import UNCHECKED, Verdict, judged_by_service, judged_here
from portal.messages.pdf_files import PdfFacts
from portal.remote import context
from portal.remote.answers import reading
from portal.remote.errors import HTTPError, NotFound, Unavailable
from portal.services.models import Service

logger = logging.getLogger(__name__)

# Making ten pages printable takes longer than any page of the portal may.
CHECK_SECONDS = 15
PRINTABLE, UNPRINTABLE, MISSING = 200, 400, 404


def check_pdf(
    *,
    service: Service,
    file_id: str,
    content: bytes,
    facts: PdfFacts,
    is_attachment: bool = False,
) -> Verdict:
    """Judge a PDF that can be read; where the service does not answer it stays unchecked.

    POST /precompiled/sanitise.
    """
    if not is_drawn():
        return judged_here(facts, content, is_attachment=is_attachment)
    try:
        printable = _asked(service, file_id, content, is_attachment=is_attachment)
    except HTTPError:
        return Verdict(UNCHECKED, facts.page_count, content=content)
    return judged_by_service(*printable, page_count=facts.page_count)


def _asked(
    service: Service, file_id: str, content: bytes, *, is_attachment: bool
) -> tuple[dict[str, Any], bytes]:
    context.extend(CHECK_SECONDS)
    answer = template_preview_client.sanitise_letter(
        content,
        upload_id=file_id,
        allow_international_letters=service.has_permission("international_letters"),
        is_an_attachment=is_attachment,
    )
    if answer.status_code not in (PRINTABLE, UNPRINTABLE):
        logger.error("The template-preview service answered %s.", answer.status_code)
        raise Unavailable
    with reading():
        told = answer.json()
        printable = base64.b64decode(told["file"]) if told.get("file") else content
        return told, printable


def draw_page(letter: UploadedLetter, page: int) -> bytes | None:
    """Draw a page of an uploaded file as PNG; None if nobody draws.

    Raises NoSuchObject and UnreadablePdf, and what ``draw`` raises.
    """
    if not is_drawn():
        return None
    # A picture that comes late is better than a broken one.
    context.extend(CHECK_SECONDS)
    content = letter.content()
    if letter.shows_margins(page):
        drawing = template_preview_client.get_png_for_invalid_pdf_page(
            content, page, is_an_attachment=letter.purpose == ATTACHMENT
        )
    else:
        drawing = template_preview_client.get_png_for_valid_pdf_page(content, page)
    return checked(drawing[0], drawing[1], "png", page)


def draw_attachment(*, service: Service, attachment_id: str, page: int) -> bytes | None:
    """Draw a page that is attached to a template as PNG; None if nobody draws.

    Raises what ``draw`` raises.
    """
    if not is_drawn():
        return None
    context.extend(CHECK_SECONDS)
    content, status, _headers = (
        template_preview_client.get_png_for_letter_attachment_page(
            attachment_id, Letterhead(service), page
        )
    )
    if status == MISSING:
        raise NotFound
    return checked(content, status, "png", page)
