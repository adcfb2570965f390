"""The platform's last figures, from the local tables that the background keeps fresh."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from uuid import UUID

from portal.reports.models import PlatformFigures, ServiceFigures
from portal.services.dashboard import DAYS, KINDS, Channel, channels_of

# Below this a share of failures says little.
WORRYING_SENT = 100


@dataclass(frozen=True)
class Worry:
    """A service of which more messages fail than the platform calls normal."""

    service_id: UUID
    channel: Channel
    name: str = ""


@dataclass(frozen=True)
class Overview:
    """What the platform did in the last days; ``as_of`` is None before the first figures."""

    channels: list[Channel]
    live_services: int | None
    live_organisations: int | None
    as_of: datetime.datetime | None


def read_overview() -> Overview:
    """Add up the days that the local table holds."""
    days = list(PlatformFigures.objects.all()[:DAYS])
    counted = next((day for day in days if day.live_services is not None), None)
    return Overview(
        channels=[
            Channel(kind, sum(day.channels.get(kind, 0) for day in days), 0, 0)
            for kind in KINDS
        ],
        live_services=counted.live_services if counted else None,
        live_organisations=counted.live_organisations if counted else None,
        as_of=max((day.as_of for day in days), default=None),
    )


def read_worries() -> list[Worry]:
    """List the services with a high share of failures, the worst first, by their ids."""
    found = [
        Worry(figures.service_id, channel)
        for figures in ServiceFigures.objects.filter(limit_days=DAYS)
        for channel in channels_of(figures.channels, ())
        if channel.requested >= WORRYING_SENT and channel.is_worrying
    ]
    return sorted(found, key=lambda w: -w.channel.failed / w.channel.requested)
