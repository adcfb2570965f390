"""Letters as the template-preview service draws them: their pages, pictures and files.

Without the service (``TEMPLATE_PREVIEW_API_HOST``) pages show letters as text, and say
about how many pages they have; ``drawn_pages`` is None then, and ``draw`` refuses.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from portal.branding.models import LetterBranding
from portal.clients import template_preview_client
from portal.message_templates.models import Template, TemplateHistory
from portal.messages.columns import Columns
from portal.messages.postal_addresses import PostalAddress
from portal.remote import context
from portal.remote.answers import reading
from portal.remote.errors import (
    HTTPError,
    InvalidResponse,
    NotFound,
    Unavailable,
    error_for,
)
from portal.services.models import Service

MAGIC = {"png": b"\x89PNG", "pdf": b"%PDF"}
KEPT_COUNT_SECONDS = 3600
# What the service is told of a template; nothing else of it is drawn.
_WORDS = (
    *("version", "template_type", "subject", "content", "postage"),
    *("letter_languages", "letter_welsh_subject", "letter_welsh_content"),
)


class Refused(Exception):
    """The service does not draw this letter: nothing that trying again would change."""


@dataclass(frozen=True)
class LetterPages:
    """How many pages a letter has: all, those in Welsh, and those attached."""

    count: int
    welsh: int
    attached: int


class Letterhead:
    """A service as the preview client wants it: with the brand of its letters."""

    def __init__(self, service: Service) -> None:
        self.service, self.id = service, str(service.pk)

    @cached_property
    def letter_branding(self) -> LetterBranding | None:
        """The brand, None for letters without one."""
        pk = self.service.letter_branding_id
        return LetterBranding.objects.filter(pk=pk).first() if pk else None


@dataclass(frozen=True)
class Letter:
    """A letter to be drawn: a template as JSON, and what is filled in."""

    template: Mapping[str, Any]
    service: Service
    values: Mapping[str, Any] | None = None
    # When it was sent; a letter that was not is dated today.
    date: dt.datetime | None = None

    @classmethod
    def of(
        cls,
        template: Template | TemplateHistory,
        service: Service,
        values: Mapping[str, Any] | None = None,
    ) -> Letter:
        """Make one of a template, or of one of its versions."""
        words = {name: getattr(template, name, None) for name in _WORDS}
        known = {
            "id": str(template.id),
            "service": str(service.pk),
            "is_precompiled_letter": bool(template.extra.get("is_precompiled_letter")),
            "letter_attachment": template.extra.get("letter_attachment"),
            "reply_to_text": template.extra.get("reply_to_text") or "",
        }
        return cls(words | known, service, dict(values) if values else None)

    @cached_property
    def letterhead(self) -> Letterhead:
        """Whose letter it is."""
        return Letterhead(self.service)

    @cached_property
    def postage(self) -> str:
        """Its class of post; to an address abroad the zone, which is the only way there."""
        address = PostalAddress.from_columns(Columns(self.values))
        if address.is_international:
            return address.country.zone
        return str(self.template.get("postage") or "")

    @cached_property
    def fingerprint(self) -> str:
        """A word that changes with all that is drawn, and tells nothing of it."""
        brand = self.letterhead.letter_branding
        drawn = (
            dict(self.template),
            self.values and dict(self.values),
            brand and [brand.filename, brand.name],
            str(self.date or timezone.localdate()),
        )
        text = json.dumps(drawn, sort_keys=True, default=str)
        return salted_hmac("portal.letters", text, algorithm="sha256").hexdigest()


def is_drawn() -> bool:
    """Whether there is a service that draws letters."""
    return bool(settings.TEMPLATE_PREVIEW_API_HOST)


def drawn_pages(letter: Letter) -> LetterPages | None:
    """Count the pages of a letter; None where nobody can, or not soon enough.

    What a page shows besides does not wait for it longer than
    ``TEMPLATE_PREVIEW_SECONDS``.
    """
    if not is_drawn() or letter.template["template_type"] != "letter":
        return None
    try:
        with context.scope(seconds=settings.TEMPLATE_PREVIEW_SECONDS):
            return _counted(letter)
    except HTTPError:
        return None


def _counted(letter: Letter) -> LetterPages:
    # The client keeps the counts of templates; those of letters are kept here.
    key = f"letter-pages-{letter.fingerprint}" if letter.values else ""
    answer = cache.get(key) if key else None
    if answer is None:
        answer = template_preview_client.get_page_counts_for_letter(
            dict(letter.template), letter.letterhead, letter.values
        )
    with reading():
        pages = LetterPages(
            answer["count"], answer["welsh_page_count"], answer["attachment_page_count"]
        )
        if not all(type(count) is int for count in vars(pages).values()):
            raise TypeError("A count of pages is no number.")
    if key:
        cache.set(key, answer, KEPT_COUNT_SECONDS)
    return pages


def draw(letter: Letter, filetype: str, page: int | None = None) -> bytes:
    """Draw a letter as "pdf", or one page of it as "png".

    Raises NotFound for a page that it does not have, Refused for what is not drawn, and
    Unavailable.
    """
    require_service()
    content, status, _headers = (
        template_preview_client.get_preview_for_templated_letter(
            dict(letter.template),
            filetype,
            letter.values,
            page=page,
            service=letter.letterhead,
            date=letter.date,
        )
    )
    return checked(content, status, filetype, page)


def draw_example(branding_filename: str | None) -> bytes:
    """Draw the first page of an example letter of a brand. Raises as ``draw`` does."""
    require_service()
    content, status, _headers = (
        template_preview_client.get_preview_for_templated_letter(
            _example(), "png", page=1, branding_filename=branding_filename
        )
    )
    return checked(content, status, "png", 1)


def file_of_brand(brand_id: str) -> str:
    """The name of the file of a brand's logo. Raises NotFound."""
    try:
        return str(LetterBranding.objects.get(pk=brand_id).filename)
    except (LetterBranding.DoesNotExist, ValidationError) as missing:
        raise NotFound from missing


def require_service() -> None:
    """Raise Unavailable where no service draws letters."""
    if not is_drawn():
        raise Unavailable(_("The pages of letters cannot be shown here."))


def checked(content: bytes, status: int, filetype: str, page: int | None) -> bytes:
    """Return what was drawn, or raise what an answer of the service means."""
    if status == 400 and page is not None and page > 1:
        raise NotFound
    if status == 400:
        raise Refused
    if status != 200:
        raise error_for(status, None)
    if not content.startswith(MAGIC[filetype]):
        raise InvalidResponse
    return content


def etag_of(*parts: Any) -> str:
    """Make an ETag of what an answer depends on."""
    text = "\0".join(map(str, parts))
    return f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'


def _example() -> dict[str, Any]:
    words = _(
        "This is where the words of your letters will be. They are set in one size, "
        "with space between the paragraphs.\n\n"
        "# Headings stand out\n\n"
        "A letter may have:\n\n"
        "* lists like this one\n"
        "* as many paragraphs as fit on 10 pages\n\n"
        "The name and address of the person you write to are above, where the window "
        "of the envelope is."
    )
    return {
        "template_type": "letter",
        "is_precompiled_letter": False,
        "subject": _("An example letter"),
        "content": words,
        "reply_to_text": "",
    }
