"""Background tasks about what the portal keeps of its own; each may run again at any time."""

from __future__ import annotations

from portal.common import drafts
from portal.common.background import task


@task(asks_api=False)
def purge_drafts() -> None:
    """Delete what people began and did not finish in time."""
    drafts.purge_old_drafts()
