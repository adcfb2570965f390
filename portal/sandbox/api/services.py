"""Services: made, read, changed, archived."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest

from portal.api_keys.models import ApiKeyHistory
from portal.organisations.models import OrganisationTypes
from portal.sandbox import times
from portal.sandbox.http import Answer, created, fields, one, route
from portal.sandbox.refusals import Refusal
from portal.sandbox.replica import statistics
from portal.sandbox.rules import brands, figures, services
from portal.sandbox.rules.go_live import tell_members_that_live
from portal.sandbox.rules.loading import (
    MISSING,
    Complaint,
    Field,
    boolean,
    integer,
    key_of,
    load,
    text,
    time,
)
from portal.sandbox.shapes.services import (
    detailed_service_shape,
    service_shape,
    service_version_shape,
)
from portal.services.models import Service, ServiceHistory, ServicePermissionTypes
from portal.users.models import User

DAYS = 7


def permission_names(value: Any) -> list[str]:
    """Read the list of what a service may do."""
    if not isinstance(value, list):
        raise Complaint("Not a valid list.")
    known = set(ServicePermissionTypes.objects.values_list("name", flat=True))
    for name in value:
        if name not in known:
            raise Complaint(f"Invalid Service Permission: '{name}'")
    repeated = sorted({name for name in value if value.count(name) > 1})
    if repeated:
        raise Complaint(f"Duplicate Service Permission: {repeated}")
    return value


def organisation_type(value: Any) -> str:
    """Read a type of organisation."""
    if not OrganisationTypes.objects.filter(name=str(value)).exists():
        raise Complaint(f"Unknown organisation type: '{value}'")
    return str(value)


FIELDS = {
    "name": Field(text(255), required=True),
    "created_by": Field(key_of, required=True),
    "email_message_limit": Field(integer, required=True),
    "sms_message_limit": Field(integer, required=True),
    "letter_message_limit": Field(integer, required=True),
    "international_sms_message_limit": Field(integer),
    "restricted": Field(boolean, required=True),
    "active": Field(boolean),
    "organisation_type": Field(organisation_type, null=True),
    "custom_email_sender_name": Field(text(255), null=True),
    "confirmed_email_sender_name": Field(boolean, null=True),
    "confirmed_unique": Field(boolean),
    "prefix_sms": Field(boolean),
    "contact_link": Field(text(255), null=True),
    "rate_limit": Field(integer),
    "volume_sms": Field(integer, null=True),
    "volume_email": Field(integer, null=True),
    "volume_letter": Field(integer, null=True),
    "consent_to_research": Field(boolean, null=True),
    "count_as_live": Field(boolean),
    "go_live_user": Field(key_of, null=True),
    "go_live_at": Field(time, null=True),
    "has_active_go_live_request": Field(boolean),
    "notes": Field(text(), null=True),
    "purchase_order_number": Field(text(255), null=True),
    "billing_contact_names": Field(text(), null=True),
    "billing_contact_email_addresses": Field(text(), null=True),
    "billing_reference": Field(text(255), null=True),
    "permissions": Field(permission_names),
}


def columns(values: dict[str, Any]) -> dict[str, Any]:
    """Turn what a body says into columns; people that it names must exist."""
    found = {key: value for key, value in values.items() if key != "permissions"}
    for name in ("created_by", "go_live_user"):
        if name in found:
            key = found.pop(name)
            found[f"{name}_id"] = key and one(User.objects, pk=key).pk
    return found


@route("POST", "/service")
def create_service(request: HttpRequest) -> Answer:
    """Make a service."""
    data = fields(request)
    if not data.get("user_id"):
        raise Refusal({"user_id": [MISSING]})
    values = load(data, FIELDS)
    creator = one(User.objects, pk=key_of(data["user_id"]))
    values.pop("permissions", None)
    service = services.create(columns(values), creator)
    return created({"data": service_shape(service)})


@route("GET", "/service/<uuid:service_id>")
def get_service(request: HttpRequest, service_id: uuid.UUID) -> dict[str, Any]:
    """Read a service, with its figures if asked."""
    service = one(Service.objects, pk=service_id)
    if request.GET.get("detailed") != "True":
        return {"data": service_shape(service)}
    days = None if request.GET.get("today_only") == "True" else DAYS
    statistics = figures.service_figures(service_id, days)
    return {"data": detailed_service_shape(service, statistics)}


@route("POST", "/service/<uuid:service_id>")
def update_service(request: HttpRequest, service_id: uuid.UUID) -> dict[str, Any]:
    """Change what a body names."""
    data = fields(request)
    service = one(Service.objects, pk=service_id)
    values = load(data, FIELDS, partial=True)
    goes_live = service.restricted and values.get("restricted") is False
    services.update(service, columns(values))
    if "permissions" in values:
        services.replace_permissions(service, values["permissions"])
    brands.choose_for_service(service, data)
    if goes_live:
        tell_members_that_live(service)
    return {"data": service_shape(service)}


@route("POST", "/service/<uuid:service_id>/archive")
def archive_service(request: HttpRequest, service_id: uuid.UUID) -> None:
    """Archive a service; a second time changes nothing."""
    service = one(Service.objects, pk=service_id)
    if service.active:
        services.archive(service)


@route("GET", "/service/<uuid:service_id>/history")
def get_history(request: HttpRequest, service_id: uuid.UUID) -> dict[str, Any]:
    """List the versions of a service and of its API keys."""
    versions = ServiceHistory.objects.filter(id=service_id).order_by("version")
    keys = ApiKeyHistory.objects.filter(service_id=service_id)
    return {
        "data": {
            "service_history": [service_version_shape(row) for row in versions],
            "api_key_history": [
                key_version_shape(row) for row in keys.order_by("created_at", "version")
            ],
        }
    }


def key_version_shape(key: ApiKeyHistory) -> dict[str, Any]:
    """One version of an API key."""
    return {
        "created_at": times.iso(key.created_at),
        "created_by_id": key.created_by_id,
        "expiry_date": times.iso(key.expiry_date),
        "id": key.id,
        "name": key.name,
        "service_id": key.service_id,
        "updated_at": times.iso(key.updated_at),
    }


@route("GET", "/service/<uuid:service_id>/statistics")
@statistics
def get_statistics(request: HttpRequest, service_id: uuid.UUID) -> dict[str, Any]:
    """Read a service's figures by channel."""
    if request.GET.get("today_only") == "True":
        return {"data": figures.service_figures(service_id, None)}
    try:
        days = int(request.GET.get("limit_days", DAYS))
    except ValueError as error:
        raise Refusal({"limit_days": ["Not a valid integer."]}) from error
    return {"data": figures.service_figures(service_id, days)}
