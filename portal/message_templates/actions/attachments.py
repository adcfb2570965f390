"""Pages that are printed after every letter of a template."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import uuid4

from portal.clients import letter_attachment_client
from portal.common.storage import NoSuchObject
from portal.letters import uploads
from portal.letters.actions import check_pdf
from portal.letters.attachments import Attachment, attached_file, save_attachment
from portal.letters.drawing import Letter, drawn_pages
from portal.letters.uploads import ATTACHMENT, UploadedLetter
from portal.letters.verdicts import INVALID, UNCHECKED, Verdict
from portal.message_templates.actions.templates import record_template
from portal.message_templates.models import Template
from portal.message_templates.previews import estimated_pages
from portal.messages.letter_pages import PAGE_LIMIT
from portal.messages.pdf_files import PdfFacts
from portal.remote.errors import HTTPError, Rejected
from portal.services.models import Service
from portal.users.models import User


@dataclass(frozen=True)
class Attached:
    """What became of a PDF: it is attached, or there is something in the way.

    ``refused`` is a file with something wrong in it; ``total_pages`` is above the limit
    where the letter would be too long with it; ``is_outdated`` tells that somebody else
    changed the attached pages meanwhile.
    """

    is_attached: bool = False
    is_unchecked: bool = False
    refused: UploadedLetter | None = None
    total_pages: int = 0
    is_outdated: bool = False


def attach_pages(
    *,
    service: Service,
    user: User,
    template: Template,
    name: str,
    content: bytes,
    facts: PdfFacts,
) -> Attached:
    """Attach a PDF in place of what is attached, if it can be printed.

    POST /letter-attachment, which makes a new version.
    """
    file_id = str(uuid4())
    verdict = check_pdf(
        service=service,
        file_id=file_id,
        content=content,
        facts=facts,
        is_attachment=True,
    )
    if verdict.status == UNCHECKED:
        return Attached(is_unchecked=True)
    if verdict.status == INVALID:
        return Attached(refused=_kept(service, file_id, name, verdict))
    total_pages = own_pages(service, template) + verdict.page_count
    if total_pages > PAGE_LIMIT:
        return Attached(total_pages=total_pages)
    if verdict.by_service:
        uploads.keep_original(file_id, content)
    attachment = Attachment(file_id, name, verdict.page_count)
    save_attachment(service.pk, attachment, verdict.content)
    try:
        _change(template, user, attachment)
    except Rejected:
        return Attached(is_outdated=True)
    return Attached(is_attached=True, total_pages=total_pages)


def own_pages(service: Service, template: Template) -> int:
    """How many pages a letter has without those attached: counted, or else estimated."""
    counted = drawn_pages(Letter.of(template, service))
    if counted is not None:
        return counted.count - counted.attached
    return estimated_pages(template, service)


def _kept(
    service: Service, file_id: str, name: str, verdict: Verdict
) -> UploadedLetter:
    return uploads.save_letter(
        service_id=service.pk,
        file_id=file_id,
        name=name,
        verdict=verdict,
        purpose=ATTACHMENT,
    )


def remove_pages(*, template: Template, user: User) -> bool:
    """Take the attached pages off a template; its earlier versions keep them.

    False where somebody else changed them meanwhile.
    """
    try:
        _change(template, user, None)
    except Rejected:
        return False
    return True


def copy_pages(*, template: Template, to_template: Template) -> bool:
    """Attach a copy of a template's pages to another; False where they are lost."""
    if template.attachment is None:
        return True
    copy = replace(template.attachment, id=str(uuid4()))
    try:
        content = attached_file(template.service_id, template.attachment.id)
        save_attachment(to_template.service_id, copy, content)
        _attach(to_template, copy)
    except (NoSuchObject, HTTPError):
        return False
    return True


def _attach(template: Template, attachment: Attachment) -> None:
    letter_attachment_client.create_letter_attachment(
        upload_id=attachment.id,
        original_filename=attachment.name,
        page_count=attachment.page_count,
        template_id=str(template.pk),
        service_id=str(template.service_id),
    )


def _change(template: Template, user: User, attachment: Attachment | None) -> None:
    before = template.attachment
    if before is not None:
        letter_attachment_client.archive_letter_attachment(
            letter_attachment_id=before.id,
            user_id=str(user.pk),
            service_id=str(template.service_id),
        )
    if attachment is not None:
        _attach(template, attachment)
    record_template(
        actor=user,
        action="changed",
        object_id=template.pk,
        object_repr=template.name,
        before={"letter_attachment": before and before.name},
        after={"letter_attachment": attachment and attachment.name},
    )
