"""What surrounds every page: its trace and time limit, HEAD, and pages for errors of the Notify API."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from portal.common.errors import error_response
from portal.remote import context
from portal.remote.errors import HTTPError

NextHandler = Callable[[HttpRequest], HttpResponseBase]

_TRACE_ID = re.compile(r"(?:[0-9a-f]{16}){1,2}")


class RequestScopeMiddleware:
    """Gives each page one trace, one deadline and one memo for all its calls of the API."""

    def __init__(self, get_response: NextHandler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with context.scope(
            trace_id=_incoming_trace(request), seconds=settings.NOTIFY_PAGE_SECONDS
        ) as scope:
            response = self.get_response(request)
        response["X-B3-TraceId"] = scope.trace_id
        return response


class HeadMiddleware:
    """Answers HEAD, which link checkers and monitors send, as GET is answered, without the body.

    Views know of GET and POST only: what is no GET must not be taken for a POST.
    """

    def __init__(self, get_response: NextHandler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method != "HEAD":
            return self.get_response(request)
        request.method = "GET"
        response = self.get_response(request)
        if isinstance(response, StreamingHttpResponse):
            response.streaming_content = ()
        elif isinstance(response, HttpResponse):
            response.content = b""
        return response


class RemoteErrorMiddleware:
    """Answers errors of the Notify API with the page that fits.

    Errors raised in views and templates come to ``process_exception``. Django turns
    those of inner middleware into a 500 before anyone outside of it sees them: such middleware
    calls ``errors.error_response`` itself, and ``handler500`` catches what is left.
    """

    def __init__(self, get_response: NextHandler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponseBase | None:
        """Return a page for errors of the API and leave all others to Django."""
        if isinstance(exception, HTTPError):
            return error_response(request, exception)
        return None


def _incoming_trace(request: HttpRequest) -> str | None:
    trace_id = request.headers.get("X-B3-TraceId", "").lower()
    return trace_id if _TRACE_ID.fullmatch(trace_id) else None
