"""Routes of reports of messages that people ask for."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest

from portal.notifications.models import ReportRequest
from portal.sandbox import clock, times
from portal.sandbox.http import Answer, body, one, route
from portal.sandbox.validation import check
from portal.services.models import Service
from portal.users.models import User

REPORTS = "/service/<uuid:service_id>/report-request"
PARAMETERS = ("notification_type", "notification_status")


@route("POST", REPORTS)
def create_report_request(request: HttpRequest, service_id: uuid.UUID) -> Answer:
    data = check(body(request), "add_report_request_schema")
    one(Service.objects.all(), pk=service_id)
    one(User.objects.all(), pk=data["user_id"])
    parameter = {name: data.get(name) for name in PARAMETERS}
    wanted = {"service_id": service_id, "user_id": data["user_id"]}
    for running in ReportRequest.objects.filter(
        **wanted, status__in=("pending", "in progress")
    ):
        if running.parameter == parameter:
            return Answer({"data": _shape(running)})
    report = ReportRequest.objects.create(
        **wanted,
        report_type="notifications",
        parameter=parameter,
        created_at=clock.now(),
    )
    report.refresh_from_db()
    return Answer({"data": _shape(report)}, 201)


@route("GET", f"{REPORTS}/<uuid:request_id>")
def get_report_request(
    request: HttpRequest, service_id: uuid.UUID, request_id: uuid.UUID
) -> Any:
    report = one(ReportRequest.objects.all(), pk=request_id, service_id=service_id)
    return {"data": _shape(report)}


def _shape(report: ReportRequest) -> dict[str, Any]:
    return {
        "created_at": times.iso(report.created_at),
        "id": report.pk,
        "parameter": report.parameter,
        "report_type": report.report_type,
        "service_id": report.service_id,
        "status": report.status,
        "updated_at": times.iso(report.updated_at),
        "user_id": report.user_id,
    }
