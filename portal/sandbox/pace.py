"""How fast things happen by themselves: ``SANDBOX_SPEED``."""

from __future__ import annotations

import datetime

from django.conf import settings

SLOWEST = 0.001


def quick(usual: datetime.timedelta) -> datetime.timedelta:
    """How long something takes here that usually takes so long."""
    speed: float = getattr(settings, "SANDBOX_SPEED", 1.0)
    return usual / max(speed, SLOWEST)
