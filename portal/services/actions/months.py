"""What a service sent month by month: kept, as the API takes long to count a year."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from portal.clients import service_api_client, template_statistics_client
from portal.common.kept import Kept, find_kept, keep, refresh_kept
from portal.remote.answers import reading
from portal.remote.parallel import together
from portal.services.months import Year

REFRESH = "portal.services.tasks.refresh_year"


def load_year(*, service_id: UUID, year: int) -> Year:
    """Give the months of a financial year as far as they are known; read them if none are.

    Old ones are counted anew in the background.
    """
    key = _key(service_id, year)
    kept = find_kept(key)
    if kept is None:
        return refresh_year(service_id=service_id, year=year)
    if kept.is_old:
        refresh_kept(key, REFRESH, str(service_id), str(year))
    return Year.read(year, kept)


def is_year_known(*, service_id: UUID, year: int) -> bool:
    """Say whether a year can be shown without a call."""
    return find_kept(_key(service_id, year)) is not None


def refresh_year(*, service_id: UUID | str, year: int) -> Year:
    """Read the months of a financial year from the API, side by side, and keep them."""
    pk, now = str(service_id), timezone.now()
    months, templates = together(
        lambda: service_api_client.get_monthly_notification_stats(pk, year)["data"],
        lambda: template_statistics_client.get_monthly_template_usage_for_service(
            pk, year
        ),
    )
    told = {"months": months, "templates": templates}
    with reading():
        found = Year.read(year, Kept(told, now))
    # What cannot be read is not kept.
    keep(_key(pk, year), told, as_of=now)
    return found


def _key(service_id: UUID | str, year: int) -> str:
    return f"months-of-{service_id}-{year}"
