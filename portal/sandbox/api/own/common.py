"""What the sandbox's own pages share: who may post to them, forms and JSON alike."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from portal.sandbox.http import body, route
from portal.sandbox.refusals import Refusal

View = Callable[..., Any]
JSON = "application/json"
OWN_SITES = ("same-origin", "none")
ELSEWHERE = "Only the sandbox's own pages and programs of this machine may do that."
# Nothing is loaded, nobody frames a page, forms go nowhere else.
POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)


def own(method: str, path: str) -> Callable[[View], View]:
    """Register a page of the sandbox's own, at its path and at the path with ``.json``."""

    def register(view: View) -> View:
        @functools.wraps(view)
        def answer(request: HttpRequest, **params: Any) -> Any:
            if method != "GET":
                check_origin(request)
            return view(request, **params)

        route(method, f"{path}.json", auth="none")(answer)
        return route(method, path, auth="none")(answer)

    return register


def check_origin(request: HttpRequest) -> None:
    """Refuse what a page of another site makes a browser send."""
    site = request.headers.get("Sec-Fetch-Site", "none")
    origin = request.headers.get("Origin")
    here = f"http://{request.get_host()}"
    if site not in OWN_SITES or origin not in (None, here):
        raise Refusal(ELSEWHERE, 403)


def wants_json(request: HttpRequest) -> bool:
    """Whether a program asks, not somebody with a browser."""
    return (
        request.path.endswith(".json")
        or request.content_type == JSON
        or request.headers.get("Accept", "").startswith(JSON)
    )


def given(request: HttpRequest) -> dict[str, Any]:
    """The values of a form, those left empty left out, or of a JSON object."""
    if request.content_type != JSON:
        return {name: value for name, value in request.POST.items() if value}
    data = body(request)
    if not isinstance(data, dict):
        raise Refusal("Send a JSON object.")
    return data


def page(
    request: HttpRequest, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """Render a page that no other site can frame or feed."""
    context = {"portal_url": settings.ADMIN_BASE_URL, **context}
    answer = render(request, f"sandbox/{template}", context, status=status)
    answer["Content-Security-Policy"] = POLICY
    return answer


def acted(request: HttpRequest, path: str, data: Any) -> Any:
    """What follows an action: the data for programs, the page again for people."""
    return data if wants_json(request) else HttpResponseRedirect(path)
