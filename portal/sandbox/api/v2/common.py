"""What the public routes share: the form of their refusals and of addresses."""

from __future__ import annotations

import functools
import uuid
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

from portal.sandbox import service_auth
from portal.sandbox.http import body, route
from portal.sandbox.refusals import Refusal, SchemaRefusal
from portal.sandbox.service_auth import Caller
from portal.sandbox.validation import check

__all__ = ["Caller", "address", "caller", "identifier", "json_body", "public"]

caller = service_auth.caller
View = Callable[..., Any]
ERRORS = {404: "NoResultFound"}


def public(method: str, path: str) -> Callable[[View], View]:
    """Register a public route; every refusal of its view gets the public form."""

    def register(view: View) -> View:
        @functools.wraps(view)
        def answer(request: HttpRequest, **params: Any) -> Any:
            try:
                return view(request, **params)
            except SchemaRefusal:
                raise
            except Refusal as refusal:
                raise _public(refusal) from refusal

        return route(method, path, auth="service")(answer)

    return register


def _public(refusal: Refusal) -> SchemaRefusal:
    default = ERRORS.get(refusal.status, "BadRequestError")
    error = getattr(refusal, "error", default)
    told = getattr(refusal, "public", str(refusal.message))
    return SchemaRefusal([told], refusal.status, error)


def json_body(request: HttpRequest) -> Any:
    """Parse the body of a public call; what is empty is an empty object."""
    try:
        return body(request) or {}
    except Refusal as refusal:
        raise Refusal("Invalid JSON supplied in POST data") from refusal


def identifier(value: str, schema: str, name: str) -> uuid.UUID:
    """Read an id in the path, which the schema of the route checks."""
    check({name: value}, schema)
    return uuid.UUID(value)


def address(request: HttpRequest, path: str) -> str:
    """The whole address of something at this API."""
    return request.build_absolute_uri(path)
