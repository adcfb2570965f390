"""Public routes that show what a service sent."""

from __future__ import annotations

import uuid
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone

from portal.message_templates.models import TemplateHistory
from portal.messages.columns import Columns
from portal.messages.fields import Content
from portal.messages.formats.letter_days import LetterDays
from portal.notifications.models import Notification
from portal.sandbox import secrets, times, tokens
from portal.sandbox.api.v2.common import address, caller, identifier, public
from portal.sandbox.http import one
from portal.sandbox.reference.money import letter_rate, sms_rate
from portal.sandbox.refusals import Refusal, SchemaRefusal
from portal.sandbox.rules.letter_files import preview
from portal.sandbox.rules.notification_lists import Filters, listed
from portal.sandbox.shapes.notifications import Page
from portal.sandbox.validation import check

PAGE_SIZE = 250
LISTS = ("status", "template_type")
LINES = (*(f"address_line_{number}" for number in range(1, 7)), "postcode")
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
LETTER_WORDS = {
    "created": "accepted",
    "sending": "accepted",
    "delivered": "received",
    "returned-letter": "received",
}
NEVER_SENT = (
    "cancelled",
    "technical-failure",
    "validation-failed",
    "virus-scan-failed",
)


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
    if row.status == "pending-virus-check":
        error = "PDFNotReadyError"
        raise SchemaRefusal(["PDF not available yet, try again later"], 400, error)
    content, _ = preview(row, "pdf")
    return HttpResponse(content, content_type="application/pdf")


def _notification(request: HttpRequest, notification_id: str) -> Notification:
    key = identifier(notification_id, "notification_by_id", "notification_id")
    by = caller(request)
    return one(Notification.objects.all(), pk=key, service_id=by.service.pk)


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
    return {
        **_recipient(row, values),
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
        "one_click_unsubscribe_url": _unsubscribe_url(request, version, row),
        **_cost(row),
    }


def _unsubscribe_url(
    request: HttpRequest, version: TemplateHistory, row: Notification
) -> str | None:
    if row.unsubscribe_link or not version.has_unsubscribe_link:
        return row.unsubscribe_link
    return address(request, f"/unsubscribe/{row.pk}/{tokens.make(row.to)}")


def _recipient(row: Notification, values: dict[str, Any]) -> dict[str, Any]:
    kind = row.notification_type
    lines: dict[str, Any] = {key.replace("address_line", "line"): None for key in LINES}
    if kind == "letter":
        given = Columns(values)
        lines = {key.replace("address_line", "line"): given.get(key) for key in LINES}
        days = LetterDays.of(row.created_at, row.postage or "second")
        lines["estimated_delivery"] = times.iso(days.latest)
    return lines | {
        "email_address": row.to if kind == "email" else None,
        "phone_number": row.to if kind == "sms" else None,
    }


def _cost(row: Notification) -> dict[str, Any]:
    is_made = row.status == "created" and not row.billable_units
    if row.notification_type == "email":
        return _costing({}, 0.0)
    if is_made or row.status == "pending-virus-check":
        return _costing({}, None)
    units = row.billable_units
    if row.notification_type == "sms":
        rate = sms_rate(timezone.localdate(row.created_at))
        multiplier = row.rate_multiplier or 1
        return _costing(
            {
                "billable_sms_fragments": units,
                "international_rate_multiplier": multiplier,
                "sms_rate": rate,
            },
            units * multiplier * rate,
        )
    sheets = 0 if row.status in NEVER_SENT else units
    price = letter_rate(row.postage or "second", sheets) if sheets else 0.0
    return _costing({"billable_sheets_of_paper": sheets, "postage": row.postage}, price)


def _costing(details: dict[str, Any], pounds: Decimal | float | None) -> dict[str, Any]:
    return {
        "cost_details": details,
        "cost_in_pounds": pounds,
        "is_cost_data_ready": pounds is not None,
    }
