"""Callback URLs of a service."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest

from portal.sandbox import clock, secrets, times
from portal.sandbox.http import Answer, body, created, one, route
from portal.sandbox.refusals import Refusal
from portal.sandbox.rules.loading import key_of
from portal.sandbox.validation import check
from portal.sandbox.versions import save_version
from portal.services.models import (
    Service,
    ServiceCallbackApi,
    ServiceCallbackApiHistory,
    ServiceCallbackType,
)
from portal.users.models import User

NAMES = {
    "inbound_sms": "inbound",
    "delivery_status": "delivery receipt",
    "returned_letter": "returned letter",
    "complaint": "complaint",
}
ADDRESS = "/service/<uuid:service_id>/callback-api/<uuid:callback_api_id>"


@route("POST", "/service/<uuid:service_id>/callback-api")
def create_callback(request: HttpRequest, service_id: uuid.UUID) -> Answer:
    """Add the URL for a kind of news that has none yet."""
    data = check(body(request), "create_service_callback_api_schema")
    service = one(Service.objects, pk=service_id)
    kind = data.get("callback_type")
    if kind is not None:
        one(ServiceCallbackType.objects, name=kind)
    if service.callback_apis.filter(callback_type=kind).exists():
        raise Refusal(f"Service already has a {kind} callback", 400)
    callback = ServiceCallbackApi(
        service_id=service_id,
        callback_type=kind,
        url=data["url"],
        bearer_token=secrets.encrypt(data["bearer_token"]),
        updated_by_id=one(User.objects, pk=key_of(data["updated_by_id"])).pk,
        created_at=clock.now(),
    )
    save_version(callback, ServiceCallbackApiHistory)
    return created({"data": callback_shape(callback)})


@route("POST", ADDRESS)
def update_callback(
    request: HttpRequest, service_id: uuid.UUID, callback_api_id: uuid.UUID
) -> dict[str, Any]:
    """Change the URL or the token of a callback."""
    data = check(body(request), "update_service_callback_api_schema")
    callback = find(service_id, callback_api_id, data.get("callback_type"))
    callback.updated_by_id = one(User.objects, pk=key_of(data["updated_by_id"])).pk
    callback.updated_at = clock.now()
    callback.url = data.get("url") or callback.url
    if data.get("bearer_token"):
        callback.bearer_token = secrets.encrypt(data["bearer_token"])
    save_version(callback, ServiceCallbackApiHistory)
    return {"data": callback_shape(callback)}


@route("GET", ADDRESS)
def get_callback(
    request: HttpRequest, service_id: uuid.UUID, callback_api_id: uuid.UUID
) -> dict[str, Any]:
    """Read a callback."""
    kind = request.GET.get("callback_type")
    return {"data": callback_shape(find(service_id, callback_api_id, kind))}


@route("DELETE", ADDRESS)
def delete_callback(
    request: HttpRequest, service_id: uuid.UUID, callback_api_id: uuid.UUID
) -> None:
    """Remove a callback."""
    kind = request.GET.get("callback_type")
    name = NAMES.get(kind or "", "callback")
    found = callbacks(service_id, callback_api_id, kind)
    one(found, f"Service {name} API not found").delete()


def callbacks(service_id: uuid.UUID, pk: uuid.UUID, kind: str | None) -> Any:
    """The callback of a service with this id, if it is of this kind."""
    return ServiceCallbackApi.objects.filter(
        service_id=service_id, pk=pk, callback_type=kind
    )


def find(service_id: uuid.UUID, pk: uuid.UUID, kind: str | None) -> ServiceCallbackApi:
    """Get a callback, or refuse with 404."""
    found: ServiceCallbackApi = one(callbacks(service_id, pk, kind))
    return found


def callback_shape(callback: ServiceCallbackApi) -> dict[str, Any]:
    """One callback; its token is never told."""
    return {
        "id": callback.pk,
        "service_id": callback.service_id,
        "url": callback.url,
        "updated_by_id": callback.updated_by_id,
        "created_at": times.iso(callback.created_at),
        "updated_at": times.iso(callback.updated_at),
    }
