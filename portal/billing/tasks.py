"""Background tasks about usage; each may run again at any time."""

from __future__ import annotations

from portal.billing import actions
from portal.common.background import task
from portal.remote.errors import NotFound


@task()
def refresh_usage(service_id: str, year: str) -> None:
    """Refresh the usage of a service; one that is gone meanwhile has none."""
    try:
        actions.refresh_usage(service_id=service_id, year=int(year))
    except NotFound:
        return
