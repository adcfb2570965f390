"""Pages that are printed after every letter of a template, in shared storage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from portal.common import storage
from portal.letters.uploads import NAME_CHARACTERS, key_of, within

BUCKET = "letter_attachments"


@dataclass(frozen=True)
class Attachment:
    """The pages attached to a template, or to one of its versions."""

    id: str
    name: str
    page_count: int

    @classmethod
    def read(cls, row: Mapping[str, Any] | None) -> Attachment | None:
        """Read what the API says of a template's attachment; None where it has none."""
        if not row:
            return None
        return cls(str(row["id"]), row["original_filename"], int(row["page_count"]))

    @property
    def pages(self) -> range:
        """The numbers of its pages."""
        return range(1, self.page_count + 1)


class WithPages:
    """What a template, or a version of one, tells of the pages attached to it."""

    extra: dict[str, Any]

    @property
    def attachment(self) -> Attachment | None:
        """The pages that are printed after each letter."""
        return Attachment.read(self.extra.get("letter_attachment"))

    @property
    def attached_pages(self) -> int:
        """How many pages are printed after each letter."""
        return self.attachment.page_count if self.attachment else 0


def save_attachment(
    service_id: Any, attachment: Attachment, content: bytes
) -> Attachment:
    """Store attached pages where they are looked for when letters are printed."""
    described = {
        "page_count": attachment.page_count,
        "filename": quote(within(attachment.name, NAME_CHARACTERS)),
    }
    storage.save_object(BUCKET, key_of(service_id, attachment.id), content, described)
    return attachment


def attached_file(service_id: Any, attachment_id: Any) -> bytes:
    """Read attached pages as a PDF. Raises NoSuchObject."""
    content, _metadata = storage.read_object(BUCKET, key_of(service_id, attachment_id))
    return content
