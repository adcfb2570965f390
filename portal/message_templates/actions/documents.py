"""What is behind the link of a file in an e-mail: a sent file, or a template's own as its team sees it."""

from __future__ import annotations

import base64
import binascii
import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils import timezone

from portal.clients import document_download_api_client
from portal.common.storage import NoSuchObject, bucket
from portal.message_templates.actions.email_files import BUCKET, key_of
from portal.message_templates.actions.reading import load_template
from portal.message_templates.models import Template, TemplateHistory
from portal.messages.linked_files import FileKind, kind_of, size_text
from portal.remote.answers import reading
from portal.remote.errors import Forbidden, Gone, NotFound, Rejected
from portal.services.models import Service
from portal.users.models import User

PIECE = 65536
ID_BYTES, SECRET_BYTES = 16, 32


class NoDocument(Exception):
    """The link leads nowhere; ``is_gone`` when it did before."""

    def __init__(self, *, is_gone: bool = False) -> None:
        super().__init__()
        self.is_gone = is_gone


class HiddenTemplate(Exception):
    """The file is of a template in a folder that the person does not see."""


@dataclass(frozen=True)
class Document:
    """A file as the page for downloading it shows it; ``template`` is there in a preview."""

    service_id: UUID
    id: UUID
    key: str
    extension: str
    filename: str
    size: int
    asks_for_address: bool
    last_day: datetime.date | None
    template: Any = None

    @property
    def kind(self) -> FileKind | None:
        """What kind of file it is."""
        return kind_of(f"file.{self.extension}")

    @property
    def size_text(self) -> str:
        """How large it is."""
        return size_text(self.size)


def load_document(
    *, service: Service, user: User, document_id: UUID, key: str, version: str
) -> Document:
    """Find what a link leads to, by its key: a template's id, or a sent file's secret.

    GET /services/<id>/documents/<id>/check of the document-download service. Raises
    NoDocument and HiddenTemplate.
    """
    secret = _read(key)
    if len(secret) == ID_BYTES:
        pk = UUID(bytes=secret)
        return _of_template(service, user, pk, document_id, key, version)
    if len(secret) == SECRET_BYTES and document_download_api_client.is_there:
        return _sent(service, document_id, key)
    raise NoDocument


def _read(key: str) -> bytes:
    try:
        padded = key + "=" * (-len(key) % 4)
        return base64.b64decode(padded, altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return b""


def _of_template(
    service: Service, user: User, pk: UUID, document_id: UUID, key: str, version: str
) -> Document:
    try:
        template, tree, old = load_template(
            service=service,
            user=user,
            template_id=pk,
            beside=lambda: _version(service, pk, version) if version else None,
        )
    except Template.DoesNotExist as missing:
        raise NoDocument from missing
    if not tree.shows(template.folder_id):
        raise HiddenTemplate
    shown: Template | TemplateHistory = old or template
    file = next((f for f in shown.email_files if f.id == str(document_id)), None)
    if file is None:
        raise NoDocument
    today = timezone.localdate()
    return Document(
        service_id=service.pk,
        id=document_id,
        key=key,
        extension=file.filename.rpartition(".")[2].lower(),
        filename=file.filename,
        size=_size(service.pk, document_id),
        asks_for_address=file.validate_users_email,
        last_day=today + datetime.timedelta(weeks=file.retention_period),
        template=shown,
    )


def _version(service: Service, pk: UUID, version: str) -> TemplateHistory:
    if not version.isdecimal() or len(version) > 6:
        raise NoDocument
    found = TemplateHistory.objects.filter(service=service.pk, id=pk)
    one: TemplateHistory | None = found.filter(version=int(version)).first()
    if one is None:
        raise NoDocument
    return one


def _size(service_id: UUID, file_id: UUID) -> int:
    try:
        return int(bucket(BUCKET).size(key_of(service_id, file_id)))
    except FileNotFoundError as missing:
        raise NoDocument(is_gone=True) from missing


def _sent(service: Service, document_id: UUID, key: str) -> Document:
    try:
        told = document_download_api_client.get_document_metadata(
            service.pk, document_id, key
        )
    except Gone as gone:
        raise NoDocument(is_gone=True) from gone
    except (NotFound, Forbidden, Rejected) as missing:
        raise NoDocument from missing
    with reading():
        extension = str(told["file_extension"])
        until = told["available_until"]
        document = Document(
            service_id=service.pk,
            id=document_id,
            key=key,
            extension=extension,
            filename=str(told["filename"] or f"{document_id}.{extension}"),
            size=int(told["size_in_bytes"]),
            asks_for_address=bool(told["confirm_email"]),
            last_day=datetime.date.fromisoformat(str(until)[:10]) if until else None,
        )
    if document.last_day and document.last_day < timezone.localdate():
        raise NoDocument(is_gone=True)
    return document


def confirm_recipient(*, document: Document, user: User, email_address: str) -> str:
    """Return the proof that a file was sent to an address; empty when it was not.

    POST /services/<id>/documents/<id>/authenticate. In a preview it is the person's own
    address. Raises RateLimited.
    """
    if document.template is not None:
        is_own = email_address.casefold() == str(user.email_address).casefold()
        return "preview" if is_own else ""
    try:
        return str(
            document_download_api_client.authenticate_access_to_document(
                document.service_id, document.id, document.key, email_address
            )
        )
    except (Forbidden, Rejected):
        return ""


def open_document(*, document: Document, proof: str) -> Iterator[bytes]:
    """Return a file piece by piece. Raises NoDocument, and Forbidden without the proof."""
    if document.template is not None:
        return _pieces(document)
    try:
        answer = document_download_api_client.download_document(
            document.service_id, document.id, document.key, proof
        )
    except Gone as gone:
        raise NoDocument(is_gone=True) from gone
    except (NotFound, Rejected) as missing:
        raise NoDocument from missing
    pieces: Iterator[bytes] = answer.iter_content(PIECE)
    return pieces


def _pieces(document: Document) -> Iterator[bytes]:
    key = key_of(document.service_id, document.id)
    try:
        opened = bucket(BUCKET).open(key)
    except (FileNotFoundError, NoSuchObject) as missing:
        raise NoDocument(is_gone=True) from missing
    return _read_on(opened)


def _read_on(opened: Any) -> Iterator[bytes]:
    with opened:
        yield from opened.chunks(PIECE)
