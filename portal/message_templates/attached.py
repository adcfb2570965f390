"""The files of an e-mail template as the API tells of them, and their links."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from portal.common.converters import ShortIdConverter
from portal.messages.columns import column_key
from portal.messages.fields import Content
from portal.messages.linked_files import link_text_as_markdown
from portal.remote.answers import reading


@dataclass(frozen=True)
class AttachedFile:
    """A file that the e-mails of a template link to; ``pending`` until it is made live."""

    id: str
    filename: str
    link_text: str
    retention_period: int
    validate_users_email: bool
    pending: bool = False

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> AttachedFile:
        """Read a file of an answer of the API."""
        with reading():
            return cls(
                id=str(UUID(row["id"])),
                filename=str(row["filename"]),
                link_text=str(row["link_text"] or ""),
                retention_period=int(row["retention_period"]),
                validate_users_email=bool(row["validate_users_email"]),
                pending=bool(row["pending"]),
            )

    @property
    def key(self) -> str:
        """The form in which its placeholder is matched."""
        return column_key(self.filename)

    def is_in(self, content: str) -> bool:
        """Whether a text has the file's placeholder."""
        return self.key in Content(content).keys


def attached_files(rows: Iterable[Mapping[str, Any]] | None) -> list[AttachedFile]:
    """Read the files inside of a template."""
    with reading():
        return [AttachedFile.of(row) for row in rows or ()]


def files_without_place(template: Any, content: str) -> list[AttachedFile]:
    """The files whose placeholders are in a template's words, and not in other ones."""
    return [
        file
        for file in template.email_files
        if file.is_in(template.content) and not file.is_in(content)
    ]


def preview_url(template: Any, file: AttachedFile) -> str:
    """The address at which the team sees what recipients of a file would see."""
    path = reverse(
        "message_templates:document", args=[template.service_id, UUID(file.id)]
    )
    query = {"key": ShortIdConverter().to_url(template.id)}
    if template._meta.model_name == "templatehistory":
        query["template_version"] = str(template.version)
    return f"{settings.ADMIN_BASE_URL}{path}?{urlencode(query)}"


def links_of(template: Any) -> dict[str, str]:
    """What stands in place of each file's placeholder in a preview."""
    return {
        file.filename: link_text_as_markdown(
            file.link_text, preview_url(template, file)
        )
        for file in template.email_files
    }
