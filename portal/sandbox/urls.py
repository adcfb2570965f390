"""The sandbox's URLs: every registered route, and JSON for all that is none."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import path

import portal.sandbox.api  # noqa: F401  registers the routes
from portal.sandbox.http import ROUTES, dispatcher, refuse, respond
from portal.sandbox.refusals import NO_SUCH_URL, Refusal


def redirect_to_slash(request: HttpRequest) -> HttpResponse:
    """Send a call on to the same path with a slash, method and body kept."""
    query = request.META.get("QUERY_STRING", "")
    target = f"{request.path}/{'?' if query else ''}{query}"
    return HttpResponsePermanentRedirect(target, preserve_request=True)


urlpatterns = [
    *(path(rule.removeprefix("/"), dispatcher(rule)) for rule in sorted(ROUTES)),
    *(
        path(rule.strip("/"), redirect_to_slash)
        for rule in sorted(ROUTES)
        if rule.endswith("/") and rule != "/"
    ),
]


def handler404(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say in JSON that there is no such URL."""
    return refuse(Refusal(NO_SUCH_URL, 404))


def handler500(request: HttpRequest) -> HttpResponse:
    """Say in JSON that something broke."""
    return respond({"result": "error", "message": "Internal server error"}, 500)
