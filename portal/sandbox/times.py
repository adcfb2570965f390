"""The several ways in which the API writes a time."""

from __future__ import annotations

import datetime
from email.utils import format_datetime

from django.utils import timezone


def iso(value: datetime.datetime | None) -> str | None:
    """2030-01-01T00:00:00.000000Z, the usual form."""
    return None if value is None else _utc(value).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def offset(value: datetime.datetime | None) -> str | None:
    """2030-01-01T00:00:00.000000+00:00."""
    return None if value is None else _utc(value).strftime("%Y-%m-%dT%H:%M:%S.%f+00:00")


def local(value: datetime.datetime | None) -> str | None:
    """2030-01-01T00:00:00.000000, with no zone."""
    return None if value is None else _utc(value).strftime("%Y-%m-%dT%H:%M:%S.%f")


def space(value: datetime.datetime | None) -> str | None:
    """2030-01-01 00:00:00.000000."""
    return None if value is None else _utc(value).strftime("%Y-%m-%d %H:%M:%S.%f")


def london(value: datetime.datetime) -> str:
    """2030-01-01 00:00:00, in London."""
    return f"{timezone.localtime(value):%Y-%m-%d %H:%M:%S}"


def http(value: datetime.datetime | datetime.date | None) -> str | None:
    """Tue, 01 Jan 2030 00:00:00 GMT, what the API's framework makes of a bare time."""
    if value is None:
        return None
    if not isinstance(value, datetime.datetime):
        value = datetime.datetime(
            value.year, value.month, value.day, tzinfo=datetime.UTC
        )
    return format_datetime(_utc(value), usegmt=True)


def _utc(value: datetime.datetime) -> datetime.datetime:
    return value.astimezone(datetime.UTC)
