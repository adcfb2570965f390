"""Background tasks about letters; each may run again at any time."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from portal.common.background import task
from portal.letters import actions

KEPT = dt.timedelta(days=7)


@task(asks_api=False)
def purge_unsent_letters() -> None:
    """Delete uploaded letters that nobody sent in time."""
    actions.purge_files(older_than=timezone.now() - KEPT)
