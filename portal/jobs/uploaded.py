"""What the API says of anything that was uploaded to be sent: its file and its figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from portal.notifications import statuses


@dataclass(frozen=True)
class Uploaded:
    """A file, or the letters of a day, with what became of its messages."""

    data: Mapping[str, Any]

    @property
    def id(self) -> str:
        return str(self.data["id"])

    @property
    def name(self) -> str:
        """The name of the file that was uploaded."""
        return str(self.data["original_file_name"])

    @property
    def total(self) -> int:
        """How many messages, or letters, it is of."""
        return int(self.data["notification_count"] or 0)

    def count(self, group: str) -> int:
        """How many messages are in a group of statuses: delivered, failed, sending."""
        return sum(
            row["count"]
            for row in self.data["statistics"]
            if statuses.group(row["status"]) == group
        )

    @property
    def delivered(self) -> int:
        return self.count("delivered")

    @property
    def failed(self) -> int:
        return self.count("failed")

    @property
    def sending(self) -> int:
        """How many are neither delivered nor failed, made or not."""
        return max(self.total - self.delivered - self.failed, 0)
