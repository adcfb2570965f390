"""Guest list and data retention of a service."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest

from portal.messages.email_addresses import InvalidEmailAddress, parse_email_address
from portal.messages.phone_numbers import InvalidPhoneNumber, parse_phone_number
from portal.sandbox import clock, times
from portal.sandbox.http import Answer, body, created, one, route
from portal.sandbox.refusals import Refusal
from portal.sandbox.validation import check
from portal.services.models import Service, ServiceDataRetention, ServiceGuestList

RETENTION = "/service/<uuid:service_id>/data-retention"
GUEST_LISTS = {"email_addresses": "email", "phone_numbers": "mobile"}


@route("GET", "/service/<uuid:service_id>/guest-list")
def get_guest_list(request: HttpRequest, service_id: uuid.UUID) -> dict[str, list[str]]:
    """Read to whom a service in trial mode may send besides its team."""
    service = one(Service.objects, pk=service_id)
    rows = service.guest_list.order_by("created_at")
    return {
        key: [row.recipient for row in rows if row.recipient_type == kind]
        for key, kind in GUEST_LISTS.items()
    }


@route("PUT", "/service/<uuid:service_id>/guest-list")
def replace_guest_list(request: HttpRequest, service_id: uuid.UUID) -> None:
    """Replace a guest list, unless anything in it is no recipient."""
    data = body(request)
    service = one(Service.objects, pk=service_id)
    guests = [
        guest(service, kind, recipient)
        for key, kind in GUEST_LISTS.items()
        for recipient in listed(data, key)
    ]
    service.guest_list.all().delete()
    ServiceGuestList.objects.bulk_create(guests)


def listed(data: Any, key: str) -> list[Any]:
    """Take one of the two lists out of a body."""
    found = data.get(key) if isinstance(data, dict) else None
    if not isinstance(found, list):
        raise Refusal({key: ["Missing data for required field."]})
    return found


def guest(service: Service, kind: str, recipient: Any) -> ServiceGuestList:
    """Make one guest, or refuse what cannot get a message."""
    try:
        if kind == "email":
            parse_email_address(str(recipient))
        else:
            parse_phone_number(str(recipient))
    except (InvalidEmailAddress, InvalidPhoneNumber) as error:
        raise Refusal(
            f'Invalid guest list: "{recipient}" is not a valid email address or '
            "phone number"
        ) from error
    return ServiceGuestList(
        service_id=service.pk,
        recipient_type=kind,
        recipient=recipient,
        created_at=clock.now(),
    )


@route("GET", RETENTION)
def get_retentions(request: HttpRequest, service_id: uuid.UUID) -> list[dict[str, Any]]:
    """List for how long a service's messages are kept."""
    return [retention_shape(row) for row in retentions(service_id)]


@route("GET", f"{RETENTION}/<uuid:data_retention_id>")
def get_retention(
    request: HttpRequest, service_id: uuid.UUID, data_retention_id: uuid.UUID
) -> dict[str, Any]:
    """Read one of them; nothing if there is none."""
    found = retentions(service_id).filter(pk=data_retention_id).first()
    return retention_shape(found) if found else {}


@route("GET", f"{RETENTION}/notification-type/<notification_type>")
def get_retention_of_channel(
    request: HttpRequest, service_id: uuid.UUID, notification_type: str
) -> dict[str, Any]:
    """Read that of a channel; nothing if it has none."""
    found = retentions(service_id).filter(notification_type=notification_type).first()
    return retention_shape(found) if found else {}


@route("POST", RETENTION)
def create_retention(request: HttpRequest, service_id: uuid.UUID) -> Answer:
    """Say for how long messages of a channel are kept."""
    data = check(body(request), "add_service_data_retention_request")
    service = Service.objects.filter(pk=service_id).first()
    channel = data["notification_type"]
    has_one = retentions(service_id).filter(notification_type=channel).exists()
    # The API says so of services that it does not know, too.
    if service is None or has_one:
        raise Refusal(
            f"Service already has data retention for {channel} notification type"
        )
    retention = ServiceDataRetention.objects.create(
        service=service,
        notification_type=channel,
        days_of_retention=data["days_of_retention"],
        created_at=clock.now(),
    )
    return created({"result": retention_shape(retention)})


@route("POST", f"{RETENTION}/<uuid:data_retention_id>")
def update_retention(
    request: HttpRequest, service_id: uuid.UUID, data_retention_id: uuid.UUID
) -> None:
    """Change for how long messages are kept."""
    data = check(body(request), "update_service_data_retention_request")
    retention = one(
        retentions(service_id),
        f"The service data retention for id: {data_retention_id} was not found for "
        f"service: {service_id}",
        pk=data_retention_id,
    )
    retention.days_of_retention = data["days_of_retention"]
    retention.save()


def retentions(service_id: uuid.UUID) -> Any:
    """What a service said, in the order of channels."""
    found = ServiceDataRetention.objects.filter(service_id=service_id)
    return found.select_related("service").order_by("notification_type")


def retention_shape(retention: ServiceDataRetention) -> dict[str, Any]:
    """One of them as the API writes it."""
    return {
        "id": retention.pk,
        "service_id": retention.service_id,
        "service_name": retention.service.name,
        "notification_type": retention.notification_type,
        "days_of_retention": retention.days_of_retention,
        "created_at": times.iso(retention.created_at),
        "updated_at": times.iso(retention.updated_at),
    }
