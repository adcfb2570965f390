"""What of the whole platform needs a platform admin's attention, and of when that is known."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.core.cache import cache as local_cache
from django.utils import timezone

from portal.clients import (
    performance_dashboard_api_client,
    provider_client,
    service_api_client,
    status_api_client,
)
from portal.platform.figures import Worry, read_worries
from portal.remote import context
from portal.remote.answers import reading
from portal.remote.cache import cache
from portal.remote.errors import HTTPError, Unavailable
from portal.remote.parallel import together
from portal.remote.values import parse_time
from portal.reports.models import Report, ServiceFigures

KEY = "platform-attention"
LAST = "platform-attention-last"
FRESH_SECONDS = 30
# Nobody waits longer for an API that is slow.
SECONDS = 3.0
KEPT_SECONDS = 24 * 3600
SHOWN = 10
SWITCHED_WITHIN = datetime.timedelta(hours=24)
# The figures of a service are refreshed within the hour.
STALE_AFTER = datetime.timedelta(hours=1)
QUEUED_AFTER = datetime.timedelta(minutes=2)
SLOW_BELOW = 95.0


@dataclass(frozen=True)
class Provider:
    """A provider and its share of its channel's traffic."""

    pk: str
    name: str
    channel: str
    priority: int
    active: bool
    changed_at: datetime.datetime | None

    @property
    def has_switched(self) -> bool:
        """Whether its share was changed within a day."""
        return self.changed_at is not None and (
            timezone.now() - self.changed_at < SWITCHED_WITHIN
        )


@dataclass(frozen=True)
class Background:
    """What the portal's own tables tell of its background work."""

    refreshed_at: datetime.datetime | None
    waiting_reports: int

    @property
    def is_stale(self) -> bool:
        """Whether the figures have not been refreshed when they should have."""
        last = self.refreshed_at
        return last is None or timezone.now() - last > STALE_AFTER


@dataclass(frozen=True)
class Attention:
    """All of it; what the API did not tell is None."""

    answers: bool
    as_of: datetime.datetime | None
    background: Background
    worries: list[Worry] = field(default_factory=list)
    requests: list[dict[str, str]] | None = None
    providers: list[Provider] | None = None
    within_10_seconds: float | None = None

    @property
    def is_slow(self) -> bool:
        """Whether too few messages leave the API's queues at once."""
        share = self.within_10_seconds
        return share is not None and share < SLOW_BELOW


def load_attention() -> Attention:
    """Ask the API, within seconds; what it said last stands in for an API that is away."""
    try:
        with context.scope(seconds=SECONDS):
            found = cache.get(KEY, (KEY,), FRESH_SECONDS, _ask)
    except HTTPError:
        return _read(local_cache.get(LAST) or {}, answers=False)
    return _read(found, answers=True)


def _read(found: dict[str, Any], *, answers: bool) -> Attention:
    names = found.get("names") or {}
    worst = [w for w in read_worries() if str(w.service_id) in names][:SHOWN]
    providers = found.get("providers")
    return Attention(
        answers=answers,
        as_of=parse_time(found["as_of"]) if found else None,
        background=read_background(),
        worries=[
            Worry(w.service_id, w.channel, names[str(w.service_id)]) for w in worst
        ],
        requests=found.get("requests"),
        providers=None if providers is None else [_provider(one) for one in providers],
        within_10_seconds=found.get("within_10_seconds"),
    )


def read_background() -> Background:
    """Look into the portal's own tables."""
    newest = ServiceFigures.objects.order_by("-as_of").first()
    waiting = Report.objects.filter(
        status=Report.Status.WAITING, created_at__lt=timezone.now() - QUEUED_AFTER
    )
    return Background(newest.as_of if newest else None, waiting.count())


def _ask() -> dict[str, Any]:
    """Ask for everything side by side; only an API without a status is away."""
    # Read here, as loads that run side by side must not use the database.
    failing = {str(worry.service_id) for worry in read_worries()}
    loads = (_status, partial(_services, failing), _providers, _times)
    status, services, providers, times = together(
        *(partial(_unless_refused, load) for load in loads)
    )
    if status is None:
        raise Unavailable
    found = {
        "as_of": timezone.now().isoformat(),
        "providers": providers,
        "within_10_seconds": times,
        **(services or {}),
    }
    # What cannot be read is not kept.
    with reading():
        _read(found, answers=True)
    local_cache.set(LAST, found, KEPT_SECONDS)
    return found


def _unless_refused(load: Callable[[], Any]) -> Any:
    try:
        with reading():
            return load()
    except HTTPError:
        return None


def _status() -> Any:
    return status_api_client.get_status()


def _services(failing: set[str]) -> dict[str, Any]:
    rows = service_api_client.get_active_services()["data"]
    asked = [row for row in rows if row.get("has_active_go_live_request")]
    return {
        "names": {row["id"]: row["name"] for row in rows if row["id"] in failing},
        "requests": [{"id": row["id"], "name": row["name"]} for row in asked],
    }


def _providers() -> Any:
    return provider_client.get_all_providers()["provider_details"]


def _times() -> float | None:
    """Return the share of the last day's messages that left within ten seconds."""
    today = timezone.localdate()
    stats = performance_dashboard_api_client.get_performance_dashboard_stats(
        start_date=today - datetime.timedelta(days=7), end_date=today
    )
    days = stats["processing_time"]
    return float(days[-1]["percentage_under_10_seconds"]) if days else None


def _provider(row: dict[str, Any]) -> Provider:
    changed = row.get("updated_at")
    return Provider(
        pk=row["id"],
        name=row["display_name"],
        channel=row["notification_type"],
        priority=row["priority"],
        active=row["active"],
        changed_at=parse_time(changed) if changed else None,
    )
