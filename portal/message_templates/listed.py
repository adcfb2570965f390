"""Templates as a service's list tells of them: a thousand models would cost more than the page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple, Self
from uuid import UUID

from portal.remote.values import parse_id


class ListedTemplate(NamedTuple):
    """What is known of a template whose words have not been read, named as its model has it."""

    pk: UUID
    name: str
    template_type: str
    folder_id: UUID | None
    archived: bool

    @classmethod
    def read(cls, row: Mapping[str, Any]) -> Self:
        """Read a row of the API's list, inside of ``reading()``."""
        folder = row["folder"]
        return cls(
            parse_id(row["id"]),
            str(row["name"]),
            str(row["template_type"]),
            parse_id(folder) if folder else None,
            bool(row.get("archived")),
        )
