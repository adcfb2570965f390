"""Letters answered to browsers: pages as pictures, whole letters as PDF files.

Browsers keep those of templates, for the person alone, and ask again each time whether
they are still the same; that they are is found out without drawing anything. What says
something of a recipient leaves no copy behind.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext as _

from portal.letters.drawing import (
    Letter,
    LetterPages,
    Refused,
    draw,
    drawn_pages,
    etag_of,
    require_service,
)
from portal.messages.formats.postage import POSTAGE
from portal.messages.letter_pages import PAGE_LIMIT
from portal.remote.errors import NotFound

CONTENT_TYPES = {"png": "image/png", "pdf": "application/pdf"}
LONGEST_NUMBER = 3


class ShownPages:
    """The pages of a letter on a staff page: pictures with their texts, and the file."""

    def __init__(
        self, pages: LetterPages, png_url: str, pdf_url: str, postage: str = ""
    ) -> None:
        self.count, self.pages, self.postage = pages.count, pages, postage
        self.png_url, self.pdf_url = png_url, pdf_url

    @property
    def stamp(self) -> Any:
        """The class of post, or the zone abroad, in words."""
        return POSTAGE.get(self.postage, "")

    @property
    def complaint(self) -> str:
        """What to say of a letter that is too long to be sent; else empty."""
        if self.count <= PAGE_LIMIT:
            return ""
        return _(
            "The letter is %(count)s pages long. A letter can be at most %(limit)s "
            "pages long. Shorten it, then try again."
        ) % {"count": self.count, "limit": PAGE_LIMIT}

    @property
    def pictures(self) -> list[dict[str, str]]:
        """The address of each page's picture, and the text in its place."""
        return [
            {
                "url": f"{self.png_url}?{urlencode({'page': number})}",
                "text": _("Page %(number)s of %(count)s")
                % {"number": number, "count": self.count},
            }
            for number in range(1, self.count + 1)
        ]


def shown_pages(letter: Letter, name: str, *args: object) -> ShownPages | None:
    """Count a letter's pages to show them; None where they cannot be.

    ``name`` and ``args`` are of the URL that draws it, the file type left out.
    """
    pages = drawn_pages(letter)
    if pages is None:
        return None
    return ShownPages(pages, *shown_urls(name, *args), letter.postage)


def shown_urls(name: str, *args: object) -> tuple[str, str]:
    """The addresses of a letter's pictures and of its file."""
    return reverse(name, args=[*args, "png"]), reverse(name, args=[*args, "pdf"])


def letter_response(
    request: HttpRequest, letter: Letter, filetype: str, name: object = ""
) -> HttpResponseBase:
    """Answer with a letter's PDF, or with the page of it that ``?page=`` names."""
    if letter.template["template_type"] != "letter":
        raise Http404(_("This is no letter."))
    if letter.template.get("is_precompiled_letter"):
        raise Http404(_("This letter was not made from a template."))
    require_service()
    page = page_asked(request, filetype)
    return file_response(
        request,
        filetype,
        etag_of(letter.fingerprint, filetype, page),
        lambda: draw(letter, filetype, page),
        name,
        is_personal=bool(letter.values),
    )


def page_asked(request: HttpRequest, filetype: str) -> int | None:
    """The page of a picture; None for a PDF, which has all. Raises Http404."""
    text = request.GET.get("page")
    if filetype == "pdf":
        if text is not None:
            raise Http404(_("A PDF has all the pages."))
        return None
    text = "1" if text is None else text
    is_number = text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER
    if not is_number or int(text) < 1:
        raise Http404(_("There is no such page."))
    return int(text)


def file_response(
    request: HttpRequest,
    filetype: str,
    etag: str,
    drawn: Callable[[], bytes],
    name: object = "",
    *,
    is_personal: bool = False,
) -> HttpResponseBase:
    """Answer with what is drawn, 304 to a browser that has it, or a sentence why not.

    ``drawn`` may raise what ``portal.letters.drawing.draw`` raises.
    """
    response = get_conditional_response(request, etag=etag)
    if response is None:
        try:
            content = drawn()
        except NotFound as missing:
            raise Http404(_("The letter does not have that page.")) from missing
        except Refused:
            return refusal()
        response = HttpResponse(content, content_type=CONTENT_TYPES[filetype])
        if filetype == "pdf":
            file = f"{slugify(str(name)) or 'letter'}.pdf"
            response["Content-Disposition"] = content_disposition_header(True, file)
    response["ETag"] = etag
    patch_cache_control(response, private=True, no_cache=True)
    if is_personal:
        patch_cache_control(response, no_store=True)
    return response


def refusal() -> HttpResponse:
    """Say that a letter is not drawn, whatever is tried."""
    told = _(
        "This letter cannot be drawn. It may be too long, or have something in it that "
        "cannot be printed. Change its words, then try again."
    )
    return HttpResponse(told, status=400, content_type="text/plain; charset=utf-8")
