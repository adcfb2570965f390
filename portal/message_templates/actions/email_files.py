"""The files that e-mails of a template link to: stored, checked, offered, taken away."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.utils.translation import gettext as _

from portal.clients import (
    document_download_api_client,
    service_api_client,
    template_email_file_client,
)
from portal.common.storage import NoSuchObject, read_object, save_object
from portal.message_templates.actions.templates import record_file, record_template
from portal.message_templates.attached import AttachedFile
from portal.message_templates.models import Template
from portal.messages.fields import Content
from portal.remote.answers import reading
from portal.remote.errors import HTTPError, NotFound, Rejected
from portal.services.models import Service
from portal.users.models import User

BUCKET = "template_email_files"
SETTINGS = ("link_text", "retention_period", "validate_users_email")


class NoSuchFile(Exception):
    """The template has no such file, or has it no longer."""


def key_of(service_id: Any, file_id: Any) -> str:
    """Where the API looks for a file."""
    return f"{service_id}/{file_id}"


def load_email_file(
    *, service: Service, template_id: UUID, file_id: UUID
) -> AttachedFile:
    """Read a file of a template, one that is not live yet too. Raises NoSuchFile.

    The API gives any file for any template's address, those that were archived as well.
    """
    try:
        row = template_email_file_client.get_file_by_id(
            str(file_id), str(service.pk), str(template_id)
        )["data"]
    except NotFound as missing:
        raise NoSuchFile from missing
    with reading():
        is_here = str(row["template_id"]) == str(template_id)
        if not is_here or row["archived_at"] is not None:
            raise NoSuchFile
    return AttachedFile.of(row)


def check_email_file(*, service: Service, name: str, content: bytes) -> None:
    """Have a file looked through for viruses, where there is a service for that.

    POST /services/<id>/antivirus-and-mimetype-check of the document-download service.
    Raises Rejected with a sentence about the file.
    """
    if not document_download_api_client.is_there:
        return
    try:
        document_download_api_client.file_check_and_antivirus_scan(
            str(service.pk), name, content
        )
    except HTTPError as error:
        if error.status_code not in (400, 413):
            raise
        raise Rejected(_refusal(error)) from error


def _refusal(error: HTTPError) -> str:
    if error.status_code == 413:
        return _("The file is too large. It can be up to 2MB.")
    if "virus" in str(error.message):
        return _("A virus was found in the file. It was not attached.")
    return _("The file is not of the kind that its name says. Save it again.")


def attach_email_file(
    *, template: Template, user: User, file_id: UUID, name: str, content: bytes
) -> str:
    """Store a file and attach it to a template, where it waits to be made live; gives its id.

    A second try for the same id finds what the first one made. Raises Rejected.
    """
    service_id = str(template.service_id)
    save_object(BUCKET, key_of(service_id, file_id), content)
    try:
        template_email_file_client.create_file(
            file_id=str(file_id),
            service_id=service_id,
            template_id=str(template.pk),
            filename=name,
            created_by_id=str(user.pk),
        )
    except HTTPError:
        if not _is_attached(template, file_id):
            raise
    record_file(actor=user, action="added", object_id=file_id, object_repr=name)
    return str(file_id)


def _is_attached(template: Template, file_id: UUID) -> bool:
    try:
        template_email_file_client.get_file_by_id(
            str(file_id), str(template.service_id), str(template.pk)
        )
    except HTTPError:
        return False
    return True


def update_email_file(
    *, template: Template, user: User, file: AttachedFile, **changes: Any
) -> bool:
    """Change how a file is offered; False if nothing differs. Of a live one it is a new version."""
    before = {name: getattr(file, name) for name in changes}
    if before == changes:
        return False
    _send(template, file, **changes)
    record_file(
        actor=user,
        action="changed",
        object_id=file.id,
        object_repr=file.filename,
        before=before,
        after=changes,
    )
    return True


def make_email_file_live(*, template: Template, user: User, file: AttachedFile) -> None:
    """Have a template's e-mails link to a file, at their end where they do not say where.

    In this order, so that what fails between can be tried again.
    """
    if not file.is_in(template.content):
        content = f"{template.content}\n\n(({file.filename}))"
        _write(template, user, content)
    update_email_file(template=template, user=user, file=file, pending=False)


def content_without(template: Template, file: AttachedFile) -> str:
    """The words of a template without a file's placeholder."""
    return Content(template.content).plain({file.filename: ""}).strip()


def remove_email_file(*, template: Template, user: User, file: AttachedFile) -> None:
    """Take a file off its template, and its placeholder out of the words if it is live."""
    if file.pending:
        template_email_file_client.archive_file(
            file.id,
            str(template.service_id),
            str(template.pk),
            archived_by_id=str(user.pk),
        )
    else:
        content = content_without(template, file)
        _write(template, user, content, archive_email_file_ids=[file.id])
    record_file(
        actor=user, action="archived", object_id=file.id, object_repr=file.filename
    )


def copy_email_files(
    *, files: list[AttachedFile], from_service: UUID, to_template: Template, user: User
) -> list[str]:
    """Attach copies of live files to a copy of their template; gives the names of those lost."""
    lost = []
    for file in files:
        try:
            _copy(file, from_service, to_template, user)
        except (NoSuchObject, HTTPError):
            lost.append(file.filename)
    return lost


def _copy(
    file: AttachedFile, from_service: UUID, template: Template, user: User
) -> None:
    content, _metadata = read_object(BUCKET, key_of(from_service, file.id))
    file_id = uuid4()
    attach_email_file(
        template=template,
        user=user,
        file_id=file_id,
        name=file.filename,
        content=content,
    )
    _send(template, file, id=str(file_id), pending=False)


def _send(template: Template, file: AttachedFile, **changes: Any) -> None:
    names = (*SETTINGS, "pending")
    values = {name: getattr(file, name) for name in names} | changes
    template_email_file_client.update_file(
        values.pop("id", file.id), str(template.service_id), str(template.pk), **values
    )


def _write(template: Template, user: User, content: str, **more: Any) -> None:
    service_api_client.update_service_template(
        str(template.service_id), str(template.pk), content=content, **more
    )
    record_template(
        actor=user,
        action="changed",
        object_id=template.pk,
        object_repr=template.name,
        before={"content": template.content},
        after={"content": content},
    )
