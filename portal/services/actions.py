"""What touches several of a service's endpoints at once."""

from __future__ import annotations

from portal.clients import (
    job_api_client,
    service_api_client,
    template_statistics_client,
)
from portal.remote.parallel import together
from portal.remote.values import parse_time
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
    """Read a dashboard's figures side by side."""
    pk = str(service.pk)
    statistics, uses, jobs, scheduled = together(
        lambda: service_api_client.get_service_statistics(pk, limit_days=DAYS),
        lambda: template_statistics_client.get_template_statistics_for_service(
            pk, limit_days=DAYS
        ),
        lambda: job_api_client.get_immediate_jobs(pk),
        lambda: job_api_client.get_scheduled_job_stats(pk),
    )
    next_at = scheduled["soonest_scheduled_for"]
    return Dashboard(
        channels=channels_of(statistics),
        templates=uses_of(uses),
        jobs=[JobLine.read(job) for job in jobs[:JOBS_SHOWN]],
        scheduled=scheduled["count"],
        next_at=parse_time(next_at) if next_at else None,
    )
