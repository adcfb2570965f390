"""Routes of what a service uploaded: spreadsheets and letters."""

from __future__ import annotations

import datetime
import uuid
from collections import Counter
from typing import Any

from django.db.models import F
from django.db.models.functions import Coalesce
from django.http import HttpRequest

from portal.jobs.models import Job
from portal.message_templates.models import Template
from portal.notifications.models import Notification
from portal.sandbox import times
from portal.sandbox.http import route
from portal.sandbox.refusals import BAD_REQUEST, NO_SUCH_URL, Refusal
from portal.sandbox.rules import letters
from portal.sandbox.rules.figures import midnight
from portal.sandbox.rules.notification_lists import PAGE_SIZE, days_ago, paged
from portal.sandbox.rules.sending import print_day
from portal.sandbox.shapes.jobs import job_statistics
from portal.sandbox.shapes.notifications import Page
from portal.sandbox.shapes.templates import PRECOMPILED_NAME

DEFAULT_DAYS = 7
Upload = tuple[datetime.datetime, dict[str, Any]]


@route("GET", "/service/<uuid:service_id>/upload")
def get_uploads(request: HttpRequest, service_id: uuid.UUID) -> Any:
    start = days_ago(_integer(request, "limit_days", DEFAULT_DAYS))
    page = _integer(request, "page", 1)
    found = _jobs(service_id, start) + _letter_days(service_id, start)
    found.sort(key=lambda upload: upload[0], reverse=True)
    shown, links = _page(found, page)
    jobs = [shape["id"] for _, shape in shown if shape["upload_type"] == "job"]
    statistics = job_statistics(jobs)
    return {
        "data": [
            shape | {"statistics": statistics.get(shape["id"], [])}
            for _, shape in shown
        ],
        "page_size": PAGE_SIZE,
        "total": len(found),
        "links": links,
    }


def _page(found: list[Upload], page: int) -> tuple[list[Upload], dict[str, bool]]:
    if page < 1:
        raise Refusal(NO_SUCH_URL, 404)
    start, stop = (page - 1) * PAGE_SIZE, page * PAGE_SIZE
    links = {"prev": page > 1, "next": len(found) > stop}
    return found[start:stop], {name: True for name, there in links.items() if there}


def _jobs(service_id: uuid.UUID, start: datetime.datetime) -> list[Upload]:
    rows = (
        Job.objects.filter(service_id=service_id, contact_list_id=None)
        .exclude(job_status__in=("cancelled", "scheduled"))
        .annotate(at=Coalesce("processing_started", "created_at"))
        .filter(at__gte=start)
        .annotate(type=F("template__template_type"))
    )
    columns = ("at", "pk", "notification_count", "original_file_name", "type")
    return [
        (
            at,
            {
                "created_at": times.space(at),
                "id": key,
                "notification_count": count,
                "original_file_name": name,
                "recipient": None,
                "template_type": kind,
                "upload_type": "job",
            },
        )
        for at, key, count, name, kind in rows.values_list(*columns)
    ]


def _letters(service_id: uuid.UUID) -> Any:
    templates = Template.objects.filter(
        service_id=service_id, hidden=True, name=PRECOMPILED_NAME
    )
    return Notification.objects.filter(
        service_id=service_id,
        notification_type="letter",
        template_id__in=templates.values("pk"),
        api_key_id=None,
    ).exclude(status="cancelled")


def _letter_days(service_id: uuid.UUID, start: datetime.datetime) -> list[Upload]:
    moments = _letters(service_id).filter(created_at__gte=start)
    days = Counter(map(print_day, moments.values_list("created_at", flat=True)))
    return [
        (
            midnight(day) + letters.PRINT_RUN,
            {
                "created_at": times.space(midnight(day) + letters.PRINT_RUN),
                "id": None,
                "notification_count": count,
                "original_file_name": "Uploaded letters",
                "recipient": None,
                "template_type": "letter",
                "upload_type": "letter_day",
            },
        )
        for day, count in days.items()
    ]


@route(
    "GET", "/service/<uuid:service_id>/upload/uploaded-letters/<str:letter_print_date>"
)
def get_uploaded_letters(
    request: HttpRequest, service_id: uuid.UUID, letter_print_date: str
) -> Any:
    try:
        day = datetime.date.fromisoformat(letter_print_date)
        start, stop = letters.printed_on(day)
    except (ValueError, OverflowError) as error:
        raise Refusal(BAD_REQUEST) from error
    rows = _letters(service_id).filter(created_at__gte=start, created_at__lt=stop)
    page = _integer(request, "page", 1)
    found, links = paged(rows.order_by("-created_at", "-id"), page, PAGE_SIZE)
    return {
        "notifications": Page(found).shapes(),
        "page_size": PAGE_SIZE,
        "total": rows.count(),
        "links": links,
    }


def _integer(request: HttpRequest, name: str, default: int) -> int:
    given = request.GET.get(name, default)
    try:
        return int(given)
    except ValueError as error:
        raise Refusal({name: [f"{given} is not an integer"]}) from error
