"""The sandbox's time, which can be moved."""

from __future__ import annotations

import datetime

from django.utils import timezone

_moved_by = datetime.timedelta()


def now() -> datetime.datetime:
    """The time now, in UTC."""
    return timezone.now() + _moved_by


def today() -> datetime.date:
    """The day in London, by which the API counts."""
    return timezone.localdate(now())


def move(by: datetime.timedelta) -> None:
    """Move the sandbox's time on (or back) for everything that happens from now."""
    global _moved_by
    _moved_by += by
