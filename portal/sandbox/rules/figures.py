"""How many messages were asked for, delivered and failed."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Sum
from django.utils import timezone

from portal.notifications.models import Notification
from portal.platform.models import FactNotificationStatus
from portal.sandbox import clock

CHANNELS = ("email", "letter", "sms")
LONGEST_AGO = 100 * 365
DELIVERED = {"delivered", "sent", "returned-letter"}
FAILED = {
    "failed",
    "technical-failure",
    "temporary-failure",
    "permanent-failure",
    "validation-failed",
    "virus-scan-failed",
}
Statistics = dict[str, dict[str, int]]
StatusCount = tuple[uuid.UUID, str, str, int]


def no_figures() -> Statistics:
    """Nothing sent on any channel."""
    return {
        channel: {"delivered": 0, "failed": 0, "requested": 0} for channel in CHANNELS
    }


def add_to(statistics: Statistics, channel: str, status: str, count: int) -> None:
    """Count messages of one status; cancelled ones were never asked for."""
    figures = statistics[channel]
    if status != "cancelled":
        figures["requested"] += count
    if status in DELIVERED:
        figures["delivered"] += count
    elif status in FAILED:
        figures["failed"] += count


def service_figures(service_id: uuid.UUID, days: int | None) -> Statistics:
    """A service's figures of today and some days before; None is today only."""
    start = clock.today() - datetime.timedelta(days=min(days or 0, LONGEST_AGO))
    statistics = no_figures()
    counts = status_counts(start, clock.today(), service_id=service_id)
    for _, channel, status, count in counts:
        add_to(statistics, channel, status, count)
    return statistics


def figures_by_service(
    start: datetime.date, end: datetime.date, *, with_test_keys: bool
) -> dict[uuid.UUID, Statistics]:
    """The figures of every service that sent anything between two days."""
    found: dict[uuid.UUID, Statistics] = {}
    for service, channel, status, count in status_counts(
        start, end, with_test_keys=with_test_keys
    ):
        add_to(found.setdefault(service, no_figures()), channel, status, count)
    return found


def status_counts(
    start: datetime.date,
    end: datetime.date,
    *,
    with_test_keys: bool = False,
    **filters: Any,
) -> Iterator[StatusCount]:
    """Count by service, channel and status: facts for days gone, messages for today."""
    today = clock.today()
    facts = FactNotificationStatus.objects.filter(
        bst_date__gte=start, bst_date__lte=end, bst_date__lt=today, **filters
    )
    yield from _grouped(
        facts, "notification_status", Sum("notification_count"), with_test_keys
    )
    if start <= today <= end:
        messages = Notification.objects.filter(
            created_at__gte=midnight(today), **filters
        )
        yield from _grouped(messages, "status", Count("*"), with_test_keys)


def midnight(day: datetime.date) -> datetime.datetime:
    """The beginning of a day in London."""
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))


def _grouped(
    rows: Any, status: str, total: Any, with_test_keys: bool
) -> Iterator[StatusCount]:
    if not with_test_keys:
        rows = rows.exclude(key_type="test")
    columns = ("service_id", "notification_type", status)
    grouped = rows.order_by().values(*columns).annotate(total=total)
    yield from grouped.values_list(*columns, "total")
