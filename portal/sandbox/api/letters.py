"""Routes of letters that came back and of letters' previews."""

from __future__ import annotations

import base64
import datetime
import uuid
from typing import Any

from django.db.models import Count
from django.http import HttpRequest

from portal.letters.models import ReturnedLetter
from portal.notifications.models import Notification, NotificationHistory
from portal.sandbox import clock, times
from portal.sandbox.drawing import pictures
from portal.sandbox.http import body, one, route
from portal.sandbox.refusals import Refusal
from portal.sandbox.rules import letters
from portal.sandbox.rules.letter_files import preview
from portal.sandbox.shapes.notifications import Page
from portal.sandbox.validation import check

# The first row of a spreadsheet has its headings.
FIRST_ROW = 2
RECENT = datetime.timedelta(days=7)


@route("POST", "/letters/returned")
def take_back_letters(request: HttpRequest) -> Any:
    references = check(body(request), "letter_references")["references"]
    letters.take_back(references)
    return {"references": references}


@route("GET", "/service/<uuid:service_id>/returned-letter-statistics")
def get_returned_letter_statistics(request: HttpRequest, service_id: uuid.UUID) -> Any:
    rows = ReturnedLetter.objects.filter(service_id=service_id)
    newest = rows.order_by("-reported_at").first()
    recent = rows.filter(reported_at__gt=clock.today() - RECENT).count()
    return {
        "returned_letter_count": recent,
        "most_recent_report": newest and f"{newest.reported_at} 00:00:00.000000",
    }


@route("GET", "/service/<uuid:service_id>/returned-letter-summary")
def get_returned_letter_summary(request: HttpRequest, service_id: uuid.UUID) -> Any:
    rows = (
        ReturnedLetter.objects.filter(service_id=service_id)
        .values("reported_at")
        .annotate(returned_letter_count=Count("pk"))
        .order_by("-reported_at")
    )
    return [row | {"reported_at": row["reported_at"].isoformat()} for row in rows]


@route("GET", "/service/<uuid:service_id>/returned-letters")
def get_returned_letters(request: HttpRequest, service_id: uuid.UUID) -> Any:
    day = _day(request.GET.get("reported_at"))
    if day is None:
        return {"returned_letters": [], "orphaned_count": 0}
    rows = ReturnedLetter.objects.filter(service_id=service_id, reported_at=day)
    ids = list(rows.values_list("notification_id", flat=True))
    found = [
        letter
        for table in (Notification, NotificationHistory)
        for letter in table.objects.filter(pk__in=ids)
    ]
    found.sort(key=lambda letter: letter.created_at, reverse=True)
    page = Page(found)
    return {
        "returned_letters": [_returned(page, row, day) for row in found],
        "orphaned_count": len(ids) - len(found),
    }


def _returned(page: Page, row: Any, day: datetime.date) -> dict[str, Any]:
    version = page.version(row)
    is_upload = version.hidden
    person = page.person(row)
    number = row.job_row_number
    return {
        "client_reference": row.client_reference if row.api_key_id else None,
        "created_at": times.space(row.created_at),
        "email_address": person.email_address if person else "API",
        "job_row_number": None if number is None else number + FIRST_ROW,
        "notification_id": row.pk,
        "original_file_name": page.jobs.get(row.job_id),
        "reported_at": day.isoformat(),
        "template_id": None if is_upload else row.template_id,
        "template_name": None if is_upload else version.name,
        "template_version": None if is_upload else row.template_version,
        "uploaded_letter_file_name": row.client_reference
        if is_upload and not row.api_key_id
        else None,
        "user_name": person.name if person else "API",
    }


@route(
    "GET",
    "/service/<uuid:service_id>/template/preview/<uuid:notification_id>/<str:file_type>",
)
def get_letter_preview(
    request: HttpRequest,
    service_id: uuid.UUID,
    notification_id: uuid.UUID,
    file_type: str,
) -> Any:
    if file_type not in ("pdf", "png"):
        raise Refusal({"content": ["file_type must be pdf or png"]})
    letter = one(Notification.objects.all(), pk=notification_id, service_id=service_id)
    page = request.GET.get("page", "1")
    try:
        content, metadata = preview(letter, file_type, int(page))
    except (pictures.NoSuchPage, pictures.Unreadable, ValueError) as error:
        told = f"Error generating preview letter for {notification_id}"
        raise Refusal(told, 500) from error
    return {"content": base64.b64encode(content).decode(), "metadata": metadata}


def _day(text: str | None) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text) if text is not None else None
    except ValueError as error:
        raise Refusal("No result found", 404) from error
