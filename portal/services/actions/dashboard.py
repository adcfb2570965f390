"""Reading what a dashboard and the pages of months show."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from portal.clients import (
    job_api_client,
    service_api_client,
    template_statistics_client,
)
from portal.jobs.progress import JobProgress
from portal.remote.cache import cache
from portal.remote.errors import Unavailable
from portal.remote.parallel import together
from portal.remote.values import parse_time
from portal.reports.models import ServiceFigures
from portal.services.dashboard import (
    DAYS,
    Dashboard,
    channels_of,
    uses_of,
)
from portal.services.models import Service
from portal.services.months import (
    Month,
    TemplateMonth,
    months_of,
    template_months_of,
)

JOBS_SHOWN = 5
# All who watch one dashboard see the same figures for so long.
POLL_SECONDS = 2


def load_dashboard(*, service: Service, is_poll: bool = False) -> Dashboard:
    """Read a dashboard's figures, side by side; polls of several people share a reading.

    While the API is away the last refreshed figures stand in, marked with their
    time. Raises Unavailable when there are none.
    """
    pk = str(service.pk)
    key = f"service-{pk}-dashboard"
    read: Callable[..., Any] = cache.get if is_poll else cache.refresh
    try:
        found = read(key, (key,), POLL_SECONDS, lambda: read_figures(service))
    except Unavailable:
        if known := last_known(service=service):
            return known
        raise
    received = found["received"]
    next_at = found["scheduled"]["soonest_scheduled_for"]
    return Dashboard(
        channels=channels_of(found["statistics"], service.permissions),
        templates=uses_of(found["uses"]),
        jobs=[JobProgress(job) for job in found["jobs"][:JOBS_SHOWN]],
        scheduled=found["scheduled"]["count"],
        next_at=parse_time(next_at) if next_at else None,
        received=received["count"] if received else None,
        received_at=parse_time(received["most_recent"])
        if received and received["most_recent"]
        else None,
    )


def read_figures(service: Service) -> dict[str, Any]:
    """Ask the API for all that a dashboard shows."""
    pk = str(service.pk)
    statistics, uses, jobs, scheduled, received = together(
        lambda: service_api_client.get_service_statistics(pk, limit_days=DAYS),
        lambda: template_statistics_client.get_template_statistics_for_service(
            pk, limit_days=DAYS
        ),
        lambda: job_api_client.get_immediate_jobs(pk),
        lambda: job_api_client.get_scheduled_job_stats(pk),
        lambda: (
            service_api_client.get_inbound_sms_summary(pk)
            if service.has_permission("inbound_sms")
            else None
        ),
    )
    return {
        "statistics": statistics,
        "uses": uses,
        "jobs": jobs,
        "scheduled": scheduled,
        "received": received,
    }


def last_known(*, service: Service) -> Dashboard | None:
    """The figures that the background refreshed last."""
    found = ServiceFigures.objects.filter(service_id=service.pk, limit_days=DAYS)
    if not (figures := found.first()):
        return None
    return Dashboard(
        channels=channels_of(figures.channels, service.permissions),
        templates=uses_of(figures.templates),
        as_of=figures.as_of,
    )


def load_months(*, service: Service, year: int) -> list[Month]:
    """Read what was sent in each month of a financial year."""
    answer = service_api_client.get_monthly_notification_stats(str(service.pk), year)
    return months_of(answer["data"])


def load_template_months(*, service: Service, year: int) -> list[TemplateMonth]:
    """Read how often templates were used in each month of a financial year."""
    return template_months_of(
        template_statistics_client.get_monthly_template_usage_for_service(
            str(service.pk), year
        )
    )
