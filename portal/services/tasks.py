"""Background tasks about services; each may run again at any time."""

from __future__ import annotations

from portal.common.background import task
from portal.remote.errors import NotFound
from portal.services import actions


@task()
def refresh_year(service_id: str, year: str) -> None:
    """Count again what a service sent by month; one that is gone meanwhile sent nothing."""
    try:
        actions.refresh_year(service_id=service_id, year=int(year))
    except NotFound:
        return
