"""Making and changing templates."""

from __future__ import annotations

import uuid
from typing import Any

from django.db.models import QuerySet

from portal.message_templates.models import (
    Template,
    TemplateEmailFile,
    TemplateFolder,
    TemplateFolderMap,
    TemplateHistory,
    TemplateRedacted,
)
from portal.messages.letters import LetterMessage
from portal.messages.sms import CHARACTER_LIMIT, TextMessage
from portal.sandbox import clock
from portal.sandbox.http import one
from portal.sandbox.refusals import Refusal, SchemaRefusal
from portal.sandbox.rules import email_files
from portal.sandbox.shapes.templates import PRECOMPILED_NAME
from portal.sandbox.versions import save_version
from portal.services.models import (
    Service,
    ServiceEmailReplyTo,
    ServiceLetterContact,
    ServicePermission,
    ServiceSmsSender,
)
from portal.users.models import User

TYPE_NAMES = {"sms": "text message", "email": "email", "letter": "letter"}
SENDERS: dict[str, tuple[str, Any]] = {
    "sms": ("sms_sender_id", ServiceSmsSender),
    "email": ("email_reply_to_id", ServiceEmailReplyTo),
    "letter": ("letter_contact_id", ServiceLetterContact),
}
# What a template does not have, so that it always counts as a change.
EXTRAS = {"archive_email_file_ids", "current_user"}
TEXTS = (
    "name",
    "content",
    "subject",
    "archived",
    "postage",
    "has_unsubscribe_link",
    "letter_languages",
    "letter_welsh_subject",
    "letter_welsh_content",
)


def of_service(service_id: uuid.UUID, template_id: Any) -> Template:
    """A service's template, archived or not."""
    rows: QuerySet[Template] = Template.objects.all()
    return one(rows, pk=template_id, service_id=service_id)


def create(service: Service, data: dict[str, Any]) -> Template:
    """Make a template, in a folder if one is named."""
    kind = data["template_type"]
    folder = _folder(service, data.get("parent_folder_id"))
    check_permission(service, kind, "Creating")
    template = Template(
        service_id=service.pk, template_type=kind, created_at=clock.now()
    )
    _take(template, data)
    if kind == "letter":
        template.postage = template.postage or "second"
        template.letter_languages = template.letter_languages or "english"
        template.service_letter_contact_id = _contact(service, data.get("reply_to"))
    _check_content(template)
    _check_author(data["created_by"])
    template.created_by_id = data["created_by"]
    save(template)
    redaction(template)
    if folder:
        TemplateFolderMap.objects.create(
            template_id=template.pk, template_folder_id=folder.pk
        )
    template.refresh_from_db()
    return template


def update(service: Service, template: Template, data: dict[str, Any]) -> None:
    """Change a template; a new version only where something differs."""
    if "reply_to" in data:
        set_contact(service, template, data)
        return
    is_news = _take(template, data) or _is_by_another(template, data)
    if not is_news and not EXTRAS & set(data):
        return
    files = _files_to_archive(template, data)
    _check_content(template)
    _check_subject(template)
    _sign(template, data)
    save(template)
    for file in files:
        email_files.archive(file, template.created_by_id, template.version)
    if template.archived:
        email_files.archive_all(template, template.created_by_id)
        TemplateFolderMap.objects.filter(template_id=template.pk).delete()


def _check_subject(template: Template) -> None:
    if template.template_type != "sms" and not (template.subject or "").strip():
        raise Refusal({"subject": ["Invalid template subject"]})


def save(template: Template) -> None:
    """Save a template with its next version."""
    save_version(template, TemplateHistory)


def redaction(template: Template) -> TemplateRedacted:
    """Whether the values of a template's messages are hidden, as the database has it."""
    row, _ = TemplateRedacted.objects.get_or_create(
        template_id=template.pk,
        defaults={"updated_by_id": template.created_by_id, "updated_at": clock.now()},
    )
    found: TemplateRedacted = row
    return found


def redact(template: Template, user_id: Any) -> None:
    """Hide the values of a template's messages, for good."""
    if not user_id:
        raise Refusal({"created_by": ["Field is required"]})
    row = redaction(template)
    if not row.redact_personalisation:
        row.redact_personalisation = True
        row.updated_at, row.updated_by_id = clock.now(), user_id
        row.save()


def set_contact(service: Service, template: Template, data: dict[str, Any]) -> None:
    """Set or clear the sender's address of a letter template."""
    chosen = _contact(service, data["reply_to"], template.template_type)
    if template.template_type != "letter":
        raise Refusal({"reply_to": ["Only letter templates have a sender"]})
    template.service_letter_contact_id = chosen
    _sign(template, data)
    save(template)


def precompiled(service: Service) -> Template:
    """The hidden template of letters that come as a PDF, made when first asked for."""
    found: Template | None = Template.objects.filter(
        service_id=service.pk,
        template_type="letter",
        hidden=True,
        name=PRECOMPILED_NAME,
    ).first()
    if found:
        return found
    template = Template(
        service_id=service.pk,
        template_type="letter",
        name=PRECOMPILED_NAME,
        subject=PRECOMPILED_NAME,
        content="",
        postage="second",
        letter_languages="english",
        hidden=True,
        created_by_id=service.created_by_id,
        created_at=clock.now(),
    )
    save(template)
    redaction(template)
    return template


def check_permission(service: Service, kind: str, doing: str) -> None:
    """Refuse what a service has no permission for."""
    if not ServicePermission.objects.filter(
        service_id=service.pk, permission=kind
    ).exists():
        message = f"{doing} {TYPE_NAMES[kind]} templates is not allowed"
        raise Refusal({"template_type": [message]}, 403)


def _take(template: Template, data: dict[str, Any]) -> bool:
    changed = False
    for name in TEXTS:
        if name in data and (value := _known(name, data[name])) != getattr(
            template, name
        ):
            setattr(template, name, value)
            changed = True
    return changed


def _known(name: str, value: Any) -> Any:
    """Read null as no where the column cannot be empty; clients send it so."""
    if name == "has_unsubscribe_link":
        return bool(value)
    if name != "archived" and not isinstance(value, str | None):
        raise Refusal({name: ["Not a valid string."]})
    return value


def _is_by_another(template: Template, data: dict[str, Any]) -> bool:
    author = data.get("created_by")
    return author is not None and author != str(template.created_by_id)


def _sign(template: Template, data: dict[str, Any]) -> None:
    if author := data.get("created_by"):
        _check_author(author)
        template.created_by_id = author


def _check_author(user_id: Any) -> None:
    if not User.objects.filter(pk=user_id).exists():
        raise Refusal({"created_by": ["No result found"]})


def _check_content(template: Template) -> None:
    if template.template_type == "sms" and TextMessage(template.content).is_too_long:
        message = (
            f"Content has a character count greater than the limit of {CHARACTER_LIMIT}"
        )
        raise Refusal({"content": [message]})
    if template.template_type == "letter":
        texts = (template.content, template.letter_welsh_content or "")
        if any(map(_has_long_qr_code, texts)):
            raise Refusal({"content": ["qr-code-too-long"]})


def _has_long_qr_code(text: str) -> bool:
    return LetterMessage("", text).too_long_qr_code is not None


def _folder(service: Service, folder_id: Any) -> TemplateFolder | None:
    if folder_id is None:
        return None
    found: TemplateFolder | None = TemplateFolder.objects.filter(
        pk=folder_id, service_id=service.pk
    ).first()
    if found is None:
        raise Refusal("parent_folder_id not found")
    return found


def _contact(
    service: Service, sender_id: Any, kind: str = "letter"
) -> uuid.UUID | None:
    if sender_id is None:
        return None
    name, model = SENDERS[kind]
    found = model.objects.filter(
        pk=sender_id, service_id=service.pk, archived=False
    ).first()
    if found is None:
        message = (
            f"{name} {sender_id} does not exist in database for service id {service.pk}"
        )
        raise SchemaRefusal([message], error="BadRequestError")
    key: uuid.UUID = found.pk
    return key


def _files_to_archive(
    template: Template, data: dict[str, Any]
) -> list[TemplateEmailFile]:
    files = TemplateEmailFile.objects.filter(template_id=template.pk)
    wanted = [one(files, pk=key) for key in data.get("archive_email_file_ids") or ()]
    return [file for file in wanted if file.archived_at is None]
