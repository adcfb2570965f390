"""Files that e-mail templates link to: pending until used, then versioned with the template."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from portal.message_templates.models import (
    Template,
    TemplateEmailFile,
    TemplateEmailFileHistory,
)
from portal.messages.linked_files import link_text_as_markdown
from portal.sandbox import clock, files
from portal.sandbox.refusals import Refusal
from portal.sandbox.rules import documents

BUCKET = "template_email_files"

EDITABLE = ("link_text", "retention_period", "validate_users_email", "pending")


def create(template: Template, data: dict[str, Any]) -> TemplateEmailFile:
    """Attach a file, pending until the template's editor is done with it."""
    if template.template_type != "email":
        raise Refusal("Cannot add an email file to a non-email template")
    name = data.get("filename")
    if not name or "created_by_id" not in data:
        raise Refusal("A file needs a filename and a created_by_id")
    in_use = live(template.pk).filter(filename__iexact=name)
    if in_use.exists():
        raise Refusal(f"File named {name} already exists for template id {template.pk}")
    given = {
        key: data[key]
        for key in ("id", "link_text", "retention_period", "validate_users_email")
        if key in data
    }
    file: TemplateEmailFile = TemplateEmailFile.objects.create(
        **given,
        filename=name,
        created_by_id=data["created_by_id"],
        created_at=clock.now(),
        pending=True,
        version=0,
        template_id=template.pk,
        template_version=template.version,
    )
    file.refresh_from_db()
    return file


def live(template_id: uuid.UUID) -> Any:
    """The files that a template's e-mails link to."""
    return TemplateEmailFile.objects.filter(
        template_id=template_id, archived_at=None, pending=False
    )


def link(service_id: Any, file: TemplateEmailFile, to: str) -> str:
    """Store a copy of a file for one recipient; gives what stands in their e-mail."""
    try:
        content, _metadata = files.read(BUCKET, f"{service_id}/{file.pk}")
    except files.NoSuchFile as error:
        raise Refusal("The file of the template is not in its bucket", 500) from error
    address = documents.store(
        service_id,
        content,
        filename=file.filename,
        confirmation_email=to if file.validate_users_email else None,
        retention_period=f"{file.retention_period} weeks",
    )
    return link_text_as_markdown(file.link_text, address)


def change(file: TemplateEmailFile, data: dict[str, Any]) -> bool:
    """Take new values; say whether a file in use changed, so that its template must too."""
    was_live = not file.pending
    before = [getattr(file, name) for name in EDITABLE]
    for name in EDITABLE:
        if name in data:
            setattr(file, name, data[name])
    changed = before != [getattr(file, name) for name in EDITABLE]
    return was_live and changed


def save(file: TemplateEmailFile, template_version: int) -> None:
    """Save a file; one that is in use gets a new version."""
    file.template_version = template_version
    if file.pending:
        file.save()
        return
    file.version += 1
    file.save()
    columns = (column.attname for column in TemplateEmailFile._meta.concrete_fields)
    TemplateEmailFileHistory.objects.create(
        **{name: getattr(file, name) for name in columns}
    )


def archive(file: TemplateEmailFile, user_id: Any, template_version: int) -> None:
    """Take a file away from its template."""
    file.archived_at = clock.now()
    file.archived_by_id = user_id
    save(file, template_version)


def archive_all(template: Template, user_id: Any) -> None:
    """Take all files away from a template that was archived."""
    files = TemplateEmailFile.objects.filter(template_id=template.pk, archived_at=None)
    for file in files:
        archive(file, user_id, template.version)


def files_of_versions(
    template_id: uuid.UUID, versions: Sequence[int]
) -> dict[int, list[TemplateEmailFileHistory]]:
    """The files of each of some versions of a template, as they were then."""
    history = list(
        TemplateEmailFileHistory.objects.filter(template_id=template_id).order_by(
            "version"
        )
    )
    found: dict[int, list[TemplateEmailFileHistory]] = {}
    for version in versions:
        latest = {row.id: row for row in history if row.template_version <= version}
        found[version] = [row for row in latest.values() if row.archived_at is None]
    return found
