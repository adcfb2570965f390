"""Keep figures in local tables, so that no page waits for them."""

from __future__ import annotations

import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from portal.clients import (
    email_branding_client,
    letter_branding_client,
    letter_rate_api_client,
    organisations_client,
    performance_dashboard_api_client,
    service_api_client,
    sms_rate_api_client,
    status_api_client,
    template_statistics_client,
)
from portal.remote.answers import reading
from portal.remote.cache import cache
from portal.remote.errors import HTTPError
from portal.remote.parallel import together
from portal.reports.actions.hints import keep_hints, read_hints
from portal.reports.models import PlatformFigures, ServiceFigures
from portal.services.dashboard import channels_of, uses_of
from portal.services.models import Service

DAYS = 7
CHANNELS = {"email": "emails", "sms": "sms", "letter": "letters"}


def list_services_to_refresh(*, most: int) -> list[UUID]:
    """Return the active services whose figures are oldest, new ones first."""
    rows = service_api_client.get_services({"only_active": True})["data"]
    known = dict(
        ServiceFigures.objects.filter(limit_days=DAYS).values_list(
            "service_id", "as_of"
        )
    )
    never = datetime.datetime.min.replace(tzinfo=datetime.UTC)
    ids = [UUID(row["id"]) for row in rows if row.get("active", True)]
    return sorted(ids, key=lambda pk: known.get(pk, never))[:most]


def refresh_service_figures(*, service_id: UUID | str) -> ServiceFigures:
    """Read a service's figures of the last days, and its hints, into their rows."""
    told = _read_figures(str(service_id))
    return save_service_figures(service_id=UUID(str(service_id)), told=told)


def read_service_figures(service_id: str) -> dict[str, Any] | None:
    """Ask the API for what ``save_service_figures`` keeps; None when it does not tell."""
    try:
        return _read_figures(service_id)
    except HTTPError:
        return None


def _read_figures(pk: str) -> dict[str, Any]:
    statistics, templates, hints = together(
        lambda: service_api_client.get_service_statistics(pk, limit_days=DAYS),
        lambda: template_statistics_client.get_template_statistics_for_service(
            pk, limit_days=DAYS
        ),
        lambda: _read_hints(pk),
    )
    with reading():
        # What cannot be shown is not kept.
        channels_of(statistics, ())
        uses_of(templates)
    return {"channels": statistics, "templates": templates, "hints": hints}


def _read_hints(pk: str) -> dict[str, Any] | None:
    try:
        service = Service.objects.filter(pk=pk).first()
        return read_hints(service=service) if service else None
    except HTTPError:
        # Figures are figures without them.
        return None


def save_service_figures(*, service_id: UUID, told: dict[str, Any]) -> ServiceFigures:
    """Keep figures that were read now, and the hints that came with them."""
    if told["hints"] is not None:
        keep_hints(service_id=service_id, told=told["hints"])
    figures, _ = ServiceFigures.objects.update_or_create(
        service_id=service_id,
        limit_days=DAYS,
        defaults={
            "channels": told["channels"],
            "templates": told["templates"],
            "as_of": timezone.now(),
        },
    )
    return figures


def refresh_platform_figures() -> None:
    """Read the platform's figures of the last days into a row for each."""
    now = timezone.now()
    today = timezone.localdate(now)
    with cache.refreshing():
        live = status_api_client.get_count_of_live_services_and_organisations()
        sent = performance_dashboard_api_client.get_performance_dashboard_stats(
            start_date=today - datetime.timedelta(days=DAYS), end_date=today
        )
    days = {row["date"]: row for row in sent["notifications_by_type"]}
    days.setdefault(today.isoformat(), {})
    for day, row in days.items():
        channels = {name: row.get(column, 0) for name, column in CHANNELS.items()}
        _save_day(day, {"channels": channels, "as_of": now})
    _save_day(
        today.isoformat(),
        {
            "live_services": live["services"],
            "live_organisations": live["organisations"],
        },
    )


def _save_day(day: str, values: dict[str, Any]) -> None:
    PlatformFigures.objects.update_or_create(
        day=datetime.date.fromisoformat(day), defaults=values
    )


def warm_cache() -> None:
    """Read anew the lists that many pages show and that change rarely."""
    with cache.refreshing():
        organisations_client.get_organisations()
        organisations_client.get_domains()
        email_branding_client.get_all_email_branding()
        letter_branding_client.get_all_letter_branding()
        letter_rate_api_client.get_letter_rates()
        sms_rate_api_client.get_sms_rate()
