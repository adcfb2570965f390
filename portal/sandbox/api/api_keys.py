"""Routes of API keys."""

from __future__ import annotations

import datetime
import uuid
from typing import Any

from django.db.models import Q
from django.http import HttpRequest

from portal.api_keys.models import ApiKey, ApiKeyHistory
from portal.remote.choices import KEY_TYPES
from portal.sandbox import clock, secrets
from portal.sandbox.http import Answer, body, created, one, route
from portal.sandbox.refusals import Refusal
from portal.sandbox.rules.loading import Field, identifier, load, text
from portal.sandbox.shapes.api_keys import api_key_shape
from portal.sandbox.validation import check
from portal.sandbox.versions import save_version
from portal.services.models import Service
from portal.users.models import User

# For how long keys are listed that have been revoked.
SHOWN = datetime.timedelta(days=7)
NEW_KEY = {
    "created_by": Field(identifier, required=True),
    "key_type": Field(text(), required=True),
    "name": Field(text(255), required=True),
}


@route("GET", "/service/<uuid:service_id>/api-keys")
def get_api_keys(request: HttpRequest, service_id: uuid.UUID) -> Any:
    one(Service.objects.all(), pk=service_id)
    # Days are counted in UTC here, as the API's database does.
    recent = clock.now().replace(hour=0, minute=0, second=0, microsecond=0) - SHOWN
    keys = ApiKey.objects.filter(
        Q(expiry_date=None) | Q(expiry_date__gte=recent), service_id=service_id
    ).order_by("created_at")
    return {"apiKeys": [api_key_shape(key) for key in keys]}


@route("GET", "/service/<uuid:service_id>/api-keys/<uuid:key_id>")
def get_api_key(request: HttpRequest, service_id: uuid.UUID, key_id: uuid.UUID) -> Any:
    one(Service.objects.all(), pk=service_id)
    key = ApiKey.objects.filter(
        pk=key_id, service_id=service_id, expiry_date=None
    ).first()
    if key is None:
        raise Refusal(f"API key not found for id: {service_id}", 404)
    return {"apiKeys": [api_key_shape(key)]}


@route("POST", "/service/<uuid:service_id>/api-key")
def create_api_key(request: HttpRequest, service_id: uuid.UUID) -> Answer:
    one(Service.objects.all(), pk=service_id)
    values = load(body(request), NEW_KEY)
    _check(service_id, values)
    secret = str(uuid.uuid4())
    key = ApiKey(
        name=values["name"],
        key_type=values["key_type"],
        created_by_id=values["created_by"],
        service_id=service_id,
        secret=secrets.encrypt(secret),
        created_at=clock.now(),
    )
    save_version(key, ApiKeyHistory)
    return created({"data": secret})


@route("POST", "/service/<uuid:service_id>/api-key/revoke/<uuid:api_key_id>")
def revoke_api_key(
    request: HttpRequest, service_id: uuid.UUID, api_key_id: uuid.UUID
) -> Answer:
    data = check(_body_if_any(request), "post_revoke_api_key_schema")
    key = one(ApiKey.objects.all(), pk=api_key_id, service_id=service_id)
    key.expiry_date = clock.now()
    if (author := data.get("created_by")) is not None:
        key.created_by_id = one(User.objects, pk=author).pk
    save_version(key, ApiKeyHistory)
    return Answer(None, 202)


def _body_if_any(request: HttpRequest) -> Any:
    try:
        return body(request) or {}
    except Refusal:
        return {}


def _check(service_id: uuid.UUID, values: dict[str, Any]) -> None:
    complaints = {}
    if values["key_type"] not in dict(KEY_TYPES):
        complaints["key_type"] = ["Not a valid choice."]
    if not User.objects.filter(pk=values["created_by"]).exists():
        complaints["created_by"] = ["No result found"]
    if ApiKey.objects.filter(
        service_id=service_id, name=values["name"], expiry_date=None
    ).exists():
        complaints["name"] = [f"Duplicate API key name '{values['name']}'"]
    if complaints:
        raise Refusal(complaints)
