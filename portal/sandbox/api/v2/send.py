"""Public routes that send one message."""

from __future__ import annotations

import base64
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from portal.message_templates.models import Template
from portal.notifications.models import Notification
from portal.sandbox import clock, files
from portal.sandbox.api.v2.common import Caller, address, caller, json_body, public
from portal.sandbox.http import Answer, created
from portal.sandbox.refusals import NO_SUCH_URL, Refusal
from portal.sandbox.rules import documents, rate_limits, templates
from portal.sandbox.rules.addresses import address_in
from portal.sandbox.rules.recipients import Team, letter_recipient
from portal.sandbox.rules.sanitising import sanitised
from portal.sandbox.rules.sending import (
    Sending,
    check_daily_limit,
    check_daily_limit_abroad,
    check_permission,
    is_file,
)
from portal.sandbox.rules.unsendable import Unsendable
from portal.sandbox.validation import check
from portal.services.models import ServiceEmailReplyTo, ServiceSmsSender

SCHEMAS = {
    "sms": "post_sms_request",
    "email": "post_email_request",
    "letter": "post_letter_request",
}
RECIPIENT = {"sms": "phone_number", "email": "email_address"}
SENDERS: dict[str, tuple[str, Any]] = {
    "sms": ("sms_sender_id", ServiceSmsSender),
    "email": ("email_reply_to_id", ServiceEmailReplyTo),
}
SENDER_DOMAIN = "notify.localhost"
# Simulated recipients of the public routes, as they are normalised.
SIMULATED = {
    "447700900000",
    "447700900111",
    "447700900222",
    "simulate-delivered@notifications.service.gov.uk",
    "simulate-delivered-2@notifications.service.gov.uk",
    "simulate-delivered-3@notifications.service.gov.uk",
}
Made = tuple[Notification, dict[str, Any]]
NO_CONTACT = (
    "Send files by email has not been set up - add contact details for your service at "
)


# The parameter is named as where messages are read: one path is one rule.
@public("POST", "/v2/notifications/<str:notification_id>")
def post_notification(request: HttpRequest, notification_id: str) -> Answer:
    kind, by = notification_id, caller(request)
    if kind not in SCHEMAS:
        raise Refusal(NO_SUCH_URL, 404)
    rate_limits.check(by.service, by.key.key_type)
    check_daily_limit(by.service, kind, by.key.key_type)
    data = json_body(request)
    if kind == "letter" and isinstance(data, dict) and "content" in data:
        return _post_pdf(by, check(data, "post_precompiled_letter_request"))
    check(data, SCHEMAS[kind])
    given = data.get("personalisation") or {}
    values = sanitised(given, data.get("sanitise_content_for") or ())
    sending = _sending(by, kind, data, values)
    if kind == "letter":
        made = _post_letter(by, sending, data, values)
    else:
        made = _post_message(by, sending, data, values)
    receipt = _receipt(request, sending, made)
    if kind == "email":
        receipt["sanitised_content"] = _sanitised_content(given, values)
    return created(receipt)


def _post_message(
    by: Caller, sending: Sending, data: dict[str, Any], values: dict[str, Any]
) -> Made:
    to = data[RECIPIENT[sending.kind]]
    sending.check_allowed(to, with_guests=True)
    recipient = sending.recipient(to)
    check_daily_limit_abroad(by.service, by.key.key_type, recipient)
    is_simulated = recipient.normalised_to in SIMULATED
    files_in_it = sum(map(is_file, values.values()))
    values = sending.with_file_links(_values(by, values, to), recipient)
    sending.check_length(values)
    row = sending.notification(
        recipient,
        values,
        client_reference=data.get("reference"),
        unsubscribe_link=data.get("one_click_unsubscribe_url"),
        document_download_count=files_in_it or None,
    )
    # What is for a simulated recipient is answered as if it were sent, and forgotten.
    if not is_simulated:
        row.save(force_insert=True)
    return row, values


def _post_letter(
    by: Caller, sending: Sending, data: dict[str, Any], values: dict[str, Any]
) -> Made:
    _check_key(by)
    postage = sending.postage(values)
    row = sending.notification(
        letter_recipient("\n".join(address_in(values).lines)),
        values,
        postage=postage,
        client_reference=data.get("reference"),
        **_test_letter(by),
    )
    row.save(force_insert=True)
    return row, values


def _test_letter(by: Caller) -> dict[str, Any]:
    if by.key.key_type != "test":
        return {}
    return {"status": "delivered", "updated_at": clock.now()}


def _check_key(by: Caller) -> None:
    if by.key.key_type == "team":
        raise Unsendable("Cannot send letters with a team api key", 403)
    if by.service.restricted and by.key.key_type != "test":
        raise Unsendable("Cannot send letters when service is in trial mode", 403)


def _sending(
    by: Caller, kind: str, data: dict[str, Any], values: dict[str, Any]
) -> Sending:
    check_permission(Team(by.service), kind)
    template = Template.objects.filter(
        pk=data["template_id"], service_id=by.service.pk
    ).first()
    if template is None:
        raise Unsendable("Template not found")
    if template.template_type != kind:
        raise Unsendable(
            f"{template.template_type} template is not suitable for {kind} notification"
        )
    sending = Sending(by.service, template, by.key)
    sending.check_content(values)
    sending.sender_id = _sender(by, kind, data)
    return sending


def _sender(by: Caller, kind: str, data: dict[str, Any]) -> Any:
    name, model = SENDERS.get(kind, ("", None))
    chosen = data.get(name)
    if chosen is None:
        return None
    rows = model.objects.filter(pk=chosen, service_id=by.service.pk, archived=False)
    if not rows.exists():
        raise Unsendable(
            f"{name} {chosen} does not exist in database for service id {by.service.pk}"
        )
    return chosen


def _values(by: Caller, given: dict[str, Any], to: str) -> dict[str, Any]:
    sent = [value for value in given.values() if is_file(value)]
    for value in sent:
        check(value, "send_a_file_validation")
    if sent and not by.service.contact_link:
        page = f"/services/{by.service.pk}/service-settings/send-files-by-email"
        raise Unsendable(f"{NO_CONTACT}{_admin(page)}")
    return {
        name: _file_link(by, value, to) if is_file(value) else value
        for name, value in given.items()
    }


def _file_link(by: Caller, value: dict[str, Any], to: str) -> str:
    try:
        return documents.store(
            by.service.pk,
            _decoded(value["file"]),
            filename=value.get("filename"),
            confirmation_email=None
            if value.get("confirm_email_before_download") is False
            else to,
            retention_period=value.get("retention_period"),
        )
    except documents.DocumentRefusal as refusal:
        raise Unsendable(str(refusal.message)) from refusal


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text)
    except ValueError as error:
        raise Unsendable(
            "Cannot decode letter content (invalid base64 encoding)"
        ) from error


def _sanitised_content(
    given: dict[str, Any], values: dict[str, Any]
) -> dict[str, dict[str, Any]]:
    return {
        name: {"unsanitised": given[name], "sanitised": value}
        for name, value in values.items()
        if value != given[name]
    }


def _admin(path: str) -> str:
    return f"{settings.ADMIN_BASE_URL}{path}"


def _receipt(request: HttpRequest, sending: Sending, made: Made) -> dict[str, Any]:
    row, values = made
    template = f"/services/{row.service_id}/templates/{row.template_id}"
    return {
        "id": row.pk,
        "reference": row.client_reference,
        "uri": address(request, f"/v2/notifications/{row.pk}"),
        "template": {
            "id": row.template_id,
            "version": row.template_version,
            "uri": address(request, template),
        },
        "scheduled_for": None,
        "content": _content(sending, row, values),
    }


def _content(
    sending: Sending, row: Notification, values: dict[str, Any]
) -> dict[str, Any]:
    body = sending.body.plain(values)
    if row.notification_type == "sms":
        return {"body": body, "from_number": row.reply_to_text}
    content = {"body": body, "subject": sending.subject.plain(values)}
    if row.notification_type == "letter":
        return content
    local_part = sending.service.email_sender_local_part
    return content | {
        "from_email": f"{local_part}@{SENDER_DOMAIN}",
        "one_click_unsubscribe_url": row.unsubscribe_link,
    }


def _post_pdf(by: Caller, data: dict[str, Any]) -> Answer:
    check_permission(Team(by.service), "letter")
    _check_key(by)
    sending = Sending(by.service, templates.precompiled(by.service), by.key)
    content = _decoded(data["content"])
    row = sending.notification(
        letter_recipient("Provided as PDF"),
        {"address_line_1": "Provided as PDF"},
        postage=data.get("postage") or sending.template.postage,
        client_reference=data["reference"],
        status="pending-virus-check",
        billable_units=0,
    )
    row.save(force_insert=True)
    key = f"service-{by.service.pk}/{row.pk}.pdf"
    files.write(files.LETTER_BUCKET, key, content, {"page_count": "1"})
    return created(
        {"id": row.pk, "reference": row.client_reference, "postage": row.postage}
    )
