"""Reading what a dashboard shows."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.core.cache import cache as local
from django.utils import timezone

from portal.clients import (
    job_api_client,
    service_api_client,
    template_statistics_client,
)
from portal.jobs.progress import JobProgress
from portal.remote.answers import reading
from portal.remote.cache import cache
from portal.remote.errors import HTTPError, Unavailable
from portal.remote.parallel import together
from portal.remote.values import parse_time
from portal.reports.actions.hints import counted_today, find_hints, share_hints
from portal.reports.models import ServiceFigures
from portal.services.actions.months import is_year_known, load_year
from portal.services.allowances import allowances_of
from portal.services.dashboard import (
    DAYS,
    Dashboard,
    channels_of,
    used_channels,
    uses_of,
)
from portal.services.hints import Hints
from portal.services.models import Service
from portal.services.months import financial_year
from portal.services.periods import TODAY, WEEK, Period

JOBS_SHOWN = 5
# All who watch one dashboard see the same figures for so long.
POLL_SECONDS = 2
# So long nobody asks for what changes only when the numbers do: templates and files.
DETAILS_SECONDS = 20


def load_dashboard(
    *, service: Service, period: Period = WEEK, is_poll: bool = False
) -> Dashboard:
    """Read a dashboard's figures, side by side; polls of several people share a reading.

    While the API is away the last refreshed figures stand in, marked with their
    time. Raises Unavailable when there are none.
    """
    try:
        found = _shared(service, period, is_poll)
    except Unavailable:
        if known := last_known(service=service, period=period):
            return _with_hints(known, service, find_hints(service_id=service.pk))
        raise
    with reading():
        dashboard = _dashboard(service, period, found)
    hints = find_hints(service_id=service.pk)
    is_due = hints is None or hints.is_old
    if is_due and is_poll:
        hints, is_due = _newer(service, period, found) or hints, False
    dashboard = replace(dashboard, is_due=dashboard.is_due or is_due)
    today = found["statistics"] if period == TODAY else None
    return _with_hints(dashboard, service, hints, today)


def _with_hints(
    dashboard: Dashboard, service: Service, hints: Hints | None, today: Any = None
) -> Dashboard:
    sent = dict(hints.sent_today) if hints else {}
    sent |= {kind: row["requested"] for kind, row in (today or {}).items()}
    counted = counted_today(service=service).items()
    sent |= {kind: count for kind, count in counted if count is not None}
    return replace(dashboard, hints=hints, allowances=allowances_of(service, sent))


def _shared(service: Service, period: Period, is_poll: bool) -> dict[str, Any]:
    """Read for one page, or for all polls of these seconds."""
    key = f"service-{service.pk}-dashboard-{period.name}"
    read: Callable[..., Any] = cache.get if is_poll else cache.refresh
    found: dict[str, Any] = read(
        key,
        (key, f"has_jobs-{service.pk}"),
        POLL_SECONDS,
        lambda: read_figures(service, period),
    )
    return found


def read_figures(service: Service, period: Period) -> dict[str, Any]:
    """Ask the API for the figures of a period: three calls at once, then one a look.

    What a service sent by month is kept elsewhere.
    """
    pk = str(service.pk)
    if period.limit_days is None:
        year = financial_year(timezone.localdate())
        jobs, _year = together(
            lambda: cache.get(
                f"service-{pk}-dashboard-jobs",
                (f"has_jobs-{pk}",),
                DETAILS_SECONDS,
                lambda: read_jobs(pk),
            ),
            lambda: load_year(service_id=service.pk, year=year),
        )
        return {"statistics": None, "uses": None, **jobs}
    return _figures_of_days(pk, period.limit_days)


def _figures_of_days(pk: str, days: int) -> dict[str, Any]:
    """Read numbers anew, and what belongs to them when they are others than before."""

    def key(numbers: Any) -> str:
        text = json.dumps(numbers, sort_keys=True).encode()
        told = hashlib.sha256(text).hexdigest()[:16]
        return f"service-{pk}-dashboard-{days}-{told}"

    def uses() -> Any:
        return template_statistics_client.get_template_statistics_for_service(
            pk, limit_days=days
        )

    def details() -> dict[str, Any]:
        used, jobs = together(uses, lambda: read_jobs(pk))
        return {"uses": used, **jobs}

    def numbers() -> Any:
        return service_api_client.get_service_statistics(pk, limit_days=days)

    seen, tags = f"service-{pk}-dashboard-{days}-seen", (f"has_jobs-{pk}",)
    if local.get(seen):
        told = numbers()
        kept = cache.get(key(told), tags, DETAILS_SECONDS, details)
        return {"statistics": told, **kept}
    told, used, jobs = together(numbers, uses, lambda: read_jobs(pk))
    kept = {"uses": used, **jobs}
    cache.refresh(key(told), tags, DETAILS_SECONDS, lambda: kept)
    local.set(seen, 1, DETAILS_SECONDS)
    return {"statistics": told, **kept}


def read_jobs(pk: str) -> dict[str, Any]:
    """Read the newest files, and how many wait: in one call, as those that wait come first."""
    answer = job_api_client.get_jobs(
        pk, limit_days=DAYS, statuses=sorted(job_api_client.NON_CANCELLED_JOB_STATUSES)
    )
    rows = answer["data"]
    with reading():
        jobs = [JobProgress(row) for row in rows]
        begun = [job.data for job in jobs if not job.is_scheduled]
        waiting = [job.data["scheduled_for"] for job in jobs if job.is_scheduled]
    scheduled = {
        "count": len(waiting),
        "soonest_scheduled_for": min(waiting, default=None),
    }
    if waiting and not begun and (answer.get("links") or {}).get("next"):
        scheduled, begun = together(
            lambda: job_api_client.get_scheduled_job_stats(pk),
            lambda: job_api_client.get_immediate_jobs(pk),
        )
    return {"jobs": begun[:JOBS_SHOWN], "scheduled": scheduled}


def _dashboard(service: Service, period: Period, found: dict[str, Any]) -> Dashboard:
    next_at = found["scheduled"]["soonest_scheduled_for"]
    files: dict[str, Any] = {
        "jobs": [JobProgress(job) for job in found["jobs"]],
        "scheduled": found["scheduled"]["count"],
        "next_at": parse_time(next_at) if next_at else None,
    }
    if period.limit_days is None:
        return replace(_of_months(service, period), **files)
    return Dashboard(
        channels=channels_of(found["statistics"], service.permissions),
        templates=uses_of(found["uses"]),
        **files,
    )


def _of_months(service: Service, period: Period) -> Dashboard:
    today = timezone.localdate()
    year = load_year(service_id=service.pk, year=financial_year(today))
    part = year.since(period.first_day(today))
    return Dashboard(
        channels=used_channels(part.channels, service.permissions),
        templates=part.uses,
        counted_at=year.as_of,
        is_due=year.is_old,
        months=part.months if period.name == "year" else [],
    )


def _newer(service: Service, period: Period, found: dict[str, Any]) -> Hints | None:
    """Read new hints, once for all who look; None when the API does not tell them."""
    today = found["statistics"] if period == TODAY else None
    try:
        return share_hints(service=service, scheduled=found["scheduled"], today=today)
    except HTTPError:
        return None


def last_known(*, service: Service, period: Period) -> Dashboard | None:
    """The figures that the background refreshed last."""
    if period.limit_days is None:
        year = financial_year(timezone.localdate())
        if not is_year_known(service_id=service.pk, year=year):
            return None
        known = _of_months(service, period)
        return replace(known, as_of=known.counted_at)
    found = ServiceFigures.objects.filter(
        service_id=service.pk, limit_days=period.limit_days
    )
    if not (figures := found.first()):
        return None
    return Dashboard(
        channels=channels_of(figures.channels, service.permissions),
        templates=uses_of(figures.templates),
        as_of=figures.as_of,
    )
