"""Requests to get no more e-mails, and the batches in which services see to them."""

from __future__ import annotations

import datetime
import uuid
from typing import Any

from django.db.models import Count, Max, Min, Q

from portal.notifications.models import (
    Notification,
    UnsubscribeRequest,
    UnsubscribeRequestReport,
)
from portal.sandbox import clock, tokens

TOKEN_SECONDS = 60 * 60 * 24 * 365
SHOWN_DAYS = datetime.timedelta(days=90)
KEPT_AFTER_PROCESSING = datetime.timedelta(days=7)


def request_once(notification: Notification) -> None:
    """Keep a recipient's request, the first time that it comes."""
    facts: dict[str, Any] = {
        "service_id": notification.service_id,
        "template_id": notification.template_id,
        "template_version": notification.template_version,
        "email_address": notification.to,
        "created_at": clock.now(),
    }
    UnsubscribeRequest.objects.get_or_create(
        notification_id=notification.pk, defaults=facts
    )


def is_valid(token: str, notification: Notification) -> bool:
    """Whether a link's token was made for the recipient of that e-mail."""
    try:
        return bool(tokens.read(token, TOKEN_SECONDS) == notification.to)
    except tokens.BadData:
        return False


def recent_requests(service_id: uuid.UUID) -> Any:
    """The requests that a service can still see."""
    return UnsubscribeRequest.objects.filter(
        service_id=service_id, created_at__gte=clock.now() - SHOWN_DAYS
    )


def statistics(service_id: uuid.UUID) -> dict[str, Any]:
    """How many requests wait to be seen to, and when the latest came."""
    waiting = Q(unsubscribe_request_report=None) | Q(
        unsubscribe_request_report__processed_by_service_at=None
    )
    found = recent_requests(service_id).aggregate(
        count=Count("id", filter=waiting), latest=Max("created_at")
    )
    if found["latest"] is None:
        return {}
    return {
        "datetime_of_latest_unsubscribe_request": found["latest"],
        "unsubscribe_requests_count": found["count"],
    }


def unbatched(service_id: uuid.UUID) -> UnsubscribeRequestReport | None:
    """What the next batch would be, if there is anything for one."""
    requests = recent_requests(service_id).filter(unsubscribe_request_report=None)
    found = requests.aggregate(
        count=Count("id"), earliest=Min("created_at"), latest=Max("created_at")
    )
    if not found["count"]:
        return None
    report = UnsubscribeRequestReport(
        service_id=service_id,
        created_at=None,
        earliest_timestamp=found["earliest"],
        latest_timestamp=found["latest"],
        count=found["count"],
    )
    # Only a batch that is made has an id.
    report.pk = None
    return report


def batches(service_id: uuid.UUID) -> Any:
    """The batches that a service can still see, the newest first."""
    return UnsubscribeRequestReport.objects.filter(
        service_id=service_id, latest_timestamp__gte=clock.now() - SHOWN_DAYS
    ).order_by("-latest_timestamp")


def make_batch(
    service_id: uuid.UUID,
    earliest: datetime.datetime,
    latest: datetime.datetime,
    count: int,
) -> UnsubscribeRequestReport:
    """Put the requests between two moments into a batch."""
    report = UnsubscribeRequestReport.objects.create(
        id=uuid.uuid4(),
        service_id=service_id,
        created_at=clock.now(),
        earliest_timestamp=earliest,
        latest_timestamp=latest,
        count=count,
    )
    UnsubscribeRequest.objects.filter(
        service_id=service_id,
        unsubscribe_request_report=None,
        created_at__gte=earliest,
        created_at__lte=latest,
    ).update(unsubscribe_request_report=report)
    return report


def archived_from(report: UnsubscribeRequestReport) -> datetime.datetime:
    """When a batch will no longer be shown."""
    if report.processed_by_service_at:
        return report.processed_by_service_at + KEPT_AFTER_PROCESSING
    return report.earliest_timestamp + SHOWN_DAYS
