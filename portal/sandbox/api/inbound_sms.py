"""Text messages that people sent to a service."""

from __future__ import annotations

import datetime
import uuid
from typing import Any

from django.db.models import Max
from django.http import HttpRequest

from portal.inbound.models import InboundNumber, InboundSms
from portal.messages.phone_numbers import InvalidPhoneNumber, parse_phone_number
from portal.sandbox import clock, times
from portal.sandbox.http import Answer, body, one, route
from portal.sandbox.rules.figures import midnight
from portal.sandbox.validation import check
from portal.services.models import ServiceDataRetention

PAGE_SIZE = 50
KEPT_DAYS = 7


def message_shape(message: InboundSms) -> dict[str, Any]:
    """A received message."""
    return {
        "content": message.content,
        "created_at": times.iso(message.created_at),
        "id": message.pk,
        "notify_number": message.notify_number,
        "service_id": message.service_id,
        "user_number": message.user_number,
    }


def kept_messages(service_id: uuid.UUID) -> Any:
    """The messages of the days for which a service keeps them, the newest first."""
    retention = ServiceDataRetention.objects.filter(
        service_id=service_id, notification_type="sms"
    ).first()
    days = retention.days_of_retention if retention else KEPT_DAYS
    start = midnight(clock.today() - datetime.timedelta(days=days))
    return InboundSms.objects.filter(
        service_id=service_id, created_at__gte=start
    ).order_by("-created_at")


@route("POST", "/service/<uuid:service_id>/inbound-sms")
def get_messages(request: HttpRequest, service_id: uuid.UUID) -> dict[str, Any]:
    data = check(body(request), "get_inbound_sms_for_service_schema")
    messages = kept_messages(service_id)
    if number := data.get("phone_number"):
        messages = messages.filter(user_number__in={number, normalised(number)})
    return {"data": [message_shape(message) for message in messages]}


def normalised(number: str) -> str:
    """A number as it is stored, or as it is when it is none."""
    try:
        return parse_phone_number(number).normalised
    except InvalidPhoneNumber:
        return number


@route("GET", "/service/<uuid:service_id>/inbound-sms/most-recent")
def get_most_recent(request: HttpRequest, service_id: uuid.UUID) -> dict[str, Any]:
    asked = request.GET.get("page", "1")
    page = int(asked) if asked.isdecimal() and int(asked) else 1
    latest = kept_messages(service_id).order_by().values("user_number")
    times_of = latest.annotate(latest=Max("created_at")).values("latest")
    messages = kept_messages(service_id).filter(created_at__in=times_of)
    start = (page - 1) * PAGE_SIZE
    rows = list(messages[start : start + PAGE_SIZE + 1])
    return {
        "data": [message_shape(message) for message in rows[:PAGE_SIZE]],
        "has_next": len(rows) > PAGE_SIZE,
    }


@route("GET", "/service/<uuid:service_id>/inbound-sms/summary")
def get_summary(request: HttpRequest, service_id: uuid.UUID) -> dict[str, Any]:
    every = InboundSms.objects.filter(service_id=service_id)
    newest = every.order_by("-created_at").first()
    # Of a week, however long the service keeps them.
    week = midnight(clock.today() - datetime.timedelta(days=KEPT_DAYS))
    return {
        "count": every.filter(created_at__gte=week).count(),
        "most_recent": times.local(newest.created_at) if newest else None,
    }


@route("GET", "/service/<uuid:service_id>/inbound-sms/most-recent-usage")
def get_most_recent_usage(request: HttpRequest, service_id: uuid.UUID) -> Any:
    number = InboundNumber.objects.filter(service_id=service_id).first()
    if number is None:
        return Answer({"message": "inbound not found"}, 404)
    newest = InboundSms.objects.filter(notify_number=number.number).aggregate(
        at=Max("created_at")
    )["at"]
    return {"most_recent_date": newest}


@route("GET", "/service/<uuid:service_id>/inbound-sms/<uuid:inbound_sms_id>")
def get_message(
    request: HttpRequest, service_id: uuid.UUID, inbound_sms_id: uuid.UUID
) -> dict[str, Any]:
    message = one(InboundSms.objects, pk=inbound_sms_id, service_id=service_id)
    return message_shape(message)
