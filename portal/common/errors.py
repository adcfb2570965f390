"""Turns errors of the Notify API into pages."""

from __future__ import annotations

import re
import sys

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.defaults import server_error as plain_server_error

from portal.remote.errors import CacheDown, HTTPError, Unavailable

_SECRET = re.compile(
    r"password|secret|csrf|credential|(^|[_-])(code|token|otp|pin)($|[_-])",
    re.IGNORECASE,
)
_OWN_PAGES = {403, 404, 410, 503}


def error_response(request: HttpRequest, error: HTTPError) -> HttpResponse:
    """Return the page for an error: 403, 404, 410 and 503 as they are, everything else 500."""
    status = 503 if isinstance(error, Unavailable) else error.status_code
    status = status if status in _OWN_PAGES else 500
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(_fragment(error, status), status=status)
    if not hasattr(request, "_cached_user"):
        # The page's header must not ask an API that is down who this is.
        request.user = AnonymousUser()
    context = _retry(request, error) if isinstance(error, Unavailable) else {}
    return render(request, f"errors/{status}.html", context, status=status)


def server_error(request: HttpRequest) -> HttpResponse:
    """Handle what views and middleware let through (``handler500``)."""
    error = sys.exc_info()[1]
    if isinstance(error, HTTPError):
        return error_response(request, error)
    return plain_server_error(request, "errors/500.html")


def _retry(request: HttpRequest, error: Unavailable) -> dict[str, object]:
    return {
        "retry_url": request.get_full_path(),
        "retry_method": request.method,
        "retry_fields": typed_in(request),
        "uncertain": error.uncertain,
        "refusal": str(error.message) if isinstance(error, CacheDown) else "",
    }


def typed_in(request: HttpRequest) -> list[tuple[str, str]]:
    """Return the fields of a posted form without its secrets.

    Nothing for a form of another site: our page must not offer to send that again.
    """
    if request.method != "POST" or not _is_own_form(request):
        return []
    return [
        (name, value)
        for name, values in request.POST.lists()
        if not _SECRET.search(name)
        for value in values
    ]


def _is_own_form(request: HttpRequest) -> bool:
    own = f"{request.scheme}://{request.get_host()}"
    return request.headers.get("Origin", own) in {own, *settings.CSRF_TRUSTED_ORIGINS}


def _fragment(error: HTTPError, status: int) -> str:
    told = error.message if isinstance(error, CacheDown) else _sentence(status)
    return format_html('<p class="govuk-error-message" role="alert">{}</p>', told)


def _sentence(status: int) -> str:
    return {
        403: _("You do not have permission to see this."),
        404: _("This could not be found."),
        410: _("This is no longer available."),
        503: _("The service is not available at the moment. Try again later."),
    }.get(status, _("Something went wrong."))
