"""The sandbox's URLs: every registered route, and JSON for all that is none."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path

import portal.sandbox.api  # noqa: F401  registers the routes
from portal.sandbox.http import ROUTES, dispatcher, refuse, respond
from portal.sandbox.refusals import Refusal

NO_SUCH_URL = (
    "The requested URL was not found on the server. If you entered the URL manually "
    "please check your spelling and try again."
)

urlpatterns = [
    path(rule.removeprefix("/"), dispatcher(rule)) for rule in sorted(ROUTES)
]


def handler404(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say in JSON that there is no such URL."""
    return refuse(Refusal(NO_SUCH_URL, 404))


def handler500(request: HttpRequest) -> HttpResponse:
    """Say in JSON that something broke."""
    return respond({"result": "error", "message": "Internal server error"}, 500)
