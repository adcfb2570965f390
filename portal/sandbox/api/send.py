"""Routes by which people of a service send one message."""

from __future__ import annotations

import uuid
from typing import Any
from urllib.parse import unquote

from django.http import HttpRequest

from portal.notifications.models import Notification
from portal.sandbox import files
from portal.sandbox.http import Answer, body, created, one, route
from portal.sandbox.refusals import Refusal
from portal.sandbox.rules import templates
from portal.sandbox.rules.loading import Complaint, Field, identifier, key_of, load
from portal.sandbox.rules.permissions import is_member
from portal.sandbox.rules.recipients import TRIAL, letter_recipient
from portal.sandbox.rules.sending import (
    Sending,
    check_daily_limit,
    check_daily_limit_abroad,
    check_permission,
)
from portal.sandbox.rules.unsendable import Unsendable
from portal.sandbox.validation import check
from portal.services.models import Service
from portal.users.models import User


def _values(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Complaint("Not a valid mapping type.")
    return value


SEND = {
    "template_id": Field(identifier, required=True),
    "created_by": Field(identifier, required=True),
    "personalisation": Field(_values, null=True),
    "sender_id": Field(identifier, null=True),
    "to": Field(str, null=True),
}


@route("POST", "/service/<uuid:service_id>/send-notification")
def send_notification(request: HttpRequest, service_id: uuid.UUID) -> Answer:
    service = one(Service.objects.all(), pk=service_id)
    data = load(body(request), SEND)
    template = templates.of_service(service_id, data["template_id"])
    values = data.get("personalisation") or {}
    sending = Sending(service, template, sender_id=data.get("sender_id"))
    check_daily_limit(service, sending.kind, sending.key_type)
    if data.get("to") is None:
        raise Unsendable("Recipient can't be empty")
    sending.check_allowed(data["to"], with_guests=False)
    recipient = sending.recipient(data["to"])
    check_daily_limit_abroad(service, sending.key_type, recipient)
    sending.check_content(values)
    sending.check_length(values)
    postage = sending.postage(values)
    author = _author(service, data["created_by"])
    notification = sending.notification(
        recipient,
        sending.with_file_links(values, recipient),
        created_by_id=author.pk,
        postage=postage,
        client_reference=_reference(sending, values),
    )
    notification.save(force_insert=True)
    return created({"id": notification.pk})


@route("POST", "/service/<uuid:service_id>/send-pdf-letter")
def send_pdf_letter(request: HttpRequest, service_id: uuid.UUID) -> Answer:
    data = check(body(request), "send_pdf_letter_request")
    file_id = key_of(data["file_id"])
    service = one(Service.objects.all(), pk=service_id)
    template = templates.precompiled(service)
    sending = Sending(service, template)
    check_permission(sending.team, "letter")
    check_daily_limit(service, "letter", "normal")
    author = _author(service, data["created_by"])
    if service.restricted:
        raise Unsendable(TRIAL)
    if Notification.objects.filter(pk=file_id).exists():
        return created({"id": file_id})
    pages = _page_count(service_id, file_id)
    notification = sending.notification(
        letter_recipient(unquote(data["recipient_address"])),
        {"address_line_1": data["filename"]},
        id=file_id,
        created_by_id=author.pk,
        postage=data["postage"] or template.postage,
        client_reference=data["filename"],
        billable_units=-(-pages // 2),
    )
    notification.save(force_insert=True)
    files.move(files.UPLOAD_BUCKET, _key(service_id, file_id), files.LETTER_BUCKET)
    return created({"id": notification.pk})


def _reference(sending: Sending, values: dict[str, Any]) -> str | None:
    return values.get("reference") if sending.kind == "letter" else None


def _author(service: Service, user_id: Any) -> User:
    user = one(User.objects.all(), pk=key_of(user_id))
    if not is_member(user, service):
        raise Unsendable(
            f"Can’t create notification - {user.name} is not part of "
            f'the "{service.name}" service'
        )
    return user


def _page_count(service_id: uuid.UUID, file_id: uuid.UUID) -> int:
    try:
        _, metadata = files.read(files.UPLOAD_BUCKET, _key(service_id, file_id))
    except files.NoSuchFile as error:
        raise Refusal("Letter not found", 404) from error
    return int(metadata.get("page_count", 1))


def _key(service_id: uuid.UUID, file_id: uuid.UUID) -> str:
    return f"service-{service_id}/{file_id}.pdf"
