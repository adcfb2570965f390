"""The addresses that the list of sent messages leads to, each with its filters kept."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.notifications import filters
from portal.notifications.actions import Asked, SentPage
from portal.users.permissions import ServiceRequest, may_use

KINDS = ("email", "sms", "letter")


def kept_query(request: ServiceRequest) -> dict[str, str]:
    """What stays in the address when filters are chosen."""
    return {name: v for name in ("status", "search") if (v := request.GET.get(name))}


def here(request: ServiceRequest, **changes: Any) -> str:
    """This page's address with some of the query changed; another filter begins at page 1."""
    known = {**request.GET.dict(), "page": "", **changes}
    names = ("status", "search", *filters.NAMES, "page")
    query = {name: value for name in names if (value := known.get(name))}
    return f"{request.path}?{urlencode(query)}" if query else request.path


def filter_links(
    request: ServiceRequest, asked: Asked, page: SentPage
) -> dict[str, Any]:
    """Links to the same list by other kinds, statuses and filters, and to a report of it."""
    choose = here(request)
    return {
        "tabs": tabs(request, asked.kind),
        "pills": pills(request, page.figures, asked.status),
        "chips": asked.filters.chips(page.lines, request.path, kept_query(request)),
        "choose_url": f"{choose}{'&' if '?' in choose else '?'}choose=filters",
        "all_url": here(request, **dict.fromkeys(filters.NAMES, "")),
        "not_sought_url": here(request, search=""),
        "report_query": report_query(request, asked),
    }


def around(request: ServiceRequest, page: SentPage) -> dict[str, str]:
    """The addresses of the pages before and after, with what their links say."""
    number = page.number
    after = _("page %(number)s") % {"number": number + 1}
    before = _("page %(number)s") % {"number": number - 1}
    if page.looked_through is not None:
        after, before = _("look through older messages"), _("newer messages")
    return {
        "next_url": here(request, page=number + 1) if page.has_next else "",
        "next_label": after,
        "previous_url": here(request, page=number - 1) if number > 1 else "",
        "previous_label": before,
        "first_url": here(request),
    }


def tabs(request: ServiceRequest, kind: str | None) -> list[dict[str, Any]]:
    """All, and each kind of message that the service sends; a search goes with them."""
    names = {"email": _("Email"), "sms": _("Text message"), "letter": _("Letter")}
    query = here(request).removeprefix(request.path)

    def tab(text: str, *name: str) -> dict[str, Any]:
        url = reverse("notifications:list", args=[request.service.pk, *name])
        return {"text": text, "url": url + query, "current": (*name, None)[0] == kind}

    found = [tab(_("All"))]
    found += [
        tab(names[name], name)
        for name in KINDS
        if request.service.has_permission(name) or kind == name
    ]
    return found


def pills(
    request: ServiceRequest, figures: dict[str, int], status: str
) -> list[dict[str, Any]]:
    """The figures that are filters as well."""
    names = {
        "": _("all") if "search" in request.GET else _("total"),
        "sending": _("delivering"),
        "delivered": _("delivered"),
        "failed": _("failed"),
    }
    return [
        {
            "id": f"status-{name or 'total'}",
            "figure": figures.get(name),
            "text": text,
            "url": here(request, status=name),
            "current": name == status,
        }
        for name, text in names.items()
    ]


def report_query(request: ServiceRequest, asked: Asked) -> str:
    """What to ask the report for; empty for those who may not have it."""
    if not may_use(request.user, request.service, ("view_activity",)):
        return ""
    told = {"message_type": asked.kind or "", "status": asked.status}
    return urlencode(told | asked.filters.as_query())
