"""Recipients who want no more e-mails: their requests, in the batches that a service sees to."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from portal.common.csv_files import as_csv
from portal.remote.values import parse_time


@dataclass(frozen=True)
class Batch:
    """Requests of some time; without an id they have not been downloaded yet."""

    id: str
    count: int
    earliest: dt.datetime
    latest: dt.datetime
    made_at: dt.datetime | None
    processed_at: dt.datetime | None
    kept_until: dt.datetime
    # The API's own words for the times, which it wants back.
    window: tuple[str, str]

    @classmethod
    def read(cls, row: dict[str, Any]) -> Batch:
        """Read what the API says of one."""
        made, processed = row["created_at"], row["processed_by_service_at"]
        return cls(
            id=row["batch_id"] or "",
            count=row["count"],
            earliest=parse_time(row["earliest_timestamp"]),
            latest=parse_time(row["latest_timestamp"]),
            made_at=parse_time(made) if made else None,
            processed_at=parse_time(processed) if processed else None,
            kept_until=parse_time(row["will_be_archived_at"]),
            window=(row["earliest_timestamp"], row["latest_timestamp"]),
        )

    @property
    def status(self) -> str:
        """What has been done about it, as people read it."""
        if not self.id:
            return _("Not downloaded")
        return _("Completed") if self.processed_at else _("Downloaded")


def batch_csv(answer: dict[str, Any]) -> str:
    """Write the requests of a batch as a CSV file."""
    headings = {
        "email_address": _("Email address"),
        "template_name": _("Template name"),
        "original_file_name": _("Uploaded spreadsheet file name"),
        "template_sent_at": _("Template sent at"),
        "unsubscribe_request_received_at": _("Unsubscribe request received at"),
    }
    requests = answer["unsubscribe_requests"]
    rows = ([request[name] for name in headings] for request in requests)
    return as_csv(headings.values(), rows)
