"""Senders of a service: reply-to addresses, text message senders, letter contacts."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest

from portal.sandbox import outbox
from portal.sandbox.http import Answer, body, created, one, route
from portal.sandbox.rules.loading import Field, email_address, load
from portal.sandbox.rules.senders import (
    LETTER_CONTACTS,
    REPLY_TO_ADDRESSES,
    SMS_SENDERS,
    Senders,
)
from portal.sandbox.validation import check
from portal.services.models import Service

VERIFY_FIELDS = {"email": Field(email_address, required=True)}


def wrapped(shape: dict[str, Any]) -> dict[str, Any]:
    """Put an answer under the key that most routes use."""
    return {"data": shape}


def bare(shape: dict[str, Any]) -> dict[str, Any]:
    """Leave an answer as it is."""
    return shape


def register_reading(senders: Senders, base: str) -> None:
    """Make the routes that list and read senders of a kind."""

    @route("GET", base)
    def list_senders(request: HttpRequest, service_id: uuid.UUID) -> list[Any]:
        return [senders.shape(sender) for sender in senders.of(service_id)]

    @route("GET", f"{base}/<uuid:sender_id>")
    def get_sender(
        request: HttpRequest, service_id: uuid.UUID, sender_id: uuid.UUID
    ) -> dict[str, Any]:
        return senders.shape(one(senders.of(service_id), pk=sender_id))


def register_writing(senders: Senders, base: str, schema: str, answer: Any) -> None:
    """Make the routes that add, change and archive senders of a kind."""

    @route("POST", base)
    def add_sender(request: HttpRequest, service_id: uuid.UUID) -> Answer:
        data = check(body(request), schema)
        return created(answer(senders.shape(senders.add(service_id, data))))

    @route("POST", f"{base}/<uuid:sender_id>")
    def change_sender(
        request: HttpRequest, service_id: uuid.UUID, sender_id: uuid.UUID
    ) -> Any:
        data = check(body(request), schema)
        one(Service.objects, pk=service_id)
        sender = one(senders.of(service_id), pk=sender_id)
        senders.change(sender, data)
        return answer(senders.shape(sender))

    @route("POST", f"{base}/<uuid:sender_id>/archive")
    def archive_sender(
        request: HttpRequest, service_id: uuid.UUID, sender_id: uuid.UUID
    ) -> dict[str, Any]:
        sender = one(senders.of(service_id), pk=sender_id)
        senders.archive(sender)
        return wrapped(senders.shape(sender))


for _senders, _path, _schema, _answer in (
    (
        REPLY_TO_ADDRESSES,
        "email-reply-to",
        "add_service_email_reply_to_request",
        wrapped,
    ),
    (SMS_SENDERS, "sms-sender", "add_service_sms_sender_request", bare),
    (
        LETTER_CONTACTS,
        "letter-contact",
        "add_service_letter_contact_block_request",
        wrapped,
    ),
):
    register_reading(_senders, f"/service/<uuid:service_id>/{_path}")
    register_writing(_senders, f"/service/<uuid:service_id>/{_path}", _schema, _answer)


@route("POST", "/service/<uuid:service_id>/email-reply-to/verify")
def verify_reply_to_address(request: HttpRequest, service_id: uuid.UUID) -> Answer:
    """Send a message to a new address, whose fate tells whether it works."""
    address = load(body(request), VERIFY_FIELDS)["email"]
    service = one(Service.objects, pk=service_id)
    REPLY_TO_ADDRESSES.refuse_used(service_id, address)
    notification = outbox.notify("reply_to_check", address, {}, service=service)
    return created({"data": {"id": notification.pk}})
