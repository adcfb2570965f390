"""Numbers that people can text, and to which service each belongs."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest

from portal.inbound.models import InboundNumber
from portal.sandbox import clock, times
from portal.sandbox.http import Answer, body, created, one, route
from portal.sandbox.refusals import Refusal
from portal.sandbox.validation import check
from portal.services.models import Service, ServiceSmsSender


def number_shape(number: InboundNumber) -> dict[str, Any]:
    """A number with the service that has it."""
    service = number.service
    return {
        "active": number.active,
        "created_at": times.iso(number.created_at),
        "id": number.pk,
        "number": number.number,
        "provider": number.provider,
        "service": service and {"id": service.pk, "name": service.name},
        "updated_at": times.iso(number.updated_at),
    }


def sender_shape(sender: ServiceSmsSender) -> dict[str, Any]:
    """A text message sender."""
    return {
        "archived": sender.archived,
        "created_at": times.iso(sender.created_at),
        "id": sender.pk,
        "inbound_number_id": sender.inbound_number_id,
        "is_default": sender.is_default,
        "service_id": sender.service_id,
        "sms_sender": sender.sms_sender,
        "updated_at": times.iso(sender.updated_at),
    }


def free_numbers() -> Any:
    """The numbers that a service could get."""
    return InboundNumber.objects.filter(active=True, service=None).order_by("number")


@route("GET", "/inbound-number")
def get_numbers(request: HttpRequest) -> dict[str, Any]:
    numbers = InboundNumber.objects.select_related("service").order_by("number")
    return {"data": [number_shape(number) for number in numbers]}


@route("GET", "/inbound-number/available")
def get_available_numbers(request: HttpRequest) -> dict[str, Any]:
    return {"data": [number_shape(number) for number in free_numbers()]}


@route("GET", "/inbound-number/service/<uuid:service_id>")
def get_number(request: HttpRequest, service_id: uuid.UUID) -> dict[str, Any]:
    number = InboundNumber.objects.filter(service_id=service_id).first()
    return {"data": number_shape(number) if number else {}}


@route("POST", "/inbound-number/service/<uuid:service_id>")
def give_number(request: HttpRequest, service_id: uuid.UUID) -> Answer:
    data = check(body(request), "add_inbound_number_to_service_request")
    service = one(Service.objects, pk=service_id)
    if InboundNumber.objects.filter(service_id=service.pk).exists():
        raise Refusal("Service already has an inbound number")
    number = chosen_number(data.get("inbound_number_id"))
    number.service = service
    number.save()
    return created(sender_shape(make_sender(service, number)))


def chosen_number(wanted: str | None) -> InboundNumber:
    """The number asked for, or the next one, as long as it is free."""
    if wanted is not None:
        return one(free_numbers(), pk=wanted)  # type: ignore[no-any-return]
    return one(free_numbers(), "No available inbound numbers")  # type: ignore[no-any-return]


def make_sender(service: Service, number: InboundNumber) -> ServiceSmsSender:
    """Let a service send from its number: by its only sender, or by a new default."""
    senders = list(
        ServiceSmsSender.objects.filter(service_id=service.pk, archived=False)
    )
    if len(senders) == 1:
        sender = senders[0]
    else:
        ServiceSmsSender.objects.filter(service_id=service.pk).update(is_default=False)
        sender = ServiceSmsSender(service=service, created_at=clock.now())
    sender.sms_sender = number.number
    sender.inbound_number = number
    sender.is_default = True
    sender.save()
    return sender


@route("POST", "/inbound-number/service/<uuid:service_id>/off")
def switch_off(request: HttpRequest, service_id: uuid.UUID) -> None:
    number = one(InboundNumber.objects, service_id=service_id)
    number.active = False
    number.save()


@route("POST", "/service/<uuid:service_id>/inbound-sms/remove")
def remove_number(request: HttpRequest, service_id: uuid.UUID) -> dict[str, Any]:
    archive = check(body(request), "remove_inbound_sms_for_service_schema")["archive"]
    number = one(InboundNumber.objects, service_id=service_id)
    ServiceSmsSender.objects.filter(inbound_number_id=number.pk).delete()
    number.service = None
    number.active = not archive
    number.save()
    return {}
