"""What comes back from the world: texts, complaints, letters; and who is told of it."""

from __future__ import annotations

import uuid
from typing import Any

from portal.inbound.models import InboundNumber, InboundSms
from portal.messages.phone_numbers import InvalidPhoneNumber, parse_phone_number
from portal.notifications.models import Complaint, Notification
from portal.sandbox import callbacks, clock
from portal.sandbox.http import one
from portal.sandbox.refusals import Refusal
from portal.sandbox.shapes import callbacks as shapes
from portal.services.models import Service, ServicePermission

LONGEST_TEXT = 1600
ABUSE = "abuse"


def receive_text(to: str, sender: str, content: str) -> InboundSms:
    """Take in a text message to a service's number; refuse numbers nobody reads."""
    if not content.strip():
        raise Refusal({"content": ["Enter what the message says."]})
    if len(content) > LONGEST_TEXT:
        told = f"A text message has {LONGEST_TEXT} characters at most."
        raise Refusal({"content": [told]})
    user_number = _number_of(sender)
    number = _service_number(to)
    service = one(Service.objects.all(), pk=number.service_id)
    message: InboundSms = InboundSms.objects.create(
        service=service,
        notify_number=number.number,
        user_number=user_number,
        provider=number.provider,
        provider_date=clock.now(),
        provider_reference=str(uuid.uuid4()),
        content=content,
        created_at=clock.now(),
    )
    callbacks.tell("inbound_sms", service.pk, shapes.inbound_sms(message))
    return message


def _number_of(sender: str) -> str:
    if not sender.strip():
        raise Refusal({"from": ["Enter the phone number that the message is from."]})
    try:
        return parse_phone_number(sender).normalised
    except InvalidPhoneNumber:
        # Companies text under names.
        return sender.strip()


def _service_number(to: str) -> InboundNumber:
    digits = "".join(to.split())
    receiving = ServicePermission.objects.filter(permission="inbound_sms")
    number: InboundNumber | None = InboundNumber.objects.filter(
        number=digits, active=True, service__in=receiving.values("service_id")
    ).first()
    if number is None:
        told = f"{to or 'No number'} belongs to no service that receives text messages."
        raise Refusal({"to": [told]})
    return number


def complain(notification_id: str) -> Complaint:
    """Let the recipient of an e-mail report it as unwanted."""
    email = _sent(notification_id, "email", "Only emails can be complained about.")
    facts: dict[str, Any] = {
        "notification_id": email.pk,
        "service_id": email.service_id,
        "complaint_type": ABUSE,
    }
    made = Complaint.objects.create(
        ses_feedback_id=str(uuid.uuid4()),
        complaint_date=clock.now(),
        created_at=clock.now(),
        **facts,
    )
    callbacks.tell("complaint", made.service_id, shapes.complaint(made, email))
    return made


def letter_to_return(notification_id: str) -> Notification:
    """A letter that can come back: only printed ones do."""
    letter = _sent(notification_id, "letter", "Only letters can be returned.")
    if letter.status not in ("sending", "delivered", "returned-letter"):
        told = f"Only printed letters can be returned; this one is {letter.status}."
        raise Refusal({"notification_id": [told]})
    return letter


def _sent(notification_id: str, kind: str, told: str) -> Notification:
    try:
        key = uuid.UUID(str(notification_id))
    except ValueError as error:
        told = "Enter the ID of a notification."
        raise Refusal({"notification_id": [told]}) from error
    found: Notification | None = Notification.objects.filter(pk=key).first()
    if found is None:
        told = "There is no notification with this ID."
        raise Refusal({"notification_id": [told]}, 404)
    if found.notification_type != kind:
        raise Refusal({"notification_id": [told]})
    return found
