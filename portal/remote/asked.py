"""Which endpoint a query would ask: found out by asking, with nothing sent."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NoReturn
from urllib.parse import parse_qsl, urlsplit

from django.conf import settings
from django.db import NotSupportedError
from requests import PreparedRequest
from requests.adapters import BaseAdapter

from portal.remote import http
from portal.remote.cache import cache

FIND = "POST /platform-admin/find-by-uuid"


class Asked(Exception):
    """The request that was about to be sent."""

    def __init__(self, request: PreparedRequest) -> None:
        super().__init__(request.method, request.url)
        self.request = request


class _Ear(BaseAdapter):
    """Hears requests instead of sending them."""

    def send(self, request: PreparedRequest, *args: Any, **kwargs: Any) -> NoReturn:
        raise Asked(request)

    def close(self) -> None:
        """Have nothing to close."""


@contextmanager
def hearing() -> Iterator[None]:
    """Send nothing to the API: whatever would be sent is raised as ``Asked``."""
    http.reset()
    http.session().mount(settings.API_HOST_NAME, _Ear())
    try:
        with cache.refreshing():
            yield
    finally:
        http.reset()


def route_of(queryset: Any, values: Mapping[str, Any]) -> str | None:
    """Give the first call of a query, with the names of the values in it; None: refused."""
    try:
        list(queryset)
    except Asked as asked:
        return _route(asked.request, _names(values))
    except NotSupportedError:
        return None
    return "no call"


def _names(values: Mapping[str, Any]) -> dict[str, str]:
    return {
        str(value): name
        for name, value in values.items()
        if not isinstance(value, bool)
    }


def _route(request: PreparedRequest, names: Mapping[str, str]) -> str:
    parts = urlsplit(str(request.url))
    base = urlsplit(settings.API_HOST_NAME).path
    path = "/".join(
        _named(segment, names) for segment in parts.path.removeprefix(base).split("/")
    )
    given = [(name, _named(value, names)) for name, value in parse_qsl(parts.query)]
    given += list(_of_body(request.body, names))
    told = ", ".join(f"{name}={value}" for name, value in dict(given).items())
    return f"{request.method} {path}" + (f" ({told})" if told else "")


def _of_body(
    body: bytes | str | None, names: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    for name, value in (json.loads(body) if body else {}).items():
        if value not in (None, "", []):
            yield name, _named(value, names)


def _named(value: Any, names: Mapping[str, str]) -> str:
    text = ",".join(map(str, value)) if isinstance(value, list) else str(value)
    return f"<{names[text]}>" if text in names else text
