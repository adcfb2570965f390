"""Figures of the whole platform."""

from __future__ import annotations

import datetime
from collections import defaultdict
from typing import Any

from django.db.models import Sum
from django.http import HttpRequest

from portal.platform.models import FactNotificationStatus, FactProcessingTime
from portal.sandbox.api.platform.complaints import days_of
from portal.sandbox.http import route
from portal.sandbox.replica import statistics
from portal.sandbox.rules.figures import CHANNELS, StatusCount, status_counts
from portal.sandbox.validation import check
from portal.services.models import Service

FAILURES = (
    "virus-scan-failed",
    "temporary-failure",
    "permanent-failure",
    "technical-failure",
)
WEEK = 7


@route("GET", "/platform-stats")
@statistics
def platform_stats(request: HttpRequest) -> dict[str, Any]:
    query = check(request.GET.dict(), "platform_stats_request")
    start, end = days_of(query, days=0)
    stats: dict[str, Any] = {
        channel: {"failures": dict.fromkeys(FAILURES, 0), "total": 0, "test-key": 0}
        for channel in CHANNELS
    }
    live = status_counts(start, end)
    every = status_counts(start, end, with_test_keys=True)
    count_live(stats, live)
    for _, channel, _, number in every:
        stats[channel]["test-key"] += number
    for figures in stats.values():
        figures["test-key"] -= figures["total"]
    return stats


def count_live(stats: dict[str, Any], counts: Any) -> None:
    """Add messages that were really sent."""
    row: StatusCount
    for row in counts:
        _, channel, status, number = row
        stats[channel]["total"] += number
        if status in FAILURES:
            stats[channel]["failures"][status] += number


@route("GET", "/performance-dashboard")
@statistics
def performance_dashboard(request: HttpRequest) -> dict[str, Any]:
    query = check(request.GET.dict(), "performance_dashboard_request")
    start, end = days_of(query, days=WEEK)
    totals = all_time_totals()
    services = Service.objects.filter(
        active=True, restricted=False, count_as_live=True
    ).select_related("organisation")
    return {
        "total_notifications": sum(totals.values()),
        **{f"{channel}_notifications": totals[channel] for channel in CHANNELS},
        "notifications_by_type": messages_by_day(start, end),
        "processing_time": processing_times(start, end),
        "live_service_count": services.count(),
        "services_using_notify": [
            {
                "organisation_id": service.organisation_id,
                "organisation_name": service.organisation and service.organisation.name,
                "service_id": service.pk,
                "service_name": service.name,
            }
            for service in services.order_by("organisation__name", "name")
        ],
    }


def sent_facts() -> Any:
    """Facts of messages that left."""
    return FactNotificationStatus.objects.exclude(key_type="test").exclude(
        notification_status__in=["cancelled", "created", "validation-failed"]
    )


def all_time_totals() -> dict[str, int]:
    """The messages of each channel since the beginning."""
    totals = dict.fromkeys(CHANNELS, 0)
    counted = (
        sent_facts()
        .values("notification_type")
        .annotate(total=Sum("notification_count"))
    )
    return totals | dict(counted.values_list("notification_type", "total"))


def messages_by_day(start: datetime.date, end: datetime.date) -> list[dict[str, Any]]:
    """The messages of each channel on each day."""
    days: dict[datetime.date, dict[str, int]] = defaultdict(
        lambda: dict.fromkeys(CHANNELS, 0)
    )
    rows = sent_facts().filter(bst_date__gte=start, bst_date__lte=end)
    counted = rows.values("bst_date", "notification_type").annotate(
        total=Sum("notification_count")
    )
    for day, channel, total in counted.order_by("bst_date").values_list(
        "bst_date", "notification_type", "total"
    ):
        days[day][channel] = total
    return [
        {
            "date": day.isoformat(),
            "emails": found["email"],
            "letters": found["letter"],
            "sms": found["sms"],
        }
        for day, found in days.items()
    ]


def processing_times(start: datetime.date, end: datetime.date) -> list[dict[str, Any]]:
    """How much of each day's messages left within ten seconds."""
    rows = FactProcessingTime.objects.filter(bst_date__gte=start, bst_date__lte=end)
    return [
        {
            "date": row.bst_date.isoformat(),
            "percentage_under_10_seconds": percentage(
                row.messages_within_10_secs, row.messages_total
            ),
        }
        for row in rows.order_by("bst_date")
    ]


def percentage(part: int, whole: int) -> float:
    """A share in percent; of nothing, all of it."""
    return round(part / whole * 100, 1) if whole else 100.0
