"""What a service uploaded, as the list of uploads shows it: files, and letters by day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from portal.jobs.uploaded import Uploaded
from portal.letters.uploads import printing_on
from portal.messages.formats.dates import london
from portal.remote.values import parse_time

LETTER_DAY, LETTER = "letter_day", "letter"


@dataclass(frozen=True)
class ListedUpload(Uploaded):
    """One line of the API's list of uploads."""

    @property
    def kind(self) -> str:
        """What it is: a job, the letters of a day, or one letter."""
        return str(self.data["upload_type"])

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
