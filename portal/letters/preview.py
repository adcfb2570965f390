"""The service that draws letters and checks PDF files; not the Notify API itself."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from datetime import date as Date
from typing import Any

import requests
from django.conf import settings
from django.utils.translation import gettext as _

from portal.messages.letters import LetterMessage
from portal.messages.pdf_files.process import one_page
from portal.remote import http
from portal.remote.cache import DEFAULT_TTL, cache
from portal.remote.client import Id, given, parsed, serialised, trace_headers
from portal.remote.errors import NotFound, Rejected, Unavailable

Headers = list[tuple[str, str]]
Drawing = tuple[bytes, int, Headers]

_PASSED_ON = {"content-type", "cache-control"}


class TemplatePreviewClient:
    """Draws letters as PNG or PDF; a refusal is passed on with its status, not raised."""

    def get_allowed_headers(self, headers: Mapping[str, str]) -> Headers:
        """Return those headers of an answer that a browser is to have."""
        return [
            (name, value)
            for name, value in headers.items()
            if name.lower() in _PASSED_ON
        ]

    def get_preview_for_templated_letter(
        self,
        db_template: Mapping[str, Any],
        filetype: str = "png",
        values: Mapping[str, Any] | None = None,
        page: int | str | None = None,
        branding_filename: str | None = None,
        service: Any = None,
        date: Date | None = None,
    ) -> Drawing:
        """Draw a template's letter, one page as PNG or all as PDF.

        Where nobody draws, it is the letter's words as plain text. Raises NotFound for
        what is no letter, Rejected for one page of a PDF and ValueError for an uploaded
        letter, which is drawn by other methods.
        """
        if db_template["template_type"] != "letter":
            raise NotFound
        if db_template["is_precompiled_letter"]:
            raise ValueError("An uploaded letter is not drawn from its template")
        if filetype == "pdf" and page:
            raise Rejected
        data = {
            **_letter(db_template, values, branding_filename or _branding(service)),
            "date": date,
        }
        if not settings.TEMPLATE_PREVIEW_API_HOST:
            return _in_words(db_template, values)
        content, status, headers = self._draw(
            f"/preview.{filetype}", serialised(data), given(page=page)
        )
        if filetype == "pdf":
            headers = [*headers, ("Content-Disposition", "attachment")]
        return content, status, headers

    def get_png_for_valid_pdf_page(self, pdf_file: bytes, page: int | str) -> Drawing:
        """Draw one page of a PDF; on the first, the service's own mark is hidden."""
        return self._draw(
            "/precompiled-preview.png",
            base64.b64encode(one_page(pdf_file, int(page))),
            {"hide_notify": "true"} if str(page) == "1" else {},
        )

    def get_png_for_invalid_pdf_page(
        self, pdf_file: bytes, page: int | str, is_an_attachment: bool = False
    ) -> Drawing:
        """Draw one page of a PDF with the areas that must stay empty marked."""
        return self._draw(
            "/precompiled/overlay.png",
            one_page(pdf_file, int(page)),
            {"page_number": page, "is_an_attachment": is_an_attachment},
        )

    def get_png_for_letter_attachment_page(
        self, attachment_id: Id, service: Any, page: int | str | None = None
    ) -> Drawing:
        """Draw one page of a template's attachment."""
        data = {"letter_attachment_id": attachment_id, "service_id": service.id}
        return self._draw(
            "/letter_attachment_preview.png", serialised(data), given(page=page)
        )

    def get_page_counts_for_letter(
        self,
        db_template: Mapping[str, Any],
        service: Any,
        values: Mapping[str, Any] | None = None,
    ) -> Any:
        """Return the numbers of pages of a template's letter; None for what is no letter.

        Kept for a version of a template without values, which has its placeholders in it.
        """
        if db_template["template_type"] != "letter":
            return None
        data = _letter(db_template, values, _branding(service))
        _require_host()
        if values or "version" not in db_template:
            return _page_counts(data)
        template = f"service-{service.id}-template-{db_template['id']}"
        key = f"{template}-version-{db_template['version']}-all-page-counts"
        tags = (
            key,
            f"service-{service.id}",
            f"service-{service.id}-template",
            template,
        )
        return cache.get(key, tags, DEFAULT_TTL, lambda: _page_counts(data))

    def sanitise_letter(
        self,
        pdf_file: Any,
        *,
        upload_id: Id,
        allow_international_letters: bool,
        is_an_attachment: bool = False,
    ) -> requests.Response:
        """Have an uploaded PDF checked and made printable; the answer's status is the verdict."""
        params = {
            "allow_international_letters": _word(allow_international_letters),
            "upload_id": upload_id,
            **({"is_an_attachment": "true"} if is_an_attachment else {}),
        }
        body = pdf_file if isinstance(pdf_file, bytes) else pdf_file.read()
        return _post("/precompiled/sanitise", body, params)

    def _draw(self, path: str, body: bytes, params: Mapping[str, Any]) -> Drawing:
        response = _post(path, body, params)
        return (
            response.content,
            response.status_code,
            self.get_allowed_headers(response.headers),
        )


def _page_counts(letter: Mapping[str, Any]) -> Any:
    return parsed(
        http.send(
            "POST",
            f"{settings.TEMPLATE_PREVIEW_API_HOST}/get-page-count",
            headers=_headers(),
            body=serialised(letter),
        )
    )


def _post(path: str, body: bytes, params: Mapping[str, Any]) -> requests.Response:
    _require_host()
    return http.once(
        "POST",
        f"{settings.TEMPLATE_PREVIEW_API_HOST}{path}",
        headers=_headers(),
        body=body,
        params=params,
    )


def _require_host() -> None:
    if not settings.TEMPLATE_PREVIEW_API_HOST:
        raise Unavailable(_("The pages of letters cannot be shown here."))


def _in_words(
    db_template: Mapping[str, Any], values: Mapping[str, Any] | None
) -> Drawing:
    letter = LetterMessage(
        db_template.get("subject") or "", db_template.get("content") or "", values
    )
    text = f"{letter.heading.plain(values)}\n\n{letter.content.plain(values)}\n"
    headers = [
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Cache-Control", "no-store"),
    ]
    return text.encode(), 200, headers


def _headers() -> dict[str, str]:
    return {
        "Authorization": f"Token {settings.TEMPLATE_PREVIEW_API_KEY}",
        "Content-type": "application/json",
        **trace_headers(),
    }


def _letter(
    db_template: Mapping[str, Any],
    values: Mapping[str, Any] | None,
    filename: str | None,
) -> dict[str, Any]:
    return {
        "letter_contact_block": db_template["reply_to_text"],
        "template": db_template,
        "values": values,
        "filename": filename,
    }


def _branding(service: Any) -> str | None:
    filename: str | None = getattr(
        getattr(service, "letter_branding", None), "filename", None
    )
    return filename


def _word(value: bool) -> str:
    return "true" if value else "false"
