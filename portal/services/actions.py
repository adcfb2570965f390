"""What touches several of a service's endpoints at once."""

from __future__ import annotations

from portal.clients import (
    job_api_client,
    service_api_client,
    template_statistics_client,
)
from portal.remote.errors import Unavailable
from portal.remote.parallel import together
from portal.remote.values import parse_time
from portal.reports.models import ServiceFigures
from portal.services.dashboard import (
    DAYS,
    Dashboard,
    JobLine,
    channels_of,
    uses_of,
)
from portal.services.models import Service

JOBS_SHOWN = 5


def load_dashboard(*, service: Service) -> Dashboard:
    """Read a dashboard's figures side by side.

    While the API is away the last refreshed figures stand in, marked with their
    time. Raises Unavailable when there are none.
    """
    pk = str(service.pk)
    try:
        statistics, uses, jobs, scheduled = together(
            lambda: service_api_client.get_service_statistics(pk, limit_days=DAYS),
            lambda: template_statistics_client.get_template_statistics_for_service(
                pk, limit_days=DAYS
            ),
            lambda: job_api_client.get_immediate_jobs(pk),
            lambda: job_api_client.get_scheduled_job_stats(pk),
        )
    except Unavailable:
        if known := last_known(service=service):
            return known
        raise
    next_at = scheduled["soonest_scheduled_for"]
    return Dashboard(
        channels=channels_of(statistics),
        templates=uses_of(uses),
        jobs=[JobLine.read(job) for job in jobs[:JOBS_SHOWN]],
        scheduled=scheduled["count"],
        next_at=parse_time(next_at) if next_at else None,
    )


def last_known(*, service: Service) -> Dashboard | None:
    """The figures that the background refreshed last."""
    found = ServiceFigures.objects.filter(service_id=service.pk, limit_days=DAYS)
    if not (figures := found.first()):
        return None
    return Dashboard(
        channels=channels_of(figures.channels),
        templates=uses_of(figures.templates),
        as_of=figures.as_of,
    )
