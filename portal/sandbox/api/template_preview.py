"""The template-preview service, which draws letters and judges uploaded ones.

Not part of the Notify API: a service of its own on a real platform, here under
``/_sandbox/template-preview``, which is the portal's ``TEMPLATE_PREVIEW_API_HOST``. Every
request is a POST with ``Authorization: Token <TEMPLATE_PREVIEW_API_KEY>`` (401 without). A
refusal is ``{"result": "error", "message": …}`` with status 400, or as said below.

``/preview.pdf``, ``/preview.png?page=1``, ``/get-page-count``
    ``{"letter_contact_block": …, "template": {"subject", "content", …}, "values": {…} or
    null, "filename": <name of the brand's file> or null, "date": ISO or absent}`` with the
    template as the API gives it: ``letter_languages``, ``letter_welsh_subject``,
    ``letter_welsh_content``, ``letter_attachment`` and ``service`` count too. A PDF, one
    page as PNG (the first unless told; a PDF takes no ``page``), or ``{"count": 5,
    "welsh_page_count": 2, "attachment_page_count": 1}``, where the first has all in it.
    Where a real letter has a logo, the brand's name stands.
``/precompiled/sanitise?allow_international_letters=true|false&upload_id=…``
    The body is the PDF's bytes. 200, or 400 when something is wrong with the file:
    ``{"page_count": 2, "recipient_address": "line\\nline\\nSW1A 1AA", "message": null,
    "invalid_pages": null, "file": "<base64 of the PDF to print>"}``. In a refusal
    ``file`` and ``recipient_address`` are null, ``invalid_pages`` counts from 1, and
    ``message`` is one of: ``unable-to-read-the-file`` (``page_count`` null),
    ``letter-too-long`` (``invalid_pages`` null), ``letter-not-a4-portrait-oriented``,
    ``content-outside-printable-area``, ``notify-tag-found-in-content``; and of the address,
    on page 1: ``address-is-empty``, ``not-enough-address-lines``,
    ``too-many-address-lines``, ``invalid-address-line-1-or-2``,
    ``has-country-for-bfpo-address``, ``not-a-real-uk-postcode``,
    ``not-a-real-uk-postcode-or-country``, ``cant-send-international-letters``,
    ``invalid-char-in-address``, ``no-fixed-abode-address``. With ``is_an_attachment=true``
    no page has an address, so ``recipient_address`` is null. Unlike the real one's, the
    file keeps its colours and fonts. Nothing is stored: that is for who asked.
``/precompiled-preview.png?page=1&hide_notify=true``
    The body is the PDF in base64. One page as PNG (page 1 unless told); with
    ``hide_notify`` the corner with the service's mark is blank.
``/precompiled/overlay.png?page_number=3&is_an_attachment=false``
    The body is a PDF of one page, the one with that number in its letter. PNG with the
    areas in red on which nothing may be: round the address too on page 1 of a letter.
``/letter_attachment_preview.png?page=1``
    ``{"letter_attachment_id": …, "service_id": …}``; ``page`` must be there. A page as PNG
    of ``service-<service_id>/<letter_attachment_id>.pdf`` among the letter attachments
    (404 if there is none).
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import asdict

from django.http import HttpRequest, HttpResponse

from portal.sandbox.drawing import pictures, precompiled
from portal.sandbox.http import Answer, fields, route
from portal.sandbox.refusals import Refusal
from portal.sandbox.rules.letter_files import (
    CORNER,
    attachment,
    drawn,
    parts_of,
    requested,
)

PREFIX = "/_sandbox/template-preview"


@route("POST", f"{PREFIX}/preview.pdf", auth="preview", only_reads=True)
def view_letter_pdf(request: HttpRequest) -> HttpResponse:
    if "page" in request.GET:
        raise Refusal("A PDF has all the pages.")
    return HttpResponse(drawn(fields(request)), content_type="application/pdf")


@route("POST", f"{PREFIX}/preview.png", auth="preview", only_reads=True)
def view_letter_png(request: HttpRequest) -> HttpResponse:
    return picture(drawn(fields(request)), _number(request, "page", "1"))


@route("POST", f"{PREFIX}/get-page-count", auth="preview", only_reads=True)
def get_page_count(request: HttpRequest) -> dict[str, int]:
    letter = requested(fields(request))
    pages = [pictures.page_count(part) for part in parts_of(letter)]
    return {
        "count": sum(pages),
        "welsh_page_count": pages[0] if letter.is_bilingual else 0,
        "attachment_page_count": pages[-1] if letter.attached else 0,
    }


@route("POST", f"{PREFIX}/precompiled/sanitise", auth="preview", only_reads=True)
def sanitise_precompiled_letter(request: HttpRequest) -> Answer:
    verdict = precompiled.judge(
        _content(request, "no-encoded-string"),
        abroad=request.GET.get("allow_international_letters") == "true",
        is_attachment=request.GET.get("is_an_attachment") == "true",
    )
    told = asdict(verdict)
    if verdict.file is not None:
        told["file"] = base64.b64encode(verdict.file).decode()
    return Answer(told, 400 if verdict.message else 200)


@route("POST", f"{PREFIX}/precompiled-preview.png", auth="preview", only_reads=True)
def view_precompiled_letter(request: HttpRequest) -> HttpResponse:
    try:
        pdf = base64.b64decode(_content(request, "There is no file."))
    except binascii.Error as error:
        raise Refusal("Could not read PDF") from error
    is_hidden = request.GET.get("hide_notify") == "true"
    return picture(pdf, _number(request, "page", "1"), is_hidden=is_hidden)


@route("POST", f"{PREFIX}/precompiled/overlay.png", auth="preview", only_reads=True)
def overlay_page(request: HttpRequest) -> HttpResponse:
    pdf = _content(request, "no data received in POST")
    number = _number(request, "page_number")
    is_attachment = request.GET.get("is_an_attachment", "").lower() == "true"
    is_addressed = number == 1 and not is_attachment
    try:
        return picture(precompiled.marked(pdf, is_addressed=is_addressed), 1)
    except precompiled.Unreadable as error:
        raise Refusal("Unable to read the PDF data") from error


@route(
    "POST", f"{PREFIX}/letter_attachment_preview.png", auth="preview", only_reads=True
)
def view_letter_attachment(request: HttpRequest) -> HttpResponse:
    page, asked = _number(request, "page"), fields(request)
    try:
        pdf = attachment(asked["service_id"], asked["letter_attachment_id"])
    except KeyError as error:
        raise Refusal(f"{error} is a required property") from error
    return picture(pdf, page)


def picture(pdf: bytes, page: int, *, is_hidden: bool = False) -> HttpResponse:
    """A page as PNG, without the service's own mark if that is hidden."""
    try:
        drawn = pictures.png(pdf, page, [CORNER] if is_hidden else [])
    except pictures.NoSuchPage as error:
        raise Refusal(f"Letter does not have a page {page}") from error
    except pictures.Unreadable as error:
        raise Refusal("Could not read PDF") from error
    return HttpResponse(drawn, content_type="image/png")


def _content(request: HttpRequest, complaint: str) -> bytes:
    if not request.body:
        raise Refusal(complaint)
    return request.body


def _number(request: HttpRequest, name: str, default: str = "") -> int:
    given = request.GET.get(name, default)
    if not given.isdecimal():
        raise Refusal(f"{name} must be a number")
    return int(given)
