"""What waits for people at a service besides what it sends."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from portal.remote.values import parse_time

FRESH = datetime.timedelta(minutes=1)


@dataclass(frozen=True)
class Waiting:
    """How many there are, and when the latest came or the next goes."""

    count: int
    at: datetime.datetime | None

    @classmethod
    def read(cls, told: Mapping[str, Any], count: str, at: str) -> Waiting:
        """Read one of the API's small answers; one without a number counts nothing."""
        moment = told.get(at)
        return cls(int(told.get(count) or 0), parse_time(moment) if moment else None)


@dataclass(frozen=True)
class Hints:
    """What the API last told; None is what the service cannot do."""

    as_of: datetime.datetime
    scheduled: Waiting
    received: Waiting | None
    returned_letters: Waiting | None
    unsubscribe_requests: Waiting | None
    counted: Mapping[str, int | None]
    limits: Mapping[str, int]

    @classmethod
    def read(cls, told: Mapping[str, Any], as_of: datetime.datetime) -> Hints:
        """Read what the local table keeps of a service."""

        def waiting(name: str, count: str, at: str) -> Waiting | None:
            found = told.get(name)
            return None if found is None else Waiting.read(found, count, at)

        return cls(
            as_of=as_of,
            scheduled=Waiting.read(told["scheduled"], "count", "soonest_scheduled_for"),
            received=waiting("received", "count", "most_recent"),
            returned_letters=waiting(
                "returned_letters", "returned_letter_count", "most_recent_report"
            ),
            unsubscribe_requests=waiting(
                "unsubscribe_requests",
                "unsubscribe_requests_count",
                "datetime_of_latest_unsubscribe_request",
            ),
            counted=told["sent_today"],
            limits=told["limits"],
        )

    @property
    def is_old(self) -> bool:
        """Whether who looks may ask for newer ones."""
        return timezone.now() - self.as_of > FRESH

    @property
    def sent_today(self) -> Mapping[str, int | None]:
        """What was sent today, by kind; nothing is known of it on the next day."""
        is_of_today = timezone.localdate(self.as_of) == timezone.localdate()
        return self.counted if is_of_today else {}
