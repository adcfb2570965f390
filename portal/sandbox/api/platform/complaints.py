"""E-mails that their recipients reported as unwanted."""

from __future__ import annotations

import datetime
from typing import Any

from django.http import HttpRequest

from portal.notifications.models import Complaint
from portal.sandbox import clock, times
from portal.sandbox.http import route
from portal.sandbox.refusals import NO_SUCH_URL, Refusal
from portal.sandbox.rules.figures import midnight
from portal.sandbox.validation import check

PAGE_SIZE = 50


@route("GET", "/complaint")
def get_complaints(request: HttpRequest) -> dict[str, Any]:
    page = page_number(request)
    complaints = Complaint.objects.select_related("service").order_by("-created_at")
    start = (page - 1) * PAGE_SIZE
    rows = list(complaints[start : start + PAGE_SIZE])
    if not rows and page > 1:
        raise Refusal(NO_SUCH_URL, 404)
    return {
        "complaints": [complaint_shape(row) for row in rows],
        "links": page_links(page, complaints.count()),
    }


def page_number(request: HttpRequest) -> int:
    """The page that is asked for, from 1."""
    asked = request.GET.get("page", "1")
    if not asked.isdecimal() or int(asked) < 1:
        raise Refusal("Invalid page")
    return int(asked)


def page_links(page: int, total: int) -> dict[str, str]:
    """The pages around one, where there are any."""
    last = max(-(-total // PAGE_SIZE), 1)
    links = {}
    if page > 1:
        links["prev"] = f"/complaint?page={page - 1}"
    if page < last:
        links["next"] = f"/complaint?page={page + 1}"
        links["last"] = f"/complaint?page={last}"
    return links


def complaint_shape(complaint: Complaint) -> dict[str, Any]:
    """A complaint with its service's name."""
    return {
        "complaint_date": times.iso(complaint.complaint_date),
        "complaint_type": complaint.complaint_type,
        "created_at": times.iso(complaint.created_at),
        "id": complaint.pk,
        "notification_id": complaint.notification_id,
        "service_id": complaint.service_id,
        "service_name": complaint.service.name,
        "ses_feedback_id": complaint.ses_feedback_id,
    }


@route("GET", "/complaint/count-by-date-range")
def count_complaints(request: HttpRequest) -> int:
    query = check(request.GET.dict(), "complaint_count_request")
    start, end = days_of(query, days=0)
    complaints = Complaint.objects.filter(
        created_at__gte=midnight(start),
        created_at__lt=midnight(end + datetime.timedelta(days=1)),
    )
    return int(complaints.count())


def days_of(query: dict[str, Any], days: int) -> tuple[datetime.date, datetime.date]:
    """The days asked for; left out, they are today and so many days before."""
    end = query.get("end_date")
    start = query.get("start_date")
    today = clock.today()
    return (
        datetime.date.fromisoformat(start)
        if start
        else today - datetime.timedelta(days=days),
        datetime.date.fromisoformat(end) if end else today,
    )
