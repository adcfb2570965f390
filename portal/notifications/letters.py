"""Letters that were sent, as pictures and files: drawn again, or as they were uploaded."""

from __future__ import annotations

import base64
import json
from typing import Any

from django.core.cache import cache

from portal.clients import notification_api_client
from portal.letters.drawing import Letter, LetterPages, checked, is_drawn
from portal.letters.pictures import ShownPages, shown_pages, shown_urls
from portal.letters.words import problem_of
from portal.messages.pdf_files import UnreadablePdf
from portal.messages.pdf_files.process import read_pdf
from portal.notifications.lines import NotificationLine
from portal.remote import context
from portal.remote.answers import reading
from portal.remote.errors import HTTPError, NotFound
from portal.services.models import Service

PICTURE = "notifications:picture"
REFUSED = "validation-failed"
KEPT_COUNT_SECONDS, KEPT_NOTHING_SECONDS = 24 * 3600, 10
COUNT_SECONDS = 2.0


def letter_of(*, service: Service, line: NotificationLine) -> Letter:
    """A letter made from a template, to be drawn as it was sent."""
    template = line.template | {
        "service": str(service.pk),
        "reply_to_text": line.data.get("reply_to_text")
        or line.template.get("reply_to_text")
        or "",
        # The address may have made it post abroad.
        "postage": line.data.get("postage"),
    }
    return Letter(template, service, line.values or None, line.created_at)


def sent_pages(*, service: Service, line: NotificationLine) -> ShownPages | None:
    """The pages of a sent letter to be shown; None where they cannot be."""
    if line.kind != "letter" or not is_drawn():
        return None
    if not line.is_uploaded_letter:
        letter = letter_of(service=service, line=line)
        return shown_pages(letter, PICTURE, service.pk, line.id)
    known = _uploaded(service, line)
    if not known.get("count"):
        return None
    pages = LetterPages(known["count"], welsh=0, attached=0)
    postage = str(line.data.get("postage") or "")
    return ShownPages(pages, *shown_urls(PICTURE, service.pk, line.id), postage)


def failure_of(*, service: Service, line: NotificationLine) -> str:
    """Say what is wrong with an uploaded letter that was refused; empty for others."""
    if not line.is_uploaded_letter or line.status != REFUSED:
        return ""
    known = _uploaded(service, line)
    if not known.get("code"):
        return ""
    return problem_of(known["code"], known["invalid_pages"], known["count"])


def uploaded_letter(
    *, service: Service, line: NotificationLine, filetype: str, page: int | None
) -> bytes:
    """Read an uploaded letter, or a page of it as PNG, from the API.

    Raises NotFound for a page that it does not have.
    """
    content, _metadata = _read(service, line, filetype, page)
    return checked(content, 200, filetype, page)


def _read(
    service: Service, line: NotificationLine, filetype: str, page: int | None
) -> tuple[bytes, dict[str, Any]]:
    try:
        answer = notification_api_client.get_notification_letter_preview(
            str(service.pk), line.id, filetype, page=page
        )
    except HTTPError as error:
        # The API says no more than that of a page beyond the last.
        if error.status_code == 500 and page is not None and page > 1:
            raise NotFound from error
        raise
    with reading():
        content = base64.b64decode(answer["content"], validate=True)
        return content, dict(answer.get("metadata") or {})


def _uploaded(service: Service, line: NotificationLine) -> dict[str, Any]:
    """Find out how many pages an uploaded letter has, and what is wrong with it.

    Empty where the API does not say it soon enough; no page asks twice.
    """
    key = f"uploaded-letter-{line.id}-{line.status}"
    known: dict[str, Any] | None = cache.get(key)
    if known is not None:
        return known
    try:
        with context.scope(seconds=COUNT_SECONDS):
            pdf, metadata = _read(service, line, "pdf", None)
    except HTTPError:
        cache.set(key, {}, KEPT_NOTHING_SECONDS)
        return {}
    known = {
        "count": _count(pdf),
        "code": str(metadata.get("message") or ""),
        "invalid_pages": _numbers(metadata.get("invalid_pages")),
    }
    cache.set(key, known, KEPT_COUNT_SECONDS)
    return known


def _count(pdf: bytes) -> int:
    try:
        return read_pdf(pdf).page_count
    except UnreadablePdf:
        return 0


def _numbers(text: Any) -> list[int]:
    """Read the numbers of pages, which lie beside the file as JSON."""
    try:
        found = json.loads(text or "[]")
    except (TypeError, ValueError):
        return []
    return [page for page in found if type(page) is int]
