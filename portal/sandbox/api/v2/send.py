"""Public routes that send one message."""

from __future__ import annotations

import base64
import binascii
import uuid
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from portal.message_templates.models import Template
from portal.notifications.models import Notification
from portal.sandbox import files, outbox
from portal.sandbox.api.v2.common import Caller, address, caller, json_body, public
from portal.sandbox.http import Answer, created
from portal.sandbox.refusals import NO_SUCH_URL, Refusal
from portal.sandbox.rules import templates
from portal.sandbox.rules.recipients import letter_recipient
from portal.sandbox.rules.sending import Sending, check_daily_limit, check_permission
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
NO_CONTACT = (
    "Send files by email has not been set up - add contact details for your service at "
)


# The parameter is named as where messages are read: one path is one rule.
@public("POST", "/v2/notifications/<str:notification_id>")
def post_notification(request: HttpRequest, notification_id: str) -> Answer:
    notification_type = notification_id
    if notification_type not in SCHEMAS:
        raise Refusal(NO_SUCH_URL, 404)
    data, by = json_body(request), caller(request)
    if notification_type == "letter" and isinstance(data, dict) and "content" in data:
        return _post_pdf(by, check(data, "post_precompiled_letter_request"))
    check(data, SCHEMAS[notification_type])
    _check_key(by, notification_type)
    sending = _sending(by, notification_type, data)
    values = _values(by, data.get("personalisation") or {})
    sending.check(values)
    check_daily_limit(by.service, notification_type, by.key.key_type)
    to = data.get(RECIPIENT.get(notification_type, ""), "")
    recipient, postage = sending.recipient(to, values, with_guests=True)
    row = sending.notification(
        recipient,
        values,
        postage=postage,
        client_reference=data.get("reference"),
        unsubscribe_link=data.get("one_click_unsubscribe_url"),
        **_test_letter(by, notification_type),
    )
    row.save(force_insert=True)
    return created(_receipt(request, sending, row, values))


def _test_letter(by: Caller, kind: str) -> dict[str, Any]:
    return (
        {"status": "delivered"} if (kind, by.key.key_type) == ("letter", "test") else {}
    )


def _check_key(by: Caller, kind: str) -> None:
    if kind != "letter":
        return
    if by.key.key_type == "team":
        raise Unsendable("Cannot send letters with a team api key", 403)
    if by.service.restricted and by.key.key_type != "test":
        told = "Cannot send letters when service is in trial mode"
        raise Unsendable(f"{told} - see {_admin('/features/trial-mode')}", 403)


def _sending(by: Caller, kind: str, data: dict[str, Any]) -> Sending:
    template = Template.objects.filter(
        pk=data["template_id"], service_id=by.service.pk
    ).first()
    if template is None:
        raise Unsendable("Template not found")
    if template.template_type != kind:
        raise Unsendable(
            f"{template.template_type} template is not suitable for {kind} notification"
        )
    return Sending(by.service, template, by.key, _sender(by, kind, data))


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


def _values(by: Caller, given: dict[str, Any]) -> dict[str, Any]:
    return {
        name: _file_link(by, value)
        if isinstance(value, dict) and "file" in value
        else value
        for name, value in given.items()
    }


def _file_link(by: Caller, value: dict[str, Any]) -> str:
    if not by.service.contact_link:
        page = f"/services/{by.service.pk}/service-settings/send-files-by-email"
        raise Unsendable(f"{NO_CONTACT}{_admin(page)}")
    _decoded(value["file"])
    return f"https://documents.{SENDER_DOMAIN}/d/{by.service.pk}/{uuid.uuid4()}"


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, TypeError, ValueError) as error:
        raise Unsendable(
            "Cannot decode letter content (invalid base64 encoding)"
        ) from error


def _admin(path: str) -> str:
    return f"{settings.ADMIN_BASE_URL}{path}"


def _receipt(
    request: HttpRequest, sending: Sending, row: Notification, values: dict[str, Any]
) -> dict[str, Any]:
    template = address(
        request, f"/v2/template/{row.template_id}/version/{row.template_version}"
    )
    receipt = {
        "id": row.pk,
        "reference": row.client_reference,
        "uri": address(request, f"/v2/notifications/{row.pk}"),
        "template": {
            "id": row.template_id,
            "version": row.template_version,
            "uri": template,
        },
        "scheduled_for": None,
        "content": _content(sending, row, values),
    }
    if row.notification_type == "email":
        receipt["sanitised_content"] = {}
    return receipt


def _content(
    sending: Sending, row: Notification, values: dict[str, Any]
) -> dict[str, Any]:
    if row.notification_type == "sms":
        return {"body": sending.text(values).text, "from_number": row.reply_to_text}
    content = {
        "body": sending.body.plain(values),
        "subject": sending.subject.plain(values),
    }
    if row.notification_type == "letter":
        return content
    link = row.unsubscribe_link
    if link is None and sending.template.has_unsubscribe_link:
        link = outbox.unsubscribe_link(row)
    local_part = sending.service.email_sender_local_part
    return content | {
        "from_email": f"{local_part}@{SENDER_DOMAIN}",
        "one_click_unsubscribe_url": link,
    }


def _post_pdf(by: Caller, data: dict[str, Any]) -> Answer:
    _check_key(by, "letter")
    sending = Sending(by.service, templates.precompiled(by.service), by.key)
    check_permission(sending.team, "letter")
    check_daily_limit(by.service, "letter", by.key.key_type)
    content = _decoded(data["content"])
    is_test = by.key.key_type == "test"
    row = sending.notification(
        letter_recipient("Provided as PDF", international=False),
        {},
        postage=data.get("postage") or "second",
        client_reference=data["reference"],
        status="delivered" if is_test else "pending-virus-check",
    )
    row.save(force_insert=True)
    key = f"service-{by.service.pk}/{row.pk}.pdf"
    files.write(files.LETTER_BUCKET, key, content, {"page_count": "1"})
    return created(
        {"id": row.pk, "reference": row.client_reference, "postage": row.postage}
    )
