"""Spreadsheets of recipients in shared storage, under the keys that the API reads."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from portal.common import storage
from portal.messages.spreadsheet import Spreadsheet

BUCKET = "csv_upload"
NAME_CHARACTERS = 255


@dataclass(frozen=True)
class Upload:
    """One uploaded spreadsheet, as it describes itself."""

    id: str
    service_id: str
    template_id: str
    name: str
    encoding: str
    is_valid: bool

    @property
    def key(self) -> str:
        return key_of(self.service_id, self.id)

    def text(self) -> str:
        """Read the file's rows as CSV."""
        content, _metadata = storage.read_object(BUCKET, self.key)
        return content.decode()


def key_of(service_id: Any, upload_id: Any) -> str:
    """Return the key under which the API looks for a job's file."""
    return f"service-{service_id}-notify/{upload_id}.csv"


def save_upload(
    *, service_id: UUID, template_id: UUID, name: str, sheet: Spreadsheet
) -> str:
    """Store a file that somebody uploaded; gives its id, which the job will have too."""
    upload_id = str(uuid.uuid4())
    storage.save_object(
        BUCKET,
        key_of(service_id, upload_id),
        sheet.encoded(),
        {
            "original_file_name": name[-NAME_CHARACTERS:],
            "template_id": template_id,
            "encoding": sheet.encoding,
        },
    )
    return upload_id


def load_upload(service_id: UUID, upload_id: UUID) -> Upload:
    """Find a file of the service. Raises NoSuchObject."""
    found = storage.read_metadata(BUCKET, key_of(service_id, upload_id))
    return Upload(
        id=str(upload_id),
        service_id=str(service_id),
        template_id=found.get("template_id", ""),
        name=found.get("original_file_name", ""),
        encoding=found.get("encoding", ""),
        is_valid=found.get("valid") == "True",
    )


def release_upload(upload: Upload, *, row_count: int, sender_id: str) -> None:
    """Tell the API that the file was checked and may be sent."""
    described = {
        "notification_count": row_count,
        "template_id": upload.template_id,
        "valid": "True",
        "original_file_name": upload.name,
        "encoding": upload.encoding,
    }
    if sender_id:
        described["sender_id"] = sender_id
    storage.write_metadata(BUCKET, upload.key, described)
