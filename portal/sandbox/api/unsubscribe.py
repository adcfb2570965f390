"""Routes of requests to get no more e-mails."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest

from portal.notifications.models import (
    Notification,
    UnsubscribeRequest,
    UnsubscribeRequestReport,
)
from portal.sandbox import clock, times
from portal.sandbox.api.jobs import moment
from portal.sandbox.http import Answer, body, created, route
from portal.sandbox.refusals import Refusal
from portal.sandbox.rules import unsubscribing
from portal.sandbox.rules.loading import Field, boolean, load
from portal.sandbox.shapes.notifications import Page

SPAN = {
    "earliest_timestamp": Field(moment, required=True),
    "latest_timestamp": Field(moment, required=True),
}
PROCESSED = {"report_has_been_processed": Field(boolean, required=True)}


@route("POST", "/unsubscribe/<uuid:notification_id>/<str:token>", auth="none")
def unsubscribe(request: HttpRequest, notification_id: uuid.UUID, token: str) -> Any:
    unsubscribing.unsubscribe(notification_id, token)
    return {"result": "success", "message": "Unsubscribe successful"}


@route("GET", "/service/<uuid:service_id>/unsubscribe-request-statistics")
def get_unsubscribe_statistics(request: HttpRequest, service_id: uuid.UUID) -> Any:
    return unsubscribing.statistics(service_id)


@route("GET", "/service/<uuid:service_id>/unsubscribe-request-reports-summary")
def get_unsubscribe_reports(request: HttpRequest, service_id: uuid.UUID) -> Any:
    return unsubscribing.summary(service_id)


@route("POST", "/service/<uuid:service_id>/create-unsubscribe-request-report")
def create_unsubscribe_report(request: HttpRequest, service_id: uuid.UUID) -> Answer:
    span = load(body(request), SPAN)
    report = unsubscribing.make_report(service_id, *span.values())
    return created({"report_id": report.pk})


@route("GET", "/service/<uuid:service_id>/unsubscribe-request-report/<uuid:batch_id>")
def get_unsubscribe_report(
    request: HttpRequest, service_id: uuid.UUID, batch_id: uuid.UUID
) -> Any:
    report = _report(service_id, batch_id)
    rows = list(
        UnsubscribeRequest.objects.filter(
            unsubscribe_request_report_id=report.pk
        ).order_by("-created_at")
    )
    messages = Notification.objects.filter(pk__in=[row.notification_id for row in rows])
    page = Page(list(messages))
    sent = {message.pk: message for message in page.rows}
    return {
        "batch_id": report.pk,
        "earliest_timestamp": times.http(report.earliest_timestamp),
        "latest_timestamp": times.http(report.latest_timestamp),
        "unsubscribe_requests": [
            _request(page, row, sent[row.notification_id])
            for row in rows
            if row.notification_id in sent
        ],
    }


def _request(
    page: Page, row: UnsubscribeRequest, message: Notification
) -> dict[str, Any]:
    return {
        "email_address": row.email_address,
        "original_file_name": page.jobs.get(message.job_id, "N/A"),
        "template_name": page.version(message).name,
        "template_sent_at": times.space(message.sent_at or message.created_at),
        "unsubscribe_request_received_at": times.space(row.created_at),
    }


@route(
    "POST",
    "/service/<uuid:service_id>/process-unsubscribe-request-report/<uuid:batch_id>",
)
def process_unsubscribe_report(
    request: HttpRequest, service_id: uuid.UUID, batch_id: uuid.UUID
) -> None:
    report = _report(service_id, batch_id)
    is_done = load(body(request), PROCESSED)["report_has_been_processed"]
    report.processed_by_service_at = clock.now() if is_done else None
    report.save()


def _report(service_id: uuid.UUID, batch_id: uuid.UUID) -> UnsubscribeRequestReport:
    report: UnsubscribeRequestReport | None = UnsubscribeRequestReport.objects.filter(
        pk=batch_id, service_id=service_id
    ).first()
    if report is None:
        raise Refusal({"batch_id": ["There is no report with this id."]})
    return report
