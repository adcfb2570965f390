"""Security keys."""

from __future__ import annotations

import uuid
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from portal.sandbox import clock
from portal.sandbox.http import Answer, body, created, one, route
from portal.sandbox.refusals import Refusal
from portal.sandbox.rules import sign_in as rules
from portal.sandbox.shapes.users import credential_shape
from portal.sandbox.validation import check
from portal.users.models import User, WebauthnCredential

LAST_KEY = "Cannot delete last remaining webauthn credential for user"


@route("GET", "/user/<uuid:user_id>/webauthn")
def get_credentials(request: HttpRequest, user_id: uuid.UUID) -> dict[str, Any]:
    user = one(User.objects, pk=user_id)
    keys = WebauthnCredential.objects.filter(user_id=user.pk).order_by("created_at")
    return {"data": [credential_shape(key) for key in keys]}


@route("POST", "/user/<uuid:user_id>/webauthn")
def create_credential(request: HttpRequest, user_id: uuid.UUID) -> Answer:
    data = check(body(request), "post_create_webauthn_credential_schema")
    user = one(User.objects, pk=user_id)
    key = WebauthnCredential.objects.create(
        user_id=user.pk, created_at=clock.now(), **data
    )
    return created({"data": credential_shape(key)})


@route("POST", "/user/<uuid:user_id>/webauthn/<uuid:webauthn_credential_id>")
def rename_credential(
    request: HttpRequest, user_id: uuid.UUID, webauthn_credential_id: uuid.UUID
) -> dict[str, Any]:
    data = check(body(request), "post_update_webauthn_credential_schema")
    key = own_key(user_id, webauthn_credential_id)
    key.name = data["name"]
    key.save()
    return {"data": credential_shape(key)}


@route("DELETE", "/user/<uuid:user_id>/webauthn/<uuid:webauthn_credential_id>")
def delete_credential(
    request: HttpRequest, user_id: uuid.UUID, webauthn_credential_id: uuid.UUID
) -> None:
    key = own_key(user_id, webauthn_credential_id)
    if WebauthnCredential.objects.filter(user_id=user_id).count() == 1:
        raise Refusal(LAST_KEY)
    key.delete()


@route("POST", "/user/<uuid:user_id>/complete/webauthn-login")
def complete_login(request: HttpRequest, user_id: uuid.UUID) -> None:
    data = check(body(request), "post_verify_webauthn_schema")
    user = one(User.objects, pk=user_id)
    if user.failed_login_count >= rules.MOST_FAILURES_WITH_KEY:
        raise Refusal("Maximum login count exceeded", 403)
    if not data["successful"]:
        rules.count_failure(user)
        return
    if used := data.get("webauthn_credential_id"):
        key = own_key(user.pk, uuid.UUID(used))
        key.logged_in_at = clock.now()
        key.save()
    rules.signed_in(user)


def own_key(user_id: uuid.UUID, key_id: uuid.UUID) -> WebauthnCredential:
    """A security key of that user."""
    keys: QuerySet[WebauthnCredential] = WebauthnCredential.objects.all()
    return one(keys, pk=key_id, user_id=user_id)
