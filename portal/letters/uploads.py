"""Letters that people upload, in shared storage until they are sent."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, unquote
from uuid import UUID

from django.utils import timezone

from portal.common import storage
from portal.letters.verdicts import INVALID, OUTSIDE, UNCHECKED, VALID, Verdict
from portal.messages.formats.letter_days import printing_statement
from portal.messages.letter_pages import PAGE_LIMIT, sheets_of
from portal.remote.values import parse_time

BUCKET = "transient_uploaded_letters"
ORIGINALS = "precompiled_originals_backup_letters"
# An object store keeps two kilobytes of what is said about a file.
NAME_CHARACTERS, RECIPIENT_CHARACTERS = 600, 900
LETTER, ATTACHMENT = "letter", "attachment"
SERVICE, PORTAL = "service", "portal"


@dataclass(frozen=True)
class UploadedLetter:
    """A PDF that waits to be sent, or to be corrected, as it describes itself."""

    id: str
    service_id: str
    name: str
    status: str
    page_count: int
    code: str = ""
    invalid_pages: tuple[int, ...] = ()
    recipient: str = ""
    by_service: bool = False
    purpose: str = LETTER
    uploaded_at: dt.datetime | None = None

    @property
    def key(self) -> str:
        return key_of(self.service_id, self.id)

    @property
    def is_valid(self) -> bool:
        """Whether it may be sent."""
        return self.status == VALID

    @property
    def is_unchecked(self) -> bool:
        """Whether nobody could look at it yet."""
        return self.status == UNCHECKED

    @property
    def sheets(self) -> int:
        """How many sheets of paper it takes."""
        return sheets_of(self.page_count)

    @property
    def pages(self) -> range:
        """The numbers of its pages."""
        return range(1, self.page_count + 1)

    @property
    def first_pages(self) -> range:
        """Those of its pages that are looked at: a long file has many."""
        return self.pages[:PAGE_LIMIT]

    def shows_margins(self, page: int) -> bool:
        """Whether a page is drawn with the areas that must stay empty."""
        return self.code == OUTSIDE and page in self.invalid_pages

    def content(self) -> bytes:
        """Read the file. Raises NoSuchObject."""
        content, _metadata = storage.read_object(BUCKET, self.key)
        return content

    def described(self) -> dict[str, Any]:
        """Return what is stored beside the file; the platform reads all but the last three."""
        told = {
            "status": self.status,
            "page_count": self.page_count,
            "filename": quote(self.name),
            "message": self.code,
            "invalid_pages": json.dumps(self.invalid_pages)
            if self.invalid_pages
            else "",
            "recipient": quote(self.recipient),
            "checked_by": SERVICE if self.by_service else PORTAL,
            "purpose": self.purpose,
            "uploaded_at": self.uploaded_at.isoformat() if self.uploaded_at else "",
        }
        return {name: value for name, value in told.items() if value != ""}


def printing_on(day: dt.date) -> str:
    """Say when the letters of a print day are printed, or were."""
    noon = dt.datetime.combine(day, dt.time(12), tzinfo=dt.UTC)
    return printing_statement("created", noon)


def key_of(service_id: Any, file_id: Any) -> str:
    """Return the key under which the API looks for an uploaded letter."""
    return f"service-{service_id}/{file_id}.pdf"


def save_letter(
    *,
    service_id: UUID,
    file_id: str,
    name: str,
    verdict: Verdict,
    purpose: str = LETTER,
) -> UploadedLetter:
    """Store a file with what was found of it, in place of one of the same id."""
    letter = UploadedLetter(
        id=file_id,
        service_id=str(service_id),
        name=within(name, NAME_CHARACTERS),
        status=verdict.status,
        page_count=verdict.page_count,
        code=verdict.code,
        invalid_pages=verdict.invalid_pages,
        recipient=within(verdict.recipient, RECIPIENT_CHARACTERS),
        by_service=verdict.by_service,
        purpose=purpose,
        uploaded_at=timezone.now(),
    )
    storage.save_object(BUCKET, letter.key, verdict.content, letter.described())
    return letter


def within(text: str, characters: int) -> str:
    """Return as much of the end of a text as takes no more characters when it is quoted."""
    while len(quote(text)) > characters:
        text = text[1:]
    return text


def keep_original(file_id: str, content: bytes) -> None:
    """Keep the file as it was before it was made printable."""
    storage.save_object(ORIGINALS, f"{file_id}.pdf", content)


def load_letter(service_id: UUID | str, file_id: UUID | str) -> UploadedLetter:
    """Find a file of the service. Raises NoSuchObject once it is sent, or too old."""
    found = storage.read_metadata(BUCKET, key_of(service_id, file_id))
    at = found.get("uploaded_at")
    return UploadedLetter(
        id=str(file_id),
        service_id=str(service_id),
        name=unquote(found.get("filename", "")),
        status=found.get("status", INVALID),
        page_count=int(found.get("page_count", 0)),
        code=found.get("message", ""),
        invalid_pages=tuple(json.loads(found.get("invalid_pages") or "[]")),
        recipient=unquote(found.get("recipient", "")),
        by_service=found.get("checked_by", SERVICE) == SERVICE,
        purpose=found.get("purpose", LETTER),
        uploaded_at=parse_time(at) if at else None,
    )


def list_unsent(service_id: UUID) -> list[UploadedLetter]:
    """Find the letters of a service that could still be sent, the newest first."""
    found = []
    for key in storage.list_keys(BUCKET, f"service-{service_id}"):
        file_id = key.rpartition("/")[2].removesuffix(".pdf")
        try:
            letter = load_letter(service_id, file_id)
        except storage.NoSuchObject:
            # Sent since the folder was looked into.
            continue
        if letter.purpose == LETTER and letter.status != INVALID:
            found.append(letter)
    epoch = dt.datetime.min.replace(tzinfo=dt.UTC)
    found.sort(key=lambda letter: letter.uploaded_at or epoch, reverse=True)
    return found
