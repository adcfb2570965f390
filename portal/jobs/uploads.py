"""Spreadsheets of recipients in shared storage, under the keys that the API reads."""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from portal.common import storage
from portal.messages.spreadsheet import Spreadsheet
from portal.messages.workbooks import Notes

BUCKET = "csv_upload"
NAME_CHARACTERS = 255


@dataclass(frozen=True)
class Upload:
    """One uploaded spreadsheet, as it describes itself.

    `digest` is that of the rows: files that say the same have the same. `notes` tells
    what a workbook held that was not read. One that was made of a contact list names it.
    """

    id: str
    service_id: str
    template_id: str
    name: str
    encoding: str
    digest: str
    notes: Notes
    is_valid: bool = False
    contact_list_id: str = ""
    bucket: str = BUCKET

    @property
    def key(self) -> str:
        return key_of(self.service_id, self.id)

    def content(self) -> bytes:
        """Read the file's rows as CSV in UTF-8."""
        content, _metadata = storage.read_object(self.bucket, self.key)
        return content

    def described(self) -> dict[str, Any]:
        """Return what is stored beside the file; the API reads the first two."""
        return {
            "template_id": self.template_id,
            "original_file_name": self.name,
            "encoding": self.encoding,
            "digest": self.digest,
            "contact_list_id": self.contact_list_id,
            **self.notes._asdict(),
        }


def key_of(service_id: Any, upload_id: Any) -> str:
    """Return the key under which the API looks for a job's file."""
    return f"service-{service_id}-notify/{upload_id}.csv"


def save_upload(
    *,
    service_id: UUID,
    name: str,
    sheet: Spreadsheet,
    template_id: UUID | str = "",
    bucket: str = BUCKET,
) -> str:
    """Store a file that somebody uploaded; gives its id, which the job will have too."""
    upload = Upload(
        id=str(uuid.uuid4()),
        service_id=str(service_id),
        template_id=str(template_id),
        name=name[-NAME_CHARACTERS:],
        encoding=sheet.encoding,
        digest=hashlib.sha256(sheet.content).hexdigest(),
        notes=sheet.notes,
        bucket=bucket,
    )
    storage.save_object(bucket, upload.key, sheet.content, upload.described())
    return upload.id


def copy_upload(
    upload: Upload, *, name: str, template_id: UUID, contact_list_id: str
) -> str:
    """Store the rows of a contact list as a file to send; gives the file's id."""
    copied = replace(
        upload,
        id=str(uuid.uuid4()),
        name=name,
        template_id=str(template_id),
        contact_list_id=contact_list_id,
        bucket=BUCKET,
    )
    storage.save_object(BUCKET, copied.key, upload.content(), copied.described())
    return copied.id


def save_corrected(upload: Upload, content: bytes) -> str:
    """Store other rows of a file beside it, with all else that it says; gives their id."""
    corrected = replace(
        upload,
        id=str(uuid.uuid4()),
        digest=hashlib.sha256(content).hexdigest(),
        is_valid=False,
    )
    storage.save_object(upload.bucket, corrected.key, content, corrected.described())
    return corrected.id


def load_upload(service_id: UUID, upload_id: UUID, bucket: str = BUCKET) -> Upload:
    """Find a file of the service. Raises NoSuchObject."""
    found = storage.read_metadata(bucket, key_of(service_id, upload_id))
    counts = {name: int(found.get(name, 0)) for name in Notes._fields}
    return Upload(
        id=str(upload_id),
        service_id=str(service_id),
        template_id=found.get("template_id", ""),
        name=found.get("original_file_name", ""),
        encoding=found.get("encoding", ""),
        digest=found.get("digest", str(upload_id)),
        notes=Notes(**counts),
        is_valid=found.get("valid") == "True",
        contact_list_id=found.get("contact_list_id", ""),
        bucket=bucket,
    )


def release_upload(upload: Upload, *, row_count: int, sender_id: str) -> None:
    """Tell the API that the file was checked and may be sent."""
    described = {
        **upload.described(),
        "notification_count": row_count,
        "valid": "True",
    }
    if sender_id:
        described["sender_id"] = sender_id
    storage.write_metadata(BUCKET, upload.key, described)
