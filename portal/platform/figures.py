"""The platform's last figures, from the local tables that the background keeps fresh."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from portal.reports.models import PlatformFigures, ServiceFigures

DAYS = 7
WORRYING_SHARE = 0.03
WORRYING_SENT = 100
CHANNELS = (
    ("email", _("emails")),
    ("sms", _("text messages")),
    ("letter", _("letters")),
)


@dataclass(frozen=True)
class Worry:
    """A service of which more messages fail than the platform calls normal."""

    service_id: UUID
    kind: Any
    requested: int
    failed: int
    name: str = ""


@dataclass(frozen=True)
class Overview:
    """What the platform did in the last days; ``as_of`` is None before the first figures."""

    channels: list[tuple[Any, int]]
    live_services: int | None
    live_organisations: int | None
    as_of: datetime.datetime | None


def read_overview() -> Overview:
    """Add up the days that the local table holds."""
    days = list(PlatformFigures.objects.all()[:DAYS])
    counted = next((day for day in days if day.live_services is not None), None)
    return Overview(
        channels=[
            (label, sum(day.channels.get(kind, 0) for day in days))
            for kind, label in CHANNELS
        ],
        live_services=counted.live_services if counted else None,
        live_organisations=counted.live_organisations if counted else None,
        as_of=max((day.as_of for day in days), default=None),
    )


def read_worries() -> list[Worry]:
    """List the services with a high share of failures, the worst first, by their ids."""
    found = [
        Worry(figures.service_id, label, row["requested"], row["failed"])
        for figures in ServiceFigures.objects.filter(limit_days=DAYS)
        for kind, label in CHANNELS
        if is_worrying(row := figures.channels.get(kind, {}))
    ]
    return sorted(found, key=lambda worry: -worry.failed / worry.requested)


def is_worrying(row: dict[str, int]) -> bool:
    """Whether a service sent enough of a kind to judge, and too much of it failed."""
    requested, failed = row.get("requested", 0), row.get("failed", 0)
    return requested >= WORRYING_SENT and failed > requested * WORRYING_SHARE
