"""The folder that stands for object storage, shared with the portal.

``<folder>/<bucket>/<key>`` with the object's metadata in ``<key>.metadata.json`` beside it.
"""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

from django.conf import settings

CSV_BUCKETS = {"job": "csv_upload", "contact_list": "contact_list_upload"}
# Where uploaded letters wait to be sent, and where those that were sent are.
UPLOAD_BUCKET, LETTER_BUCKET = "transient_uploaded_letters", "letters_pdf"
ATTACHMENT_BUCKET = "letter_attachments"


class NoSuchFile(Exception):
    """There is no object under that key."""


def read(bucket: str, key: str) -> tuple[bytes, dict[str, Any]]:
    """An object's content and metadata."""
    path = _path(bucket, key)
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise NoSuchFile(key) from error
    beside = _metadata(path)
    return content, json.loads(beside.read_text()) if beside.exists() else {}


def write(bucket: str, key: str, content: bytes, metadata: dict[str, Any]) -> None:
    """Store an object; nobody ever reads half of one."""
    path = _path(bucket, key)
    path.parent.mkdir(parents=True, exist_ok=True)
    _metadata(path).write_text(json.dumps(metadata))
    part = path.with_name(f"{path.name}.part")
    part.write_bytes(content)
    part.replace(path)


def delete(bucket: str, key: str) -> None:
    """Remove an object, if there."""
    path = _path(bucket, key)
    path.unlink(missing_ok=True)
    _metadata(path).unlink(missing_ok=True)


def move(bucket: str, key: str, to_bucket: str) -> None:
    """Put an object into another bucket. Raises NoSuchFile."""
    content, metadata = read(bucket, key)
    write(to_bucket, key, content, metadata)
    delete(bucket, key)


def take(described: dict[str, Any]) -> None:
    """Store a spreadsheet or letter described as ``sandbox_upload`` gets it."""
    service, upload = described["service_id"], described["upload_id"]
    metadata = described.get("metadata") or {}
    if described["type"] == "upload_pdf":
        content = base64.b64decode(described["content_base64"])
        write(UPLOAD_BUCKET, f"service-{service}/{upload}.pdf", content, metadata)
        return
    bucket = CSV_BUCKETS[described.get("kind", "job")]
    content = described["content"].encode()
    write(bucket, f"service-{service}-notify/{upload}.csv", content, metadata)


def _path(bucket: str, key: str) -> Path:
    folder = Path(settings.FILES_DIR).resolve() / bucket
    path = (folder / key).resolve()
    if not path.is_relative_to(folder):
        raise NoSuchFile(key)
    return path


def _metadata(path: Path) -> Path:
    return path.with_name(f"{path.name}.metadata.json")
