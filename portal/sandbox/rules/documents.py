"""The sandbox's own document-download service: files that e-mails link to, each behind a key."""

from __future__ import annotations

import base64
import binascii
import datetime
import hashlib
import json
import re
import secrets
import uuid
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core import signing

from portal.common.converters import ShortIdConverter
from portal.messages.email_addresses import InvalidEmailAddress, parse_email_address
from portal.messages.linked_files import KINDS, LONGEST_NAME, FileKind, kind_of
from portal.sandbox import clock, files
from portal.sandbox.refusals import Refusal

BUCKET = "documents"
MOST_BYTES = 2 * 1024 * 1024 + 1024
USUAL_PERIOD = "26 weeks"
PROOF = "document_access_signed_data"
PROOF_SECONDS = 30 * 24 * 3600
# The industry's test of antivirus software, which is no virus.
TEST_VIRUS = b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE"
_WEEKS = re.compile(r"(\d+) weeks?")


class DocumentRefusal(Refusal):
    """A refusal in the shape of the document-download service."""

    def payload(self) -> dict[str, Any]:
        """Say the reason under its own name."""
        return {"error": self.message}


@dataclass(frozen=True)
class Document:
    """A stored file, and what is known of it."""

    service_id: str
    id: str
    filename: str
    content_type: str
    size: int
    key_digest: str
    email_digest: str
    available_until: str

    @property
    def asks_for_address(self) -> bool:
        """Whether its recipient has to confirm the address."""
        return bool(self.email_digest)


def decoded(text: Any) -> bytes:
    """Read a file of a request."""
    try:
        return base64.b64decode(str(text), validate=True)
    except (binascii.Error, ValueError) as error:
        raise DocumentRefusal("Document is not base64 encoded") from error


def check(content: bytes, filename: str | None) -> FileKind:
    """Say of what kind a file is; refuse other kinds, large and empty files, and viruses."""
    if len(content) > MOST_BYTES:
        raise DocumentRefusal("Document is larger than 2MB", 413)
    if not content:
        raise DocumentRefusal("Document must not be empty")
    if TEST_VIRUS in content:
        raise DocumentRefusal("File did not pass the virus scan")
    if filename is not None and len(filename) > LONGEST_NAME:
        told = f"`filename` cannot be longer than {LONGEST_NAME} characters"
        raise DocumentRefusal(told)
    kind = kind_of(filename) if filename is not None else _kind_by(content)
    if kind is None or not kind.fits(content):
        raise DocumentRefusal("Unsupported file type")
    return kind


def _kind_by(content: bytes) -> FileKind | None:
    """Tell the kind of a file without a name by how it begins; the rest is text."""
    known = (kind for kind in KINDS if kind.beginnings and kind.fits(content))
    return next(known, None) or kind_of("file.txt")


def store(
    service_id: Any,
    content: bytes,
    *,
    filename: str | None = None,
    confirmation_email: str | None = None,
    retention_period: str | None = None,
) -> str:
    """Store a file; gives the link to the page where its recipient downloads it."""
    kind = check(content, filename)
    weeks = _WEEKS.fullmatch(retention_period or USUAL_PERIOD)
    if weeks is None or not 1 <= int(weeks[1]) <= 78:
        told = "Retention period must be a string of the format '<1-78> weeks'."
        raise DocumentRefusal(told)
    secret = secrets.token_bytes(32)
    document = Document(
        service_id=str(service_id),
        id=str(uuid.uuid4()),
        filename=filename or "",
        content_type=kind.extension,
        size=len(content),
        key_digest=_digest(secret),
        email_digest=_digest_of_address(confirmation_email),
        available_until=str(clock.today() + datetime.timedelta(weeks=int(weeks[1]))),
    )
    files.write(
        BUCKET, _path(document.service_id, document.id), content, vars(document)
    )
    short = ShortIdConverter().to_url
    key = base64.urlsafe_b64encode(secret).decode().rstrip("=")
    page = f"/d/{short(document.service_id)}/{short(document.id)}"
    return f"{settings.ADMIN_BASE_URL}{page}?key={key}"


def find(service_id: Any, document_id: Any, key: str | None) -> tuple[Document, bytes]:
    """Find a file by its key; refuse a wrong one, and one that is gone."""
    secret = _secret(key)
    try:
        content, told = files.read(BUCKET, _path(service_id, document_id))
    except files.NoSuchFile as error:
        missing = "The requested document could not be found"
        raise DocumentRefusal(missing, 404) from error
    document = Document(**told)
    if not secrets.compare_digest(document.key_digest, _digest(secret)):
        raise DocumentRefusal("Forbidden")
    if document.available_until < str(clock.today()):
        raise DocumentRefusal("The document is no longer available", 410)
    return document, content


def _secret(key: str | None) -> bytes:
    if not key:
        raise DocumentRefusal("Missing decryption key")
    try:
        return base64.urlsafe_b64decode(f"{key}==")
    except (binascii.Error, ValueError) as error:
        raise DocumentRefusal("Invalid decryption key") from error


def authenticate(document: Document, address: Any) -> str:
    """Give a proof that a file was sent to an address; refuse other addresses."""
    try:
        given = _digest_of_address(str(address or ""))
    except InvalidEmailAddress as error:
        raise DocumentRefusal("Invalid email address") from error
    if not given:
        raise DocumentRefusal("No email address")
    if not secrets.compare_digest(given, document.email_digest):
        raise DocumentRefusal("Authentication failure", 403)
    return signing.dumps([document.service_id, document.id], salt=PROOF)


def is_proven(document: Document, proof: str) -> bool:
    """Whether a cookie shows that the address of a file was confirmed."""
    try:
        told = signing.loads(proof, salt=PROOF, max_age=PROOF_SECONDS)
    except signing.BadSignature:
        return False
    return bool(told == [document.service_id, document.id])


def _digest(secret: bytes) -> str:
    return hashlib.sha256(secret).hexdigest()


def _digest_of_address(address: str | None) -> str:
    if not address:
        return ""
    return _digest(json.dumps(parse_email_address(address).lower()).encode())


def _path(service_id: Any, document_id: Any) -> str:
    return f"{service_id}/{document_id}"
