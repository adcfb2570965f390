"""Services call the public routes with tokens that an API key of theirs has signed."""

from __future__ import annotations

import uuid
from typing import NamedTuple

import jwt
from django.http import HttpRequest

from portal.api_keys.models import ApiKey
from portal.sandbox import secrets
from portal.sandbox.auth import (
    AUTHENTICATE,
    bearer_token,
    issuer,
    token_refusal,
    verify,
)
from portal.sandbox.refusals import Refusal, SchemaRefusal
from portal.services.models import Service

NOT_FOUND = "Invalid token: API key not found"


class Caller(NamedTuple):
    """The service that calls and the key that it calls with."""

    service: Service
    key: ApiKey


def authenticate(request: HttpRequest) -> None:
    """Let services in; their refusals have the form of the public routes."""
    try:
        token = bearer_token(request)
        service = _service(issuer(token))
        key = _key(service, token)
    except Refusal as refusal:
        told = refusal.message["token"]
        raise SchemaRefusal(told, refusal.status, "AuthError") from refusal
    request.caller = Caller(service, key)  # type: ignore[attr-defined]


def caller(request: HttpRequest) -> Caller:
    """Who called, once let in."""
    found: Caller = request.caller  # type: ignore[attr-defined]
    return found


def _service(service_id: str) -> Service:
    try:
        key = uuid.UUID(service_id)
    except ValueError as error:
        told = "Invalid token: service id is not the right data type"
        raise token_refusal(told, 403) from error
    service: Service | None = Service.objects.filter(pk=key).first()
    if service is None:
        raise token_refusal("Invalid token: service not found", 403)
    return service


def _key(service: Service, token: str) -> ApiKey:
    keys = list(ApiKey.objects.filter(service_id=service.pk))
    if not keys:
        raise token_refusal("Invalid token: service has no API keys", 403)
    if not service.active:
        raise token_refusal("Invalid token: service is archived", 403)
    for key in keys:
        secret = secrets.decrypt(key.secret)
        if _signed_with(token, secret):
            verify(token, secret, NOT_FOUND)
            if key.expiry_date is not None:
                raise token_refusal("Invalid token: API key revoked", 403)
            return key
    raise token_refusal(NOT_FOUND, 403)


def _signed_with(token: str, secret: str) -> bool:
    try:
        jwt.decode(
            token,
            secret,
            algorithms=["HS256"],
            options={"verify_iat": False, "verify_exp": False, "verify_nbf": False},
        )
    except jwt.PyJWTError:
        return False
    return True


AUTHENTICATE["service"] = authenticate
