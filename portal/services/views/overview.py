"""The figures of all of a person's services on one page."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_http_methods

from portal.common.csv_files import as_csv
from portal.common.live import is_partial, render_live
from portal.services import actions
from portal.services.overview import (
    SORTS,
    ServiceLine,
    found_lines,
    grouped,
    headings,
    rows,
)
from portal.users.permissions import SignedInRequest, user_is_logged_in

LINES_SHOWN = 50
LONGEST_NUMBER = 6


@require_http_methods(["GET"])
@user_is_logged_in
def figures(request: SignedInRequest) -> HttpResponseBase:
    lines = load_lines(request)
    number = page_number(request)
    shown = lines[(number - 1) * LINES_SHOWN : number * LINES_SHOWN]
    has_more = is_partial(request) and actions.read_missing(lines=shown)
    if is_partial(request):
        shown = actions.load_lines(briefs=[line.brief for line in shown])
    query = query_of(request)
    can_change = has_more or actions.is_any_open(lines=shown)
    context = {
        "can_change": can_change,
        "groups": grouped(shown) if query["by"] else [("", shown)],
        "count": len(lines),
        "is_all": is_all(request),
        "has_organisations": any(line.brief.organisation for line in lines),
        "query": query,
        "columns": columns(request),
        "organisation_url": here(request, by="" if query["by"] else "organisation"),
        "all_url": here(request, scope="" if is_all(request) else "all"),
        "csv_url": f"{request.path}.csv?{urlencode(query)}",
        "next_url": here(request, page=number + 1)
        if len(lines) > number * LINES_SHOWN
        else "",
        "previous_url": here(request, page=number - 1) if number > 1 else "",
    }
    return render_live(
        request,
        page="services/overview.html",
        part="services/_overview.html",
        context=context,
        can_change=can_change,
    )


@require_http_methods(["GET"])
@user_is_logged_in
def figures_csv(request: SignedInRequest) -> HttpResponse:
    return HttpResponse(
        as_csv(headings(), rows(load_lines(request))),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="services.csv"'},
    )


def load_lines(request: SignedInRequest) -> list[ServiceLine]:
    """The services that are asked for, in the order that is asked for."""
    query = query_of(request)
    briefs = actions.list_briefs(user=request.user, is_all=is_all(request))
    return found_lines(
        actions.load_lines(briefs=briefs),
        words=query["search"],
        sort=query["sort"] or "name",
        by_organisation=bool(query["by"]),
    )


def is_all(request: SignedInRequest) -> bool:
    """Whether a platform admin asks for all services."""
    return bool(request.user.platform_admin) and request.GET.get("scope") == "all"


def query_of(request: SignedInRequest) -> dict[str, str]:
    """What is asked for, without what nobody offers."""
    sort = request.GET.get("sort", "")
    return {
        "search": request.GET.get("search", "").strip(),
        "sort": sort if sort in SORTS and sort != "name" else "",
        "by": "organisation" if request.GET.get("by") == "organisation" else "",
        "scope": "all" if is_all(request) else "",
    }


def here(request: SignedInRequest, **changes: Any) -> str:
    """This page's address with some of the query changed, from its first page on."""
    query = {
        name: value for name, value in (query_of(request) | changes).items() if value
    }
    return f"{request.path}?{urlencode(query)}" if query else request.path


def columns(request: SignedInRequest) -> list[dict[str, Any]]:
    """The heads of the table, each a link that sorts by it."""
    current = query_of(request)["sort"] or "name"
    return [
        {
            "name": name,
            "sort": "" if name == "name" else name,
            "text": text,
            "url": here(request, sort="" if name == "name" else name),
            "is_current": name == current,
            "order": "ascending" if name == "name" else "descending",
        }
        for name, (text, _value) in SORTS.items()
    ]


def page_number(request: SignedInRequest) -> int:
    """The page asked for; 1 when it is no number."""
    text = request.GET.get("page", "1")
    usable = text.isdecimal() and len(text) <= LONGEST_NUMBER
    return max(1, int(text)) if usable else 1
