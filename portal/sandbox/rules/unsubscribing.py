"""Requests to get no more e-mails, and the batches in which services see to them."""

from __future__ import annotations

import datetime
import uuid
from typing import Any

from django.db.models import Count, Max, Min, Q

from portal.notifications.models import (
    Notification,
    NotificationHistory,
    UnsubscribeRequest,
    UnsubscribeRequestReport,
)
from portal.sandbox import clock, tokens

TOKEN_SECONDS = 60 * 60 * 24 * 365
SHOWN_DAYS = datetime.timedelta(days=90)
KEPT_AFTER_PROCESSING = datetime.timedelta(days=7)
Sent = Notification | NotificationHistory
WAITING = Q(unsubscribe_request_report=None) | Q(
    unsubscribe_request_report__processed_by_service_at=None
)


def address_in(token: str) -> str | None:
    """The address that a link was made for; None when it is none of our links."""
    try:
        return str(tokens.read(token, TOKEN_SECONDS))
    except tokens.BadData:
        return None


def sent(notification_id: uuid.UUID) -> Sent | None:
    """The e-mail that a link was in, also when it is long gone."""
    found: Sent | None = (
        Notification.objects.filter(pk=notification_id).first()
        or NotificationHistory.objects.filter(pk=notification_id).first()
    )
    return found


def request_once(email: Sent, address: str) -> None:
    """Keep a recipient's request, unless an earlier one still waits to be seen to."""
    waiting = UnsubscribeRequest.objects.filter(WAITING, notification_id=email.pk)
    if not waiting.exists():
        facts: dict[str, Any] = {
            "service_id": email.service_id,
            "template_id": email.template_id,
            "template_version": email.template_version,
        }
        UnsubscribeRequest.objects.create(
            notification_id=email.pk,
            email_address=address,
            created_at=clock.now(),
            **facts,
        )


def recent_requests(service_id: uuid.UUID) -> Any:
    """The requests that a service can still see."""
    return UnsubscribeRequest.objects.filter(
        service_id=service_id, created_at__gte=clock.now() - SHOWN_DAYS
    )


def statistics(service_id: uuid.UUID) -> dict[str, Any]:
    """How many requests wait to be seen to, and when the latest came."""
    found = recent_requests(service_id).aggregate(
        count=Count("id", filter=WAITING),
        waiting=Max("created_at", filter=WAITING),
        latest=Max("created_at"),
    )
    if found["latest"] is None:
        return {}
    return {
        "datetime_of_latest_unsubscribe_request": found["waiting"] or found["latest"],
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
