"""Pages that belong to no domain: the brand's colours, the health of the portal, refused forms."""

from __future__ import annotations

import re
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe

from portal.common.errors import typed_in
from portal.common.guidance import Topic, neighbours_of, parts_of, way_to
from portal.common.health import check_parts

ERROR_PAGES = (400, 403, 404, 410, 500, 503)
HEX_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


@require_safe
@cache_control(public=True, max_age=300)
def theme(request: HttpRequest) -> HttpResponse:
    """Return the style sheet with the brand's colour."""
    colour = settings.PORTAL_BRAND_COLOUR
    if not HEX_COLOUR.fullmatch(colour):
        return HttpResponse(content_type="text/css")
    return HttpResponse(
        f":root{{--govuk-brand-colour:{colour};--portal-header-background:{colour};"
        f"--portal-header-text:{readable_on(colour)}}}",
        content_type="text/css",
    )


def readable_on(colour: str) -> str:
    """Return black or white, whichever has more contrast (WCAG 2 relative luminance)."""
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    luminance = sum(
        weight * (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4)
        for weight, c in ((0.2126, red), (0.7152, green), (0.0722, blue))
    )
    return "#ffffff" if luminance < 0.179 else "#0b0c0c"


@require_safe
@never_cache
def status(request: HttpRequest) -> JsonResponse:
    """Tell whether the portal works; with ``?simple=1`` only that it answers."""
    if "simple" in request.GET:
        return JsonResponse({"status": "ok"})
    parts = check_parts()
    healthy = all(answer == "ok" for answer in parts.values())
    return JsonResponse(
        {"status": "ok" if healthy else "error", **parts},
        status=200 if healthy else 503,
    )


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Send browsers that ask for the traditional name to the real one."""
    return HttpResponse(
        status=301, headers={"Location": static("common/images/favicon.svg")}
    )


def breadcrumbs(topic: Topic) -> list[dict[str, Any]]:
    """The way to a page that is under another; the page itself is no link."""
    above = [{"text": t.title, "url": reverse(t.url_name)} for t in way_to(topic)]
    return [*above, {"text": topic.title}] if above else []


@require_safe
def guidance(request: HttpRequest, topic: Topic) -> HttpResponse:
    """Show a page of the guidance."""
    context = {
        "topic": topic,
        "parts": parts_of(topic),
        "breadcrumbs": breadcrumbs(topic),
        "neighbours": neighbours_of(topic),
    }
    return render(request, "common/guidance.html", context)


@require_safe
def error(request: HttpRequest, status_code: int) -> HttpResponse:
    """Show the page of an error, for a proxy that answers in the portal's place."""
    shown = status_code if status_code in ERROR_PAGES else 404
    return render(request, f"errors/{shown}.html", status=shown)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Explain an expired form and keep what was typed into it."""
    context = {
        "retry_url": request.get_full_path(),
        "retry_fields": typed_in(request),
    }
    return render(request, "errors/csrf.html", context, status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request that makes no sense."""
    return render(request, "errors/400.html", status=400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer someone who may not."""
    return render(request, "errors/403.html", status=403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a path that leads nowhere."""
    return render(request, "errors/404.html", status=404)
