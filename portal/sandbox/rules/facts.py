"""The facts of each day, counted from its messages, that statistics and bills are made of."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db.models import Aggregate, Count, F, Model, Q, QuerySet, Sum

from portal.billing.models import FactBilling
from portal.notifications.models import Notification, NotificationHistory
from portal.platform.models import FactNotificationStatus, FactProcessingTime
from portal.sandbox import clock
from portal.sandbox.reference.money import letter_rate, sms_rate
from portal.sandbox.rules.figures import midnight
from portal.sandbox.writing import writing

NO_JOB = uuid.UUID(int=0)
BILLABLE = {
    "sms": (
        "sending",
        "sent",
        "delivered",
        "pending",
        *("temporary-failure", "permanent-failure"),
    ),
    "email": ("sending", "delivered", "temporary-failure", "permanent-failure"),
    "letter": ("sending", "delivered", "returned-letter"),
}
Table = type[Notification] | type[NotificationHistory]
TABLES: tuple[Table, ...] = (Notification, NotificationHistory)
QUICK = datetime.timedelta(seconds=10)


def count_day(day: datetime.date) -> None:
    """Count a day anew; today's statuses are counted from the messages themselves."""
    # Before anybody has to wait for it, as counting a million messages takes long.
    bills, times = bills_of(day), processing_times_of(day)
    statuses = statuses_of(day) if day < clock.today() else None
    with writing():
        replace(FactBilling, day, bills)
        if times:
            replace(FactProcessingTime, day, times)
        if statuses is not None:
            replace(FactNotificationStatus, day, statuses)


def replace(table: type[Model], day: datetime.date, facts: Iterable[Any]) -> None:
    """Put new facts of a day in the place of the old ones."""
    table._default_manager.filter(bst_date=day).delete()
    table._default_manager.bulk_create(facts)


def uncounted_days() -> set[datetime.date]:
    """Days of the past week whose statuses nobody counted, as nothing ran at midnight."""
    days = {clock.today() - datetime.timedelta(days=back) for back in range(1, 8)}
    counted = FactNotificationStatus.objects.filter(bst_date__in=days)
    days -= set(counted.values_list("bst_date", flat=True).distinct())
    return {day for day in days if of_day(Notification, day).exists()}


def of_day(table: Table, day: datetime.date) -> QuerySet[Any]:
    """The messages made on a day in London."""
    following = day + datetime.timedelta(days=1)
    rows: QuerySet[Any] = table.objects.filter(
        created_at__gte=midnight(day), created_at__lt=midnight(following)
    ).order_by()
    return rows


def summed(
    day: datetime.date, columns: Iterable[str], wanted: Q, **sums: Aggregate
) -> list[dict[str, Any]]:
    """Sums by columns over a day's messages, those moved to the history with them."""
    columns = tuple(columns)
    found: dict[tuple[Any, ...], dict[str, Any]] = {}
    for table in TABLES:
        rows = of_day(table, day).filter(wanted).values(*columns).annotate(**sums)
        for row in rows:
            known = found.setdefault(tuple(row[name] for name in columns), row)
            if known is not row:
                known |= {name: (known[name] or 0) + (row[name] or 0) for name in sums}
    return list(found.values())


def statuses_of(day: datetime.date) -> list[FactNotificationStatus]:
    """Count messages by template, job, kind of key and status."""
    columns = (
        "template_id",
        "service_id",
        "job_id",
        "notification_type",
        "key_type",
        "status",
    )
    rows = summed(day, columns, Q(), total=Count("id"))
    return [
        FactNotificationStatus(
            bst_date=day,
            template_id=row["template_id"],
            service_id=row["service_id"],
            job_id=row["job_id"] or NO_JOB,
            notification_type=row["notification_type"],
            key_type=row["key_type"],
            notification_status=row["status"],
            notification_count=row["total"],
            created_at=clock.now(),
        )
        for row in rows
    ]


def bills_of(day: datetime.date) -> list[FactBilling]:
    """Count what costs something by template, provider and rate."""
    columns = (
        "template_id",
        "service_id",
        "notification_type",
        "sent_by",
        "rate_multiplier",
        "international",
        "postage",
    )
    charged = Q()
    for channel, statuses in BILLABLE.items():
        charged |= Q(notification_type=channel, status__in=statuses)
    charged &= ~Q(key_type="test")
    letters = charged & Q(notification_type="letter")
    others = charged & ~Q(notification_type="letter")
    sums = {"sent": Count("id"), "units": Sum("billable_units")}
    # Letters of different lengths have different rates.
    counted = [
        *summed(day, (*columns, "billable_units"), letters, **sums),
        *summed(day, columns, others, **sums),
    ]
    return [billing_fact(day, row) for row in counted]


def billing_fact(day: datetime.date, row: dict[str, Any]) -> FactBilling:
    """A line of the facts of billing."""
    channel = row["notification_type"]
    return FactBilling(
        bst_date=day,
        template_id=row["template_id"],
        service_id=row["service_id"],
        notification_type=channel,
        provider=row["sent_by"] or "",
        rate_multiplier=int(row["rate_multiplier"] or 1),
        international=row["international"],
        rate=rate(channel, day, row),
        postage=row["postage"] or "none",
        billable_units=row["units"] or 0,
        notifications_sent=row["sent"],
        created_at=clock.now(),
    )


def rate(channel: str, day: datetime.date, row: dict[str, Any]) -> Decimal:
    """The price of a unit."""
    if channel == "sms":
        return sms_rate(day)
    if channel == "letter":
        return letter_rate(row["postage"] or "second", row["billable_units"])
    return Decimal(0)


def processing_times_of(day: datetime.date) -> list[FactProcessingTime]:
    """Count how many messages left within ten seconds."""
    sent = Q(sent_at__isnull=False) & ~Q(notification_type="letter")
    quick = Count("id", filter=Q(sent_at__lte=F("created_at") + QUICK))
    return [
        FactProcessingTime(
            bst_date=day,
            messages_total=found["total"],
            messages_within_10_secs=found["quick"],
            created_at=clock.now(),
        )
        for found in summed(day, (), sent, total=Count("id"), quick=quick)
        if found["total"]
    ]
