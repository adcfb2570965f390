"""The sandbox's time, which can be moved."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.db import models
from django.utils import timezone

from portal.sandbox.models import ClockSetting

LONGEST = datetime.timedelta(days=20 * 366)
NONE = datetime.timedelta()

_moved_by = NONE


def now() -> datetime.datetime:
    """The time now, in UTC."""
    return timezone.now() + _moved_by


def today() -> datetime.date:
    """The day in London, by which the API counts."""
    return timezone.localdate(now())


def moved_by() -> datetime.timedelta:
    """How far the sandbox's time is from the real one."""
    return _moved_by


def move(by: datetime.timedelta) -> None:
    """Move the sandbox's time on (or back) for everything that happens from now."""
    _keep(_moved_by + by)


def move_to(moment: datetime.datetime) -> None:
    """Go on from a moment; ``ValueError`` when it is too many years away."""
    _keep(moment - timezone.now())


def reset() -> None:
    """Go back to the real time."""
    _keep(NONE)


def restore() -> None:
    """Take the time up where an earlier process left it."""
    global _moved_by
    kept = ClockSetting.objects.first()
    _moved_by = kept.moved_by if kept else NONE


def rule(tables: Iterable[type[models.Model]]) -> None:
    """Let new rows have the sandbox's time where their columns say "now"."""
    for model in tables:
        for field in model._meta.concrete_fields:
            if field.default is timezone.now:
                field.default = now
                # What Django has made of the default before.
                field.__dict__.pop("_get_default", None)


def _keep(by: datetime.timedelta) -> None:
    global _moved_by
    if abs(by) > LONGEST:
        raise ValueError("The time can be moved by 20 years at most.")
    ClockSetting.objects.update_or_create(pk=1, defaults={"moved_by": by})
    _moved_by = by
