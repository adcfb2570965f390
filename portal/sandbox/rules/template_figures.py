"""How often a service's templates are used."""

from __future__ import annotations

import datetime
import uuid
from collections import Counter
from typing import Any

from django.db.models import Count, Max, Sum
from django.db.models.functions import TruncMonth

from portal.message_templates.models import Template
from portal.notifications.models import Notification
from portal.platform.models import FactNotificationStatus
from portal.sandbox import clock
from portal.sandbox.rules.figures import CHANNELS, midnight
from portal.sandbox.shapes.templates import is_precompiled

APRIL = 4
MonthKey = tuple[int, int]


def by_status(service_id: uuid.UUID, days: int) -> list[dict[str, Any]]:
    """Count by template and status, today and some days before."""
    today = clock.today()
    counts: Counter[tuple[uuid.UUID, str]] = Counter()
    facts = _facts(service_id, today - datetime.timedelta(days=days), today)
    for template, status, total in facts.values_list(
        "template_id", "notification_status"
    ).annotate(total=Sum("notification_count")):
        counts[template, status] += total
    for template, status, total in (
        _messages(service_id)
        .values_list("template_id", "status")
        .annotate(n=Count("*"))
    ):
        counts[template, status] += total
    templates = Template.objects.in_bulk({template for template, _ in counts})
    return [
        {
            "count": total,
            "is_precompiled_letter": is_precompiled(templates[template]),
            "status": status,
            "template_id": template,
            "template_name": templates[template].name,
            "template_type": templates[template].template_type,
        }
        for (template, status), total in counts.items()
        if template in templates
    ]


def last_used(template: Template) -> datetime.datetime | None:
    """When a message was last made from a template."""
    newest: datetime.datetime | None = (
        Notification.objects.filter(
            service_id=template.service_id,
            template_id=template.pk,
            notification_type=template.template_type,
        )
        .exclude(key_type="test")
        .aggregate(newest=Max("created_at"))["newest"]
    )
    if newest:
        return newest
    day = (
        FactNotificationStatus.objects.filter(template_id=template.pk)
        .exclude(key_type="test")
        .aggregate(newest=Max("bst_date"))["newest"]
    )
    return midnight(day) if day else None


def usage_by_month(service_id: uuid.UUID, year: int) -> list[dict[str, Any]]:
    """Count by template and month of a financial year what was not cancelled."""
    counts: Counter[tuple[uuid.UUID, MonthKey]] = Counter()
    for template, _, status, month, total in _monthly(service_id, year):
        if status != "cancelled":
            counts[template, month] += total
    templates = Template.objects.in_bulk({template for template, _ in counts})
    return [
        {
            "count": total,
            "is_precompiled_letter": is_precompiled(templates[template]),
            "month": month,
            "name": templates[template].name,
            "template_id": template,
            "type": templates[template].template_type,
            "year": of_year,
        }
        for (template, (of_year, month)), total in sorted(
            counts.items(), key=lambda item: item[0][1]
        )
        if template in templates
    ]


def statuses_by_month(service_id: uuid.UUID, year: int) -> dict[str, Any]:
    """Count by month, channel and status of a financial year."""
    found: dict[str, Any] = {
        f"{of_year}-{month:02}": {channel: {} for channel in CHANNELS}
        for of_year, month in months(year)
    }
    for _, kind, status, (of_year, month), total in _monthly(service_id, year):
        statuses = found[f"{of_year}-{month:02}"][kind]
        statuses[status] = statuses.get(status, 0) + total
    return found


def months(year: int) -> list[MonthKey]:
    """The months of a financial year that have begun."""
    today = clock.today()
    keys = [(year, month) for month in range(APRIL, 13)]
    keys += [(year + 1, month) for month in range(1, APRIL)]
    return [key for key in keys if key <= (today.year, today.month)]


def _monthly(
    service_id: uuid.UUID, year: int
) -> list[tuple[uuid.UUID, str, str, MonthKey, int]]:
    start, end = datetime.date(year, APRIL, 1), datetime.date(year + 1, APRIL, 1)
    today = clock.today()
    rows = (
        _facts(service_id, start, min(end, today))
        .annotate(month=TruncMonth("bst_date"))
        .values_list("template_id", "notification_type", "notification_status", "month")
        .annotate(total=Sum("notification_count"))
    )
    found = [(t, kind, status, (m.year, m.month), n) for t, kind, status, m, n in rows]
    if start <= today < end:
        found += [
            (template, kind, status, (today.year, today.month), total)
            for template, kind, status, total in _messages(service_id)
            .values_list("template_id", "notification_type", "status")
            .annotate(total=Count("*"))
        ]
    return found


def _facts(service_id: uuid.UUID, start: datetime.date, end: datetime.date) -> Any:
    rows = FactNotificationStatus.objects.filter(
        service_id=service_id, bst_date__gte=start, bst_date__lt=end
    )
    return rows.exclude(key_type="test").order_by()


def _messages(service_id: uuid.UUID) -> Any:
    rows = Notification.objects.filter(
        service_id=service_id, created_at__gte=midnight(clock.today())
    )
    return rows.exclude(key_type="test").order_by()
