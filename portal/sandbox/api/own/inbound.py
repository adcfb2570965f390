"""The page of what comes back: text messages, complaints, returned letters."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

from portal.inbound.models import InboundNumber
from portal.notifications.models import Notification
from portal.sandbox.api.inbound_sms import message_shape
from portal.sandbox.api.own.common import acted, given, own, page, wants_json
from portal.sandbox.api.platform.complaints import complaint_shape
from portal.sandbox.http import created
from portal.sandbox.refusals import Refusal
from portal.sandbox.rules import letters, news

INBOUND = "/_sandbox/inbound"
Values = dict[str, Any]


@own("GET", INBOUND)
def show(request: HttpRequest) -> Any:
    if wants_json(request):
        return {"numbers": [_number(row) for row in numbers()]}
    return inbound_page(request, reply(request.GET.get("reply_to", "")))


@own("POST", INBOUND)
def receive(request: HttpRequest) -> Any:
    return take(request, receive_text)


@own("POST", "/_sandbox/complaints")
def complain(request: HttpRequest) -> Any:
    return take(request, make_complaint)


@own("POST", "/_sandbox/returned-letters")
def return_letter(request: HttpRequest) -> Any:
    return take(request, take_letter_back)


def receive_text(values: Values) -> Any:
    """A text message to a service: "to", "from", "content"."""
    message = news.receive_text(*(text(values, name) for name in TEXT))
    return message_shape(message)


TEXT = ("to", "from", "content")


def make_complaint(values: Values) -> Any:
    """A complaint about an e-mail: "notification_id"."""
    return complaint_shape(news.complain(text(values, "notification_id")))


def take_letter_back(values: Values) -> Any:
    """A letter that comes back: "notification_id"."""
    letter = news.letter_to_return(text(values, "notification_id"))
    letters.take_back([letter.reference or ""])
    return {"notification_id": letter.pk, "status": "returned-letter"}


def text(values: Values, name: str) -> str:
    """One value as a text."""
    return str(values.get(name) or "")


def take(request: HttpRequest, act: Callable[[Values], Any]) -> Any:
    """Act; people see what was wrong beside what they typed."""
    values = given(request)
    try:
        made = act(values)
    except Refusal as refusal:
        if wants_json(request):
            raise
        return inbound_page(request, values, refusal.message, refusal.status)
    return acted(request, f"{INBOUND}?done=1", created(made))


def reply(notification_id: str) -> Values:
    """What to fill in to answer a text message."""
    try:
        key = uuid.UUID(notification_id)
    except ValueError:
        return {}
    sent = Notification.objects.filter(pk=key).first()
    if sent is None:
        return {}
    number = numbers().filter(service_id=sent.service_id).first()
    return {"from": sent.to, "to": number.number if number else ""}


def numbers() -> Any:
    """The numbers that belong to services."""
    rows = InboundNumber.objects.filter(active=True, service__isnull=False)
    return rows.select_related("service").order_by("number")


def _number(row: InboundNumber) -> dict[str, Any]:
    service = row.service
    return {"number": row.number, "service": service.name if service else None}


def inbound_page(
    request: HttpRequest, typed: Any, errors: Any = None, status: int = 200
) -> Any:
    """The page, with what was wrong with the last try."""
    context = {
        "numbers": numbers(),
        "typed": {name: typed.get(name, "") for name in (*TEXT, "notification_id")},
        "sender": typed.get("from", ""),
        "errors": errors or {},
        "done": "done" in request.GET,
    }
    return page(request, "inbound.html", context, status)
