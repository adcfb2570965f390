"""Background tasks about files of recipients; each may run again at any time."""

from __future__ import annotations

from portal.common.background import task
from portal.jobs import actions


@task(asks_api=False)
def purge_unsent_files() -> None:
    """Delete uploaded files that nobody sent in time."""
    actions.purge_unsent_files()
