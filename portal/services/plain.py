"""What a dashboard shows as plain data: for scripts, and for spreadsheet programs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from portal.common.json_answers import moment
from portal.services.dashboard import Channel, Dashboard, TemplateUse
from portal.services.hints import Waiting
from portal.services.models import Service
from portal.services.months import Year
from portal.services.periods import Period


def dashboard_data(
    service: Service, period: Period, dashboard: Dashboard
) -> dict[str, Any]:
    """Tell a dashboard in the API's words; what is not known is null."""
    hints = dashboard.hints
    return {
        "service": {
            "id": str(service.pk),
            "name": service.name,
            "restricted": bool(service.restricted),
        },
        "period": period.name,
        "since": period.first_day(timezone.localdate()).isoformat(),
        "as_of": moment(dashboard.as_of or dashboard.counted_at),
        "statistics": {c.kind: channel_data(c) for c in dashboard.channels},
        "templates": [template_data(use) for use in dashboard.templates],
        "jobs": [job.as_data for job in dashboard.jobs],
        "scheduled_jobs": {
            "count": dashboard.scheduled,
            "soonest_scheduled_for": moment(dashboard.next_at),
        },
        "inbound_sms": waiting_data(hints.received if hints else None),
        "returned_letters": waiting_data(hints.returned_letters if hints else None),
        "unsubscribe_requests": waiting_data(
            hints.unsubscribe_requests if hints else None
        ),
        "daily_limits": {
            allowance.kind: {"limit": allowance.limit, "sent_today": allowance.used}
            for allowance in dashboard.allowances
        },
    }


def channel_data(channel: Channel) -> dict[str, Any]:
    """Tell the figures of one kind of message."""
    return {
        "requested": channel.requested,
        "delivered": channel.delivered,
        "failed": channel.failed,
        "failure_rate": round(channel.failure_rate, 4),
    }


def template_data(use: TemplateUse) -> dict[str, Any]:
    """Tell how often a template was used."""
    return {
        "template_id": use.template_id,
        "template_name": use.name,
        "template_type": use.kind,
        "count": use.count,
        "failed": use.failed,
    }


def waiting_data(waiting: Waiting | None) -> dict[str, Any] | None:
    """Tell how many there are, and when the latest came."""
    if waiting is None:
        return None
    return {"count": waiting.count, "most_recent": moment(waiting.at)}


def month_rows(year: Year) -> Iterator[tuple[object, ...]]:
    """Yield the months of a year by kind of message, as the lines of a file."""
    for month in year.months:
        for channel in month.channels:
            yield (
                f"{month.first_day:%Y-%m}",
                channel.kind,
                channel.requested,
                channel.delivered,
                channel.failed,
                f"{100 * channel.failure_rate:.1f}",
            )


def template_rows(year: Year) -> Iterator[tuple[object, ...]]:
    """Yield the templates used in each month of a year, as the lines of a file."""
    for month in year.template_months:
        for use in month.uses:
            day = f"{month.first_day:%Y-%m}"
            yield day, use.name, use.template_id, use.kind, use.count
