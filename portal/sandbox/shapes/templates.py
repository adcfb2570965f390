"""Templates, their versions, folders and files as the API writes them."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from portal.letters.models import LetterAttachment
from portal.message_templates.models import (
    Template,
    TemplateEmailFile,
    TemplateFolder,
    TemplateFolderMap,
    TemplateHistory,
    TemplateRedacted,
    UserFolderPermission,
)
from portal.messages.phone_numbers import InvalidPhoneNumber, parse_phone_number
from portal.sandbox import times
from portal.sandbox.rules.email_files import files_of_versions
from portal.services.models import (
    ServiceEmailReplyTo,
    ServiceLetterContact,
    ServiceSmsSender,
)
from portal.users.models import User

PRECOMPILED_NAME = "Pre-compiled PDF"
TEXTS = (
    "content",
    "has_unsubscribe_link",
    "id",
    "letter_languages",
    "letter_welsh_content",
    "letter_welsh_subject",
    "name",
    "subject",
    "template_type",
    "version",
)
Version = Template | TemplateHistory


@dataclass
class Senders:
    """Whom a service's messages come from unless one says otherwise, read once."""

    service_id: uuid.UUID
    _defaults: dict[str, str | None] = field(default_factory=dict)

    def default(self, template_type: str) -> str | None:
        """The default sender of a kind of message; letters have none."""
        if template_type not in self._defaults:
            self._defaults[template_type] = self._read(template_type)
        return self._defaults[template_type]

    def _read(self, template_type: str) -> str | None:
        if template_type == "letter":
            return None
        model, column = {
            "sms": (ServiceSmsSender, "sms_sender"),
            "email": (ServiceEmailReplyTo, "email_address"),
        }[template_type]
        rows = model.objects.filter(
            service_id=self.service_id, is_default=True, archived=False
        )
        value: str | None = rows.values_list(column, flat=True).first()
        return sender_text(value) if value else value

    def of(self, template: Version) -> str | None:
        """The sender of a template's messages as things are now."""
        contact = template.service_letter_contact_id
        if template.template_type != "letter" or contact is None:
            return self.default(template.template_type)
        block: str | None = (
            ServiceLetterContact.objects.filter(pk=contact)
            .values_list("contact_block", flat=True)
            .first()
        )
        return block


def sender_text(sender: str) -> str:
    """What a message says it comes from: numbers are written out in full."""
    try:
        return parse_phone_number(sender).normalised
    except InvalidPhoneNumber:
        return sender


def is_precompiled(template: Version) -> bool:
    """Whether this is the hidden template behind letters that come as a PDF."""
    return bool(template.hidden and template.name == PRECOMPILED_NAME)


def attachment_shape(attachment: LetterAttachment) -> dict[str, Any]:
    """A PDF attached to a letter template."""
    return {
        "archived_at": times.iso(attachment.archived_at),
        "archived_by_id": attachment.archived_by_id,
        "created_at": times.iso(attachment.created_at),
        "created_by_id": attachment.created_by_id,
        "id": attachment.pk,
        "original_filename": attachment.original_filename,
        "page_count": attachment.page_count,
    }


def attached(template: Version) -> dict[str, Any] | None:
    """The attachment of a template, if any."""
    attachment = template.letter_attachment
    return attachment_shape(attachment) if attachment else None


def template_shape(template: Template) -> dict[str, Any]:
    """One template as it is now."""
    folder = TemplateFolderMap.objects.filter(template_id=template.pk)
    redacted = TemplateRedacted.objects.filter(
        template_id=template.pk, redact_personalisation=True
    )
    files = TemplateEmailFile.objects.filter(
        template_id=template.pk, archived_at=None, pending=False
    )
    return _shared(template, Senders(template.service_id)) | {
        "created_by": template.created_by_id,
        "email_files": [
            file_in_template_shape(row) for row in files.order_by("created_at")
        ],
        "folder": folder.values_list("template_folder_id", flat=True).first(),
        "redact_personalisation": redacted.exists(),
    }


def template_version_shapes(
    versions: Iterable[TemplateHistory],
) -> list[dict[str, Any]]:
    """Versions of one template, each with its author."""
    rows = list(versions)
    if not rows:
        return []
    authors = {
        user.pk: {"email_address": user.email_address, "id": user.pk, "name": user.name}
        for user in User.objects.filter(pk__in={row.created_by_id for row in rows})
    }
    files = files_of_versions(rows[0].id, [row.version for row in rows])
    senders = Senders(rows[0].service_id)
    return [
        _shared(row, senders)
        | {
            "created_by": authors.get(row.created_by_id),
            "email_files": [file_in_template_shape(f) for f in files[row.version]],
        }
        for row in rows
    ]


def _shared(template: Version, senders: Senders) -> dict[str, Any]:
    contact = template.service_letter_contact_id
    return {name: getattr(template, name) for name in TEXTS} | {
        "archived": template.archived,
        "created_at": times.iso(template.created_at),
        "hidden": template.hidden,
        "is_precompiled_letter": is_precompiled(template),
        "letter_attachment": attached(template),
        "postage": template.postage,
        "reply_to": contact,
        "reply_to_text": senders.of(template),
        "service": template.service_id,
        "service_letter_contact": contact,
        "template_redacted": template.id,
        "updated_at": times.iso(template.updated_at),
    }


def listed_template_shapes(service_id: uuid.UUID) -> list[dict[str, Any]]:
    """A service's templates that are neither archived nor hidden, by name."""
    folders = dict(
        TemplateFolderMap.objects.filter(template__service_id=service_id).values_list(
            "template_id", "template_folder_id"
        )
    )
    rows = Template.objects.filter(
        service_id=service_id, archived=False, hidden=False
    ).values("id", "name", "template_type")
    return [
        {
            "folder": folders.get(row["id"]),
            "id": row["id"],
            "is_precompiled_letter": False,
            "name": row["name"],
            "template_type": row["template_type"],
        }
        for row in sorted(
            rows, key=lambda row: (row["name"].casefold(), row["template_type"])
        )
    ]


def notification_template_shape(
    template: TemplateHistory, senders: Senders, redacted: bool
) -> dict[str, Any]:
    """The template inside a notification."""
    return {name: getattr(template, name) for name in TEXTS} | {
        "is_precompiled_letter": is_precompiled(template),
        "letter_attachment": attached(template),
        "redact_personalisation": redacted,
        "reply_to_text": senders.of(template),
        "service": template.service_id,
    }


def folder_shapes(folders: Iterable[TemplateFolder]) -> list[dict[str, Any]]:
    """Folders, each with the people who see it."""
    rows = list(folders)
    seen: dict[uuid.UUID, list[uuid.UUID]] = {row.pk: [] for row in rows}
    for folder, user in UserFolderPermission.objects.filter(
        template_folder_id__in=list(seen)
    ).values_list("template_folder_id", "user_id"):
        seen[folder].append(user)
    return [
        {
            "id": row.pk,
            "name": row.name,
            "parent_id": row.parent_id,
            "service_id": row.service_id,
            "users_with_permission": seen[row.pk],
        }
        for row in rows
    ]


def file_in_template_shape(file: Any) -> dict[str, Any]:
    """A file inside its e-mail template."""
    names = (
        "filename",
        "id",
        "link_text",
        "pending",
        "retention_period",
        "validate_users_email",
    )
    return {name: getattr(file, name) for name in names}


def file_shape(file: TemplateEmailFile) -> dict[str, Any]:
    """A file of an e-mail template by itself."""
    return file_in_template_shape(file) | {
        "archived_at": times.iso(file.archived_at),
        "archived_by": file.archived_by_id,
        "created_at": times.iso(file.created_at),
        "created_by": file.created_by_id,
        "created_by_id": file.created_by_id,
        "template": file.template_id,
        "template_id": file.template_id,
        "template_version": file.template_version,
        "updated_at": times.iso(file.updated_at),
        "version": file.version,
    }
