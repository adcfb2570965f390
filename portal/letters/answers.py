"""Uploaded files answered to browsers: a page as a picture, or all of it as a PDF."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from portal.common.storage import NoSuchObject
from portal.letters import actions
from portal.letters.drawing import Refused
from portal.letters.pictures import CONTENT_TYPES, page_asked
from portal.letters.uploads import UploadedLetter
from portal.messages.pdf_files import UnreadablePdf
from portal.remote.errors import NotFound
from portal.services.models import Service


def uploaded_file(request: HttpRequest, letter: UploadedLetter) -> HttpResponse:
    """Answer with a page of an uploaded file; without one, and where nobody draws, the PDF.

    Raises Http404.
    """
    page = picture_asked(request)
    if page is not None and page not in letter.pages:
        raise Http404(_("There is no such page."))
    try:
        drawn = None if page is None else actions.draw_page(letter, page)
        return picture(drawn) if drawn else pdf(letter.content(), letter.name)
    except (NoSuchObject, UnreadablePdf, NotFound, Refused) as missing:
        raise Http404(_("There is no such page.")) from missing


def attached_page(
    request: HttpRequest, service: Service, attachment_id: str
) -> HttpResponse | None:
    """Answer with a picture of an attached page; None where the PDF is to be had.

    Raises Http404.
    """
    page = picture_asked(request)
    if page is None:
        return None
    try:
        drawn = actions.draw_attachment(
            service=service, attachment_id=attachment_id, page=page
        )
    except (NotFound, Refused) as missing:
        raise Http404(_("There is no such page.")) from missing
    return picture(drawn) if drawn else None


def picture_asked(request: HttpRequest) -> int | None:
    """The page that ``?page=`` names; None for all of the file. Raises Http404."""
    return page_asked(request, "png") if "page" in request.GET else None


def picture(content: bytes) -> HttpResponse:
    """Answer with a page."""
    return HttpResponse(content, content_type=CONTENT_TYPES["png"])


def pdf(content: bytes, name: str) -> HttpResponse:
    """Answer with a file to be kept, which no browser opens as a part of the portal."""
    return HttpResponse(
        content,
        content_type=CONTENT_TYPES["pdf"],
        headers={"Content-Disposition": str(content_disposition_header(True, name))},
    )
