"""Background tasks about templates; each may run again at any time."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from portal.common.background import task
from portal.message_templates import actions

KEPT = dt.timedelta(days=1)


@task(asks_api=False)
def purge_template_files() -> None:
    """Delete uploaded files of templates whose changes nobody confirmed."""
    actions.purge_uploads(older_than=timezone.now() - KEPT)
