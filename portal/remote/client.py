"""The base of every API client: JSON in and out, with the portal's token, trace and user on each call."""

from __future__ import annotations

import json
import time
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, TypeAlias
from urllib.parse import urlsplit
from uuid import UUID

import jwt
import requests
from django.conf import settings
from django.utils.functional import Promise

from portal.remote import http
from portal.remote.answers import Answer
from portal.remote.context import current, new_span_id, new_trace_id
from portal.remote.errors import InvalidResponse

Id: TypeAlias = UUID | str

USER_AGENT = "NOTIFY-API-PYTHON-CLIENT/10.0.1"


class NotifyAdminAPIClient:
    """Calls the Notify API; returns the parsed JSON, None for an empty answer.

    Works inside a page, a task, a thread or a shell. Errors are those of ``portal.remote.errors``.
    """

    def get(self, url: str, params: Mapping[str, Any] | None = None) -> Any:
        """Read; repeated when the API was not there."""
        return self.request("GET", url, params=params)

    def post(self, url: str, data: Any = None) -> Any:
        """Create, change or do something."""
        return self.request("POST", url, data=data)

    def put(self, url: str, data: Any = None) -> Any:
        """Replace something."""
        return self.request("PUT", url, data=data)

    def delete(self, url: str, data: Any = None) -> Any:
        """Remove something."""
        return self.request("DELETE", url, data=data)

    def request(
        self,
        method: str,
        url: str,
        data: Any = None,
        params: Mapping[str, Any] | None = None,
    ) -> Any:
        """Send one request and return what the API answers."""
        body = None if data is None else serialised(data)
        address = f"{settings.API_HOST_NAME}{url}"
        response = http.send(
            method, address, headers=self._headers(), body=body, params=params
        )
        if response.status_code == 308:
            _refuse_other_than_slash(response, url)
            response = http.send(
                method,
                f"{address}/",
                headers=self._headers(),
                body=body,
                params=params,
            )
        return parsed(response)

    def _headers(self) -> dict[str, str]:
        headers = {
            "User-agent": USER_AGENT,
            "Accept-Encoding": "gzip, deflate",
            "Content-type": "application/json",
            "Authorization": f"Bearer {_token()}",
            **trace_headers(),
        }
        context = current()
        if context is not None and context.user_id:
            headers["X-Notify-User-Id"] = context.user_id
        return headers


def trace_headers() -> dict[str, str]:
    """Return the B3 headers that tie a call to the page or task it is made for."""
    context = current()
    if context is None:
        return {"X-B3-TraceId": new_trace_id(), "X-B3-SpanId": new_span_id()}
    return {
        "X-B3-TraceId": context.trace_id,
        "X-B3-SpanId": new_span_id(),
        "X-B3-ParentSpanId": context.span_id,
    }


def serialised(data: Any) -> bytes:
    """Return a body as JSON; sets become arrays, dates and ids their text."""
    return json.dumps(data, default=_plain).encode()


def parsed(response: requests.Response) -> Any:
    """Return the JSON of an answer, None when it is empty; raises InvalidResponse."""
    if response.status_code == 204 or not response.content:
        return None
    try:
        return response.json(object_hook=Answer)
    except requests.JSONDecodeError as error:
        raise InvalidResponse from error


def current_user_id() -> str | None:
    """Return the id of the signed-in person, None outside of a page."""
    context = current()
    return context.user_id if context is not None else None


def given(**values: Any) -> dict[str, Any]:
    """Return the values that are not None: what is left out is the API's to choose."""
    return {name: value for name, value in values.items() if value is not None}


def refuse_unknown(
    what: str, attributes: Collection[str], allowed: Collection[str]
) -> None:
    """Raise TypeError naming each attribute that may not be sent."""
    if unknown := sorted(set(attributes) - set(allowed)):
        raise TypeError(f"A {what} has no attribute to change: {', '.join(unknown)}")


def _attach_current_user(data: Mapping[str, Any]) -> dict[str, Any]:
    return {**data, "created_by": current_user_id()}


def _token() -> str:
    claims = {"iss": settings.ADMIN_CLIENT_USER_NAME, "iat": int(time.time())}
    return jwt.encode(claims, settings.ADMIN_CLIENT_SECRET, algorithm="HS256")


def _plain(value: Any) -> Any:
    if isinstance(value, (set, frozenset)):
        return sorted(value, key=str)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (UUID, Promise)):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no form in JSON.")


def _refuse_other_than_slash(response: requests.Response, url: str) -> None:
    # Four routes of the API end in a slash and answer 308 without it; nothing else moves.
    if urlsplit(response.headers.get("Location", "")).path != f"{url}/":
        raise InvalidResponse
