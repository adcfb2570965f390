"""Requests to get no more e-mails of a kind, and the reports that services work through."""

from __future__ import annotations

import datetime
import uuid
from typing import Any

from django.db.models import Count, Max, Min, QuerySet

from portal.notifications.models import (
    Notification,
    UnsubscribeRequest,
    UnsubscribeRequestReport,
)
from portal.sandbox import clock, times, tokens
from portal.sandbox.refusals import Refusal

VALID_SECONDS = 60 * 60 * 24 * 365 * 60
RECENT = datetime.timedelta(days=7)
KEPT_UNTOUCHED = datetime.timedelta(days=90)
KEPT_PROCESSED = datetime.timedelta(days=7)
INVALID = {"unsubscribe request": "This is not a valid unsubscribe link."}


def unsubscribe(notification_id: uuid.UUID, token: str) -> None:
    """Note that the recipient of an e-mail wants no more; once is enough."""
    try:
        address = tokens.read(token, VALID_SECONDS)
    except tokens.BadData as error:
        raise Refusal(INVALID, 404) from error
    found = Notification.objects.filter(pk=notification_id, to=address).first()
    if found is None or found.service_id is None or found.template_id is None:
        raise Refusal(INVALID, 404)
    UnsubscribeRequest.objects.get_or_create(
        notification_id=found.pk,
        defaults={
            "service_id": found.service_id,
            "template_id": found.template_id,
            "template_version": found.template_version,
            "email_address": found.to,
            "created_at": clock.now(),
        },
    )


def statistics(service_id: uuid.UUID) -> dict[str, Any]:
    """When the latest request came and how many came lately; empty without any."""
    rows = UnsubscribeRequest.objects.filter(service_id=service_id)
    latest = rows.aggregate(latest=Max("created_at"))["latest"]
    if latest is None:
        return {}
    recent = rows.filter(created_at__gte=clock.now() - RECENT).count()
    return {
        "unsubscribe_requests_count": recent,
        "datetime_of_latest_unsubscribe_request": times.http(latest),
    }


def unbatched(service_id: uuid.UUID) -> QuerySet[UnsubscribeRequest]:
    """The requests that no report holds yet."""
    rows: QuerySet[UnsubscribeRequest] = UnsubscribeRequest.objects.filter(
        service_id=service_id, unsubscribe_request_report__isnull=True
    )
    return rows


def summary(service_id: uuid.UUID) -> list[dict[str, Any]]:
    """What has come since the last report, then the reports, the newest first."""
    since = unbatched(service_id).aggregate(
        count=Count("pk"), earliest=Min("created_at"), latest=Max("created_at")
    )
    reports = UnsubscribeRequestReport.objects.filter(service_id=service_id)
    waiting = [_waiting(service_id, since)] if since["count"] else []
    return waiting + [_batched(row) for row in reports.order_by("-latest_timestamp")]


def _waiting(service_id: uuid.UUID, since: dict[str, Any]) -> dict[str, Any]:
    return {
        "batch_id": None,
        "count": since["count"],
        "created_at": None,
        "earliest_timestamp": times.iso(since["earliest"]),
        "is_a_batched_report": False,
        "latest_timestamp": times.iso(since["latest"]),
        "processed_by_service_at": None,
        "service_id": service_id,
        "will_be_archived_at": times.iso(since["earliest"] + KEPT_UNTOUCHED),
    }


def _batched(report: UnsubscribeRequestReport) -> dict[str, Any]:
    processed = report.processed_by_service_at
    made = report.created_at or report.latest_timestamp
    until = processed + KEPT_PROCESSED if processed else made + KEPT_UNTOUCHED
    return {
        "batch_id": report.pk,
        "count": report.count,
        "created_at": times.iso(report.created_at),
        "earliest_timestamp": times.iso(report.earliest_timestamp),
        "is_a_batched_report": True,
        "latest_timestamp": times.iso(report.latest_timestamp),
        "processed_by_service_at": times.iso(processed),
        "service_id": report.service_id,
        "will_be_archived_at": times.iso(until),
    }


def make_report(
    service_id: uuid.UUID, earliest: datetime.datetime, latest: datetime.datetime
) -> UnsubscribeRequestReport:
    """Put the requests of a span of time, not yet in a report, into one."""
    rows = unbatched(service_id).filter(
        created_at__gte=earliest, created_at__lte=latest
    )
    report: UnsubscribeRequestReport = UnsubscribeRequestReport.objects.create(
        id=uuid.uuid4(),
        service_id=service_id,
        created_at=clock.now(),
        earliest_timestamp=earliest,
        latest_timestamp=latest,
        count=rows.count(),
    )
    rows.update(unsubscribe_request_report_id=report.pk)
    return report
