"""The files of letters: what was uploaded, or the template drawn with its values."""

from __future__ import annotations

import io
import json
import uuid
from functools import lru_cache
from typing import Any

from pypdf import PdfReader, PdfWriter

from portal.branding.models import LetterBranding, ServiceLetterBranding
from portal.message_templates.models import TemplateHistory
from portal.notifications.models import Notification
from portal.sandbox import clock, files, secrets, times
from portal.sandbox.drawing import pictures, precompiled, sheet
from portal.sandbox.drawing.letter import Letter, joined
from portal.sandbox.refusals import Refusal
from portal.sandbox.shapes.templates import Senders, notification_template_shape

# Every picture of a page asks for its whole letter again.
KEPT_LETTERS = 64
FILENAME = "letter_branding__filename"
# The corner that the service's own mark is in.
CORNER = sheet.Area(0, 0, 22, 8.5)


def preview(
    letter: Notification, file_type: str, page: int = 1
) -> tuple[bytes, dict[str, Any]]:
    """A letter as a PDF, or a page of it as PNG, with what is known of its file."""
    key = f"service-{letter.service_id}/{letter.pk}.pdf"
    metadata: dict[str, Any] = {}
    try:
        content, metadata = files.read(files.LETTER_BUCKET, key)
    except files.NoSuchFile:
        content = sent(letter)
    if file_type == "pdf":
        return content, metadata
    if _is_outside(metadata, page):
        content = precompiled.marked(_one_page(content, page), is_addressed=page == 1)
        return pictures.png(content, 1), metadata
    return pictures.png(content, page, [CORNER] if page == 1 else []), metadata


def sent(letter: Notification) -> bytes:
    """Draw a letter that was made from a template, as it was sent."""
    version = TemplateHistory.objects.get(
        id__in=[letter.template_id], version=letter.template_version
    )
    service_id = version.service_id
    template = notification_template_shape(version, Senders(service_id), False)
    branding = ServiceLetterBranding.objects.filter(service_id=service_id)
    return drawn(
        {
            "template": template,
            "values": secrets.unseal(letter.personalisation),
            "letter_contact_block": letter.reply_to_text,
            "filename": branding.values_list(FILENAME, flat=True).first(),
            "date": times.iso(letter.created_at),
        }
    )


def drawn(asked: dict[str, Any]) -> bytes:
    """Draw what the template-preview service is asked for."""
    return joined(parts_of(requested(asked)))


def parts_of(letter: Letter) -> tuple[bytes, ...]:
    """Draw a letter in its parts, or find it drawn."""
    words = json.dumps(vars(letter) | {"attached": None}, default=str)
    return _kept(words, letter.attached)


@lru_cache(KEPT_LETTERS)
def _kept(letter: str, attached: bytes | None) -> tuple[bytes, ...]:
    return tuple(Letter(**json.loads(letter) | {"attached": attached}).parts())


def requested(asked: dict[str, Any]) -> Letter:
    """Read a request of the template-preview service."""
    try:
        template, filename = asked["template"], asked["filename"]
        values, contact = asked["values"], asked["letter_contact_block"]
        template["subject"], template["content"]
        file = template.get("letter_attachment")
        attached = attachment(template["service"], file["id"]) if file else None
    except (KeyError, TypeError, AttributeError) as error:
        raise Refusal(f"{error} is a required property") from error
    brands = LetterBranding.objects.filter(filename=filename)
    return Letter(
        template=template,
        values=values,
        contact_block=contact or "",
        brand=brands.values_list("name", flat=True).first() or "",
        date=asked.get("date") or clock.today().isoformat(),
        attached=attached,
    )


def attachment(service_id: str | uuid.UUID, attachment_id: str | uuid.UUID) -> bytes:
    """The pages that are printed after the letters of a template."""
    try:
        key = f"service-{service_id}/{attachment_id}.pdf"
        return files.read(files.ATTACHMENT_BUCKET, key)[0]
    except files.NoSuchFile as error:
        raise Refusal("There is no such attachment.", 404) from error


def _is_outside(metadata: dict[str, Any], page: int) -> bool:
    """Whether a page of a refused file has something where nothing may be."""
    is_outside = metadata.get("message") == "content-outside-printable-area"
    return is_outside and page in json.loads(metadata.get("invalid_pages") or "[]")


def _one_page(pdf: bytes, page: int) -> bytes:
    pages = PdfReader(io.BytesIO(pdf)).pages
    if not 1 <= page <= len(pages):
        raise pictures.NoSuchPage(page)
    writer, written = PdfWriter(), io.BytesIO()
    writer.add_page(pages[page - 1])
    writer.write(written)
    return written.getvalue()
