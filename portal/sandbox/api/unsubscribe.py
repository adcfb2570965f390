"""Unsubscribe links, and what services do about them."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest

from portal.notifications.models import UnsubscribeRequest, UnsubscribeRequestReport
from portal.sandbox import clock, times
from portal.sandbox.http import Answer, body, created, one, route
from portal.sandbox.refusals import Refusal
from portal.sandbox.rules import unsubscribing as rules
from portal.sandbox.rules.loading import Field, boolean, integer, load
from portal.sandbox.rules.users import moment
from portal.services.models import Service

NOT_VALID = {"unsubscribe request": "This is not a valid unsubscribe link."}
NO_SUMMARY = "summary data needed to create an unsubscribe request report is missing"
EXPIRED = {"unsubscribe request": "This unsubscribe link is invalid or expired."}
BATCH = {
    "count": Field(integer, required=True),
    "earliest_timestamp": Field(moment, required=True),
    "latest_timestamp": Field(moment, required=True),
}
PROCESSED = {"report_has_been_processed": Field(boolean, required=True)}


@route("POST", "/unsubscribe/<uuid:notification_id>/<str:token>", auth="none")
def unsubscribe(
    request: HttpRequest, notification_id: uuid.UUID, token: str
) -> dict[str, str]:
    address = rules.address_in(token)
    if address is None:
        raise Refusal(NOT_VALID, 404)
    sent = rules.sent(notification_id)
    if sent is None:
        raise Refusal(EXPIRED, 404)
    rules.request_once(sent, address)
    return {"result": "success", "message": "Unsubscribe successful"}


@route("GET", "/service/<uuid:service_id>/unsubscribe-request-statistics")
def get_statistics(request: HttpRequest, service_id: uuid.UUID) -> dict[str, Any]:
    return rules.statistics(service_id)


@route("GET", "/service/<uuid:service_id>/unsubscribe-request-reports-summary")
def get_summary(request: HttpRequest, service_id: uuid.UUID) -> list[dict[str, Any]]:
    next_batch = rules.unbatched(service_id)
    return [
        summary_shape(report)
        for report in (*filter(None, [next_batch]), *rules.batches(service_id))
    ]


def summary_shape(report: UnsubscribeRequestReport) -> dict[str, Any]:
    """A batch, or what will be the next, in a line."""
    return {
        "batch_id": report.pk,
        "count": report.count,
        "created_at": times.iso(report.created_at),
        "earliest_timestamp": times.iso(report.earliest_timestamp),
        "is_a_batched_report": report.pk is not None,
        "latest_timestamp": times.iso(report.latest_timestamp),
        "processed_by_service_at": times.iso(report.processed_by_service_at),
        "service_id": report.service_id,
        "will_be_archived_at": times.iso(rules.archived_from(report)),
    }


@route("POST", "/service/<uuid:service_id>/create-unsubscribe-request-report")
def create_report(request: HttpRequest, service_id: uuid.UUID) -> Answer:
    given = body(request)
    if not given:
        raise Refusal({"summary_data": NO_SUMMARY})
    data = load(given, BATCH)
    one(Service.objects, pk=service_id)
    report = rules.make_batch(
        service_id,
        data["earliest_timestamp"],
        data["latest_timestamp"],
        data["count"],
    )
    return created({"report_id": report.pk})


@route("GET", "/service/<uuid:service_id>/unsubscribe-request-report/<uuid:batch_id>")
def get_report(
    request: HttpRequest, service_id: uuid.UUID, batch_id: uuid.UUID
) -> dict[str, Any]:
    report = own_report(service_id, batch_id, f"No report available for {batch_id}")
    requests = UnsubscribeRequest.objects.filter(unsubscribe_request_report=report)
    return {
        "batch_id": report.pk,
        "earliest_timestamp": report.earliest_timestamp,
        "latest_timestamp": report.latest_timestamp,
        "unsubscribe_requests": [
            request_shape(row)
            for row in requests.select_related("template").order_by(
                "-template__name", "-created_at"
            )
        ],
    }


def request_shape(request: UnsubscribeRequest) -> dict[str, Any]:
    """A recipient's request with the e-mail that it answers."""
    sent = rules.sent(request.notification_id)
    return {
        "email_address": request.email_address,
        "original_file_name": sent.job.original_file_name
        if sent and sent.job
        else "N/A",
        "template_name": request.template.name,
        "template_sent_at": times.london(
            (sent.sent_at or sent.created_at) if sent else request.created_at
        ),
        "unsubscribe_request_received_at": times.london(request.created_at),
    }


@route(
    "POST",
    "/service/<uuid:service_id>/process-unsubscribe-request-report/<uuid:batch_id>",
)
def process_report(
    request: HttpRequest, service_id: uuid.UUID, batch_id: uuid.UUID
) -> None:
    given = body(request)
    if not given:
        raise Refusal({"marked_as_completed": "missing data for required field"})
    processed = load(given, PROCESSED)["report_has_been_processed"]
    told = f"No UnsubscribeRequestReport found for id:{batch_id}"
    report = own_report(service_id, batch_id, {"batch_id": told})
    report.processed_by_service_at = clock.now() if processed else None
    report.save()


def own_report(
    service_id: uuid.UUID, batch_id: uuid.UUID, message: Any
) -> UnsubscribeRequestReport:
    """A batch of that service."""
    report = UnsubscribeRequestReport.objects.filter(
        pk=batch_id, service_id=service_id
    ).first()
    if report is None:
        raise Refusal(message)
    return report
