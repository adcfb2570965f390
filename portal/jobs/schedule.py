"""When a job may start: now, or on the hour within the next seven days, London time."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from django.utils import formats, timezone
from django.utils.translation import gettext as _

LONDON = ZoneInfo("Europe/London")
DAYS = 7


def days_from(now: dt.datetime) -> list[tuple[str, str]]:
    """Return the days to choose from, as values and as people call them."""
    today = now.astimezone(LONDON).date()
    names = {0: _("Today"), 1: _("Tomorrow")}
    days = [today + dt.timedelta(days=ahead) for ahead in range(DAYS + 1)]
    return [
        (day.isoformat(), names.get(ahead) or formats.date_format(day, "l j F"))
        for ahead, day in enumerate(days)
    ]


def hours() -> list[tuple[str, str]]:
    """Return the hours of a day, as values and as people say them."""
    return [(str(hour), hour_name(hour)) for hour in range(24)]


def hour_name(hour: int) -> str:
    """Return "9am", "midday" and the like."""
    if hour in (0, 12):
        return _("midnight") if hour == 0 else _("midday")
    half = _("am") if hour < 12 else _("pm")
    return f"{hour % 12}{half}"


def moment_of(day: str, hour: str) -> dt.datetime:
    """Return the moment of a day and an hour in London."""
    date = dt.date.fromisoformat(day)
    return dt.datetime(date.year, date.month, date.day, int(hour), tzinfo=LONDON)


def is_possible(moment: dt.datetime, now: dt.datetime | None = None) -> bool:
    """Say whether the API accepts a job for this moment."""
    ahead = moment - (now or timezone.now())
    return dt.timedelta(0) < ahead <= dt.timedelta(days=DAYS)


def wire(moment: dt.datetime) -> str:
    """Write a moment as the API reads it: UTC, without a zone."""
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S")
