"""Public routes that show what a service sent."""

from __future__ import annotations

import uuid
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict

from portal.messages.fields import Content
from portal.notifications.models import Notification
from portal.sandbox import secrets, times
from portal.sandbox.api.v2.common import address, caller, identifier, public
from portal.sandbox.http import one
from portal.sandbox.refusals import Refusal
from portal.sandbox.rules.addresses import KEYS
from portal.sandbox.rules.letter_files import preview
from portal.sandbox.rules.notification_lists import Filters, listed
from portal.sandbox.shapes.notifications import Page
from portal.sandbox.validation import check

PAGE_SIZE = 250
LISTS = ("status", "template_type")
COMPLETED = {
    "sent",
    "delivered",
    "failed",
    "technical-failure",
    "temporary-failure",
    "permanent-failure",
    "returned-letter",
    "cancelled",
    "validation-failed",
}
LETTER_WORDS = {"created": "accepted", "sending": "accepted", "delivered": "received"}


@public("GET", "/v2/notifications")
def get_notifications(request: HttpRequest) -> Any:
    by, data = caller(request), _query(request.GET)
    check(data, "get_notifications_request")
    wanted = {name: data.get(name) for name in LISTS}
    if "older_than" in data:
        wanted["older_than"] = uuid.UUID(data["older_than"])
    filters = Filters(
        wanted
        | {
            "include_from_test_key": True,
            "include_jobs": data.get("include_jobs") in ("true", "True"),
        }
    )
    rows = listed(by.service.pk, filters).filter(key_type=by.key.key_type)
    if "reference" in data:
        rows = rows.filter(client_reference=data["reference"])
    found = list(rows[:PAGE_SIZE])
    links = {"current": request.build_absolute_uri()}
    if found:
        query = urlencode(data | {"older_than": found[-1].pk}, doseq=True)
        links["next"] = address(request, f"/v2/notifications?{query}")
    return {"notifications": _shapes(request, found), "links": links}


def _query(query: QueryDict) -> dict[str, Any]:
    return {
        name: query.getlist(name) if name in LISTS else query[name] for name in query
    }


@public("GET", "/v2/notifications/<str:notification_id>")
def get_notification(request: HttpRequest, notification_id: str) -> Any:
    return _shapes(request, [_notification(request, notification_id)])[0]


@public("GET", "/v2/notifications/<str:notification_id>/pdf")
def get_pdf(request: HttpRequest, notification_id: str) -> Any:
    row = _notification(request, notification_id)
    if row.notification_type != "letter":
        raise Refusal("Notification is not a letter")
    if row.status == "virus-scan-failed":
        raise Refusal("File did not pass the virus scan")
    if row.status == "technical-failure":
        raise Refusal("PDF not available for letters in status technical-failure")
    content, _ = preview(row, "pdf")
    return HttpResponse(content, content_type="application/pdf")


def _notification(request: HttpRequest, notification_id: str) -> Notification:
    key = identifier(notification_id, "notification_by_id", "notification_id")
    by = caller(request)
    return one(
        Notification.objects.all(),
        pk=key,
        service_id=by.service.pk,
        key_type=by.key.key_type,
    )


def _shapes(request: HttpRequest, rows: list[Notification]) -> list[dict[str, Any]]:
    page = Page(rows)
    return [_shape(request, page, row) for row in rows]


def _shape(request: HttpRequest, page: Page, row: Notification) -> dict[str, Any]:
    version = page.version(row)
    values = secrets.unseal(row.personalisation)
    kind = row.notification_type
    person = page.person(row)
    uri = f"/v2/template/{version.id}/version/{version.version}"
    subject = version.subject if kind != "sms" else None
    return _recipient(row, values) | {
        "id": row.pk,
        "reference": row.client_reference,
        "type": kind,
        "status": LETTER_WORDS.get(row.status or "", row.status)
        if kind == "letter"
        else row.status,
        "template": {
            "id": version.id,
            "version": version.version,
            "uri": address(request, uri),
        },
        "body": Content(version.content).plain(values),
        "subject": subject and Content(subject).plain(values),
        "created_at": times.iso(row.created_at),
        "created_by_name": person.name if person else None,
        "sent_at": times.iso(row.sent_at),
        "completed_at": times.iso(row.updated_at) if row.status in COMPLETED else None,
        "scheduled_for": None,
        "postage": row.postage,
        "one_click_unsubscribe_url": row.unsubscribe_link,
    }


def _recipient(row: Notification, values: dict[str, Any]) -> dict[str, Any]:
    kind = row.notification_type
    lines = {key.replace("address_line", "line"): None for key in KEYS}
    if kind == "letter":
        lines = {key.replace("address_line", "line"): values.get(key) for key in KEYS}
    return lines | {
        "email_address": row.to if kind == "email" else None,
        "phone_number": row.to if kind == "sms" else None,
    }
