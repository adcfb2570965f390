"""Routes of a service's messages: lists, one, counts, figures."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest

from portal.notifications.models import Notification
from portal.sandbox import times
from portal.sandbox.http import one, route
from portal.sandbox.refusals import Refusal
from portal.sandbox.replica import statistics
from portal.sandbox.rules import letters, template_figures, templates
from portal.sandbox.rules.notification_lists import (
    PAGE_SIZE,
    Filters,
    listed,
    paged,
    searched,
)
from portal.sandbox.shapes.notifications import Page, notification_shape
from portal.services.models import Service

NOTIFICATIONS = "/service/<uuid:service_id>/notifications"
STATISTICS = "/service/<str:service_id>/template-statistics"
MOST_DAYS = 7
CSV_FILTERS = ("template_type", "status", "older_than", "limit_days", "page_size")
COUNT_FILTERS = ("template_type", "limit_days")
FIRST_YEAR, LAST_YEAR = 1900, 2999


@route("GET", NOTIFICATIONS)
@route("POST", NOTIFICATIONS, only_reads=True)
def get_notifications(request: HttpRequest, service_id: uuid.UUID) -> Any:
    filters = Filters.of(request)
    if filters.get("to"):
        # What is searched for has one page, whatever the caller asks.
        rows, links = paged(searched(service_id, filters), 1, PAGE_SIZE, strict=False)
        return {"notifications": Page(rows).shapes(), "links": links}
    rows, links = paged(listed(service_id, filters), filters.page, filters.page_size)
    return {
        "notifications": Page(rows).shapes(),
        "page_size": filters.page_size,
        "links": links if filters.get("count_pages", True) else {},
    }


@route("GET", f"{NOTIFICATIONS}/csv")
@route("POST", f"{NOTIFICATIONS}/csv", only_reads=True)
def get_notifications_for_csv(request: HttpRequest, service_id: uuid.UUID) -> Any:
    filters = Filters.of_query(request).only(*CSV_FILTERS)
    rows = list(listed(service_id, filters)[: filters.page_size])
    return {
        "notifications": Page(rows).report_lines(),
        "page_size": filters.page_size,
    }


@route("GET", f"{NOTIFICATIONS}/count")
def count_notifications(request: HttpRequest, service_id: uuid.UUID) -> Any:
    filters = Filters.of_query(request).only(*COUNT_FILTERS)
    filters.given["limit_days"] = filters.get("limit_days") or MOST_DAYS
    rows = listed(service_id, filters)
    return {"notifications_sent_count": rows.order_by().count()}


@route("GET", f"{NOTIFICATIONS}/<uuid:notification_id>")
def get_notification(
    request: HttpRequest, service_id: uuid.UUID, notification_id: uuid.UUID
) -> Any:
    return notification_shape(
        one(Notification.objects.all(), pk=notification_id, service_id=service_id)
    )


@route("POST", f"{NOTIFICATIONS}/<uuid:notification_id>/cancel")
def cancel_notification(
    request: HttpRequest, service_id: uuid.UUID, notification_id: uuid.UUID
) -> Any:
    row = one(
        Notification.objects.all(),
        "Notification not found",
        pk=notification_id,
        service_id=service_id,
    )
    letters.cancel(row)
    return notification_shape(row)


@route("GET", f"{NOTIFICATIONS}/monthly")
@statistics
def get_monthly_figures(request: HttpRequest, service_id: uuid.UUID) -> Any:
    one(Service.objects.all(), pk=service_id)
    return {"data": template_figures.statuses_by_month(service_id, _year(request))}


@route("GET", f"{NOTIFICATIONS}/templates_usage/monthly")
@statistics
def get_monthly_template_usage(request: HttpRequest, service_id: uuid.UUID) -> Any:
    return {"stats": template_figures.usage_by_month(service_id, _year(request))}


@route("GET", STATISTICS)
@statistics
def get_template_statistics(request: HttpRequest, service_id: str) -> Any:
    given = request.GET.get("whole_days", request.GET.get("limit_days", ""))
    try:
        days = int(given)
    except ValueError as error:
        raise Refusal({"whole_days": [f"{given} is not an integer"]}) from error
    if not 0 <= days <= MOST_DAYS:
        told = f"whole_days must be between 0 and {MOST_DAYS}"
        raise Refusal({"whole_days": [told]})
    return {"data": template_figures.by_status(_uuid(service_id), days)}


@route("GET", f"{STATISTICS}/last-used/<uuid:template_id>")
@statistics
def get_template_last_used(
    request: HttpRequest, service_id: str, template_id: uuid.UUID
) -> Any:
    template = templates.of_service(_uuid(service_id), template_id)
    return {"last_date_used": times.iso(template_figures.last_used(template))}


def _year(request: HttpRequest) -> int:
    try:
        year = int(request.GET.get("year", ""))
    except ValueError as error:
        raise Refusal("Year must be a number") from error
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Refusal("Year must be a number")
    return year


def _uuid(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError as error:
        raise Refusal("No result found", 404) from error
