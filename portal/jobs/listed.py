"""What a service uploaded, as the list of uploads shows it: files, and letters by day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from portal.letters.uploads import printing_on
from portal.messages.formats.dates import london
from portal.notifications import statuses
from portal.remote.values import parse_time

LETTER_DAY, LETTER = "letter_day", "letter"


@dataclass(frozen=True)
class ListedUpload:
    """One line of the API's list of uploads."""

    data: Mapping[str, Any]

    @property
    def kind(self) -> str:
        """What it is: a job, the letters of a day, or one letter."""
        return str(self.data["upload_type"])

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

    @property
    def sent_at(self) -> dt.datetime:
        """When it was sent; of the letters of a day when they are printed."""
        return parse_time(self.data["created_at"])

    @property
    def print_day(self) -> dt.date:
        """The day on which its letters are printed."""
        return london(self.sent_at).date()

    @property
    def printing(self) -> str:
        """When its letters are printed, or were, in words."""
        return printing_on(self.print_day)

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
