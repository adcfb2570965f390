"""Answers that the API takes long for: kept for days, shown with their time, refreshed by tasks."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.utils import timezone

from portal.common.background import send_task
from portal.remote.values import parse_time

FRESH = dt.timedelta(minutes=10)
KEPT = dt.timedelta(days=7)
# Until then nobody else asks for the same refreshing.
ASKED = dt.timedelta(minutes=1)


@dataclass(frozen=True)
class Kept:
    """What was kept under a key; ``as_of`` tells when the API was asked."""

    value: Any
    as_of: dt.datetime

    @property
    def is_old(self) -> bool:
        """Whether newer ones are on their way."""
        return timezone.now() - self.as_of > FRESH


def keep(key: str, value: Any, *, as_of: dt.datetime) -> Kept:
    """Keep what JSON knows, read at a time, under a key."""
    seconds = int(KEPT.total_seconds())
    cache.set(key, {"as_of": as_of.isoformat(), "value": value}, seconds)
    return Kept(value, as_of)


def find_kept(key: str) -> Kept | None:
    """Return what is kept under a key; None when nothing is."""
    told = cache.get(key)
    return Kept(told["value"], parse_time(told["as_of"])) if told else None


def refresh_kept(key: str, task: str, *args: str) -> None:
    """Ask the background, once a minute at most, for a task that keeps newer ones."""
    if cache.add(f"{key}-asked", 1, int(ASKED.total_seconds())):
        send_task(task, *args)
