"""Pages with a part that keeps itself up to date."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import (
    get_conditional_response,
    patch_cache_control,
    patch_vary_headers,
)

# htmx stops polling at this status, and so does live.js.
LAST_UPDATE = 286


def is_partial(request: HttpRequest) -> bool:
    """Say whether only a part of the page is asked for."""
    return request.headers.get("HX-Request") == "true"


def render_live(
    request: HttpRequest,
    *,
    page: str,
    part: str,
    context: dict[str, Any],
    can_change: bool,
    status: int = 200,
    told: Any = None,
) -> HttpResponseBase:
    """Render a page with its status, or only the part of it that polls.

    While ``can_change`` an unchanged part is answered with 304; then comes the last
    update, which is never a 304, for it must stop the polling. ``told`` is all that the
    part tells, as JSON knows it: while that stays the same the part is not even rendered.
    """
    if not is_partial(request):
        response: HttpResponseBase = render(request, page, context, status=status)
    elif can_change and told is not None:
        response = unless_told(request, told, lambda: render(request, part, context))
    elif can_change:
        response = unless_unchanged(request, render(request, part, context))
    else:
        response = render(request, part, context, status=LAST_UPDATE)
    # Both lie at one address: a browser must not show the part for the page.
    patch_vary_headers(response, ["HX-Request"])
    patch_cache_control(response, private=True, no_cache=True)
    if not is_partial(request):
        patch_cache_control(response, no_store=True)
    return response


def unless_told(
    request: HttpRequest, told: Any, answer: Callable[[], HttpResponse]
) -> HttpResponseBase:
    """Answer 304 to a browser that was told the very same, today."""
    # Pages say "today" and "yesterday".
    text = json.dumps([str(timezone.localdate()), told], sort_keys=True, default=str)
    etag = f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'
    response = get_conditional_response(request, etag=etag) or answer()
    response["ETag"] = etag
    return response


def unless_unchanged(request: HttpRequest, response: HttpResponse) -> HttpResponseBase:
    """Answer 304 to a browser that already has this very text."""
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response["ETag"] = etag
    answer = get_conditional_response(request, etag=etag, response=response)
    return answer if answer is not None else response
