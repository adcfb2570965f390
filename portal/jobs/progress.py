"""A job as its page and the list of jobs show it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from portal.common.json_answers import moment
from portal.jobs.uploaded import Uploaded
from portal.messages.formats.letter_days import can_cancel
from portal.remote.values import parse_time


@dataclass(frozen=True)
class JobProgress(Uploaded):
    """One job of the API with what became of its messages."""

    @property
    def kind(self) -> str:
        return str(self.data["template_type"])

    @property
    def template_id(self) -> str:
        return str(self.data["template"])

    @property
    def template_name(self) -> str:
        return str(self.data.get("template_name", ""))

    @property
    def sent_by(self) -> str:
        """The person who sent it."""
        return str((self.data.get("created_by") or {}).get("name", ""))

    @property
    def created_at(self) -> dt.datetime:
        return parse_time(self.data["created_at"])

    @property
    def scheduled_for(self) -> dt.datetime | None:
        """When it will start, or was to start; None for jobs started at once."""
        told = self.data.get("scheduled_for")
        return parse_time(told) if told else None

    @property
    def started_at(self) -> dt.datetime:
        """When sending began, or the person pressed the button."""
        told = self.data.get("processing_started")
        return parse_time(told) if told else self.created_at

    @property
    def is_scheduled(self) -> bool:
        """Whether it still waits for its time."""
        return bool(self.data["job_status"] == "scheduled")

    @property
    def is_cancelled(self) -> bool:
        return bool(self.data["job_status"] == "cancelled")

    @property
    def is_over_limit(self) -> bool:
        """Whether the API stopped it because of the service's daily limit."""
        return bool(self.data["job_status"] == "sending limits exceeded")

    @property
    def letters_can_be_cancelled(self) -> bool:
        """Whether it is of letters that have not gone to the printers."""
        is_open = self.kind == "letter" and not (self.is_scheduled or self.is_cancelled)
        return is_open and can_cancel("created", self.created_at)

    @property
    def made(self) -> int:
        """How many messages exist by now."""
        return sum(row["count"] for row in self.data["statistics"])

    @property
    def sending(self) -> int:
        """How many are neither delivered nor failed, made or not."""
        if self.is_scheduled or self.is_cancelled:
            return 0
        return super().sending

    @property
    def can_change(self) -> bool:
        """Whether the figures may still become others."""
        if self.is_cancelled or self.is_over_limit:
            return False
        return self.is_scheduled or self.sending > 0

    @property
    def as_data(self) -> dict[str, Any]:
        """What a page shows of it, as plain data in the API's words."""
        return {
            "id": self.id,
            "original_file_name": self.name,
            "template_name": self.template_name,
            "template_type": self.kind,
            "job_status": self.data["job_status"],
            "notification_count": self.total,
            "sending": self.sending,
            "delivered": self.delivered,
            "failed": self.failed,
            "created_at": moment(self.created_at),
            "scheduled_for": moment(self.scheduled_for),
            "created_by": self.sent_by,
        }
