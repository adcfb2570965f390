"""Routes, answers and refusals of the sandbox, in the API's own shapes."""

from __future__ import annotations

import datetime
import json
import logging
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from portal.sandbox import times
from portal.sandbox.auth import AUTHENTICATE
from portal.sandbox.refusals import Refusal
from portal.sandbox.writing import writing

logger = logging.getLogger(__name__)

View = Callable[..., Any]
M = TypeVar("M", bound=Model)
CONTRADICTS = "The request contradicts what is there."
NOT_ALLOWED = "The method is not allowed for the requested URL."


@dataclass(frozen=True)
class Answer:
    """What a view returns when it is not plain data with status 200."""

    data: Any
    status: int = 200


@dataclass(frozen=True)
class Endpoint:
    """A view with the kind of token that it asks for."""

    view: View
    auth: str
    only_reads: bool = False


ROUTES: dict[str, dict[str, Endpoint]] = {}


def route(
    method: str, path: str, auth: str = "admin", *, only_reads: bool = False
) -> Callable[[View], View]:
    """Register a view: ``path`` in Django's syntax with a leading slash.

    ``auth`` is "admin" (the portal's token), "service" (an API key, the public
    routes), "preview" (the key of the service that draws letters) or "none". The view gets the request and the path's parameters; it
    returns plain data (status 200), an ``Answer``, None (204) or a response.
    A POST that ``only_reads``, such as a search, waits for nobody who writes.
    """

    def register(view: View) -> View:
        methods = ROUTES.setdefault(path, {})
        if method in methods:
            raise ValueError(f"{method} {path} is registered twice.")
        methods[method] = Endpoint(view, auth, only_reads or method == "GET")
        return view

    return register


def created(data: Any) -> Answer:
    """An answer with status 201."""
    return Answer(data, 201)


def body(request: HttpRequest) -> Any:
    """Parse the request's JSON, whatever its content type says."""
    try:
        return json.loads(request.body)
    except ValueError as error:
        raise Refusal(f"Failed to decode JSON object: {error}") from error


def fields(request: HttpRequest) -> dict[str, Any]:
    """Parse a body that must be a JSON object."""
    data = body(request)
    if not isinstance(data, dict):
        raise Refusal({"_schema": ["Invalid input type."]})
    return data


def one(queryset: QuerySet[M], message: str = "No result found", **filters: Any) -> M:
    """Get the one object, or refuse with 404."""
    try:
        found = queryset.filter(**filters).first()
    except (ValidationError, ValueError, TypeError):
        # What is no id belongs to nothing.
        found = None
    if found is None:
        raise Refusal(message, 404)
    return found


def dispatcher(path: str) -> Callable[..., HttpResponseBase]:
    """Make the Django view that serves all methods of one path."""
    methods = ROUTES[path]

    def dispatch(request: HttpRequest, **params: Any) -> HttpResponseBase:
        endpoint = methods.get(request.method or "")
        if endpoint is None:
            return refuse(Refusal(NOT_ALLOWED, 405))
        try:
            AUTHENTICATE[endpoint.auth](request)
        except Refusal as refusal:
            return refuse(refusal)
        try:
            return run(endpoint, request, params)
        except DataError:
            return refuse(Refusal("No result found", 404))
        except IntegrityError:
            return refuse(Refusal(CONTRADICTS, 409))

    return dispatch


def run(
    endpoint: Endpoint, request: HttpRequest, params: dict[str, Any]
) -> HttpResponseBase:
    """Run a view; what writes does so in one transaction."""
    if endpoint.only_reads:
        return answer(endpoint, request, params)
    with writing():
        return answer(endpoint, request, params)


def answer(
    endpoint: Endpoint, request: HttpRequest, params: dict[str, Any]
) -> HttpResponseBase:
    """Run the view; a refusal keeps what was written (failed sign-ins are counted)."""
    try:
        result = endpoint.view(request, **params)
    except Refusal as refusal:
        return refuse(refusal)
    if isinstance(result, HttpResponseBase):
        return result
    if result is None:
        return HttpResponse(status=204)
    if isinstance(result, Answer):
        return respond(result.data, result.status)
    return respond(result)


def refuse(refusal: Refusal) -> HttpResponse:
    """Write a refusal in the API's shape."""
    return respond(refusal.payload(), refusal.status)


def respond(data: Any, status: int = 200) -> HttpResponse:
    """Write JSON as the API does: bare times in RFC 1123, decimals as numbers."""
    return HttpResponse(
        json.dumps(data, default=_plain), status=status, content_type="application/json"
    )


def _plain(value: Any) -> Any:
    if isinstance(value, uuid.UUID):
        return str(value)
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, datetime.date):
        return times.http(value)
    raise TypeError(f"{type(value).__name__} has no form in JSON.")
