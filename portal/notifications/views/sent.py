"""What was sent: the list with its filters and search, and one message."""

from __future__ import annotations

import hashlib
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.message_templates.previews import preview_of_message
from portal.notifications import actions, statuses
from portal.notifications.forms import RecipientSearchForm
from portal.users.permissions import user_has_permissions

LAST_UPDATE = 286
SEARCHES_KEPT = 20
KINDS = ("email", "sms", "letter")


@require_http_methods(["GET", "POST"])
@user_has_permissions()
def view_notifications(
    request: HttpRequest, service_id: UUID, message_type: str | None = None
) -> HttpResponse:
    if request.method == "POST":
        return redirect(f"{request.path}?{remembered_search(request)}")
    status = request.GET.get("status", "")
    status = status if status in statuses.FILTERS else ""
    number = page_number(request)
    sought = recalled_search(request)
    page = actions.list_sent(
        service=request.service,
        kind=message_type,
        status=status or None,
        sought=sought,
        page=number,
    )
    context = {
        "service": request.service,
        "page": page,
        "kind": message_type,
        "sought": sought,
        "search_form": RecipientSearchForm(initial={"to": sought}, kind=message_type),
        "tabs": tabs(request, message_type),
        "pills": pills(request, page.figures, status),
        "next_url": here(request, page=number + 1) if page.has_next else "",
        "previous_url": here(request, page=number - 1) if page.has_previous else "",
        "live_url": request.get_full_path(),
        "status": status,
        "report_query": urlencode(
            {"message_type": message_type or "", "status": status}
        ),
    }
    if not request.htmx:
        return render(request, "notifications/list.html", context)
    code = 200 if page.can_change else LAST_UPDATE
    return render(request, "notifications/_list.html", context, status=code)


def page_number(request: HttpRequest) -> int:
    """The page asked for; 1 when it is no number."""
    text = request.GET.get("page", "1")
    return max(1, int(text)) if text.isdecimal() else 1


def remembered_search(request: HttpRequest) -> str:
    """Keep the term in the session, as recipients have no place in addresses and logs."""
    term = request.POST.get("to", "").strip()
    query = {k: v for k in ("status",) if (v := request.GET.get(k))}
    if term:
        key = hashlib.sha256(term.encode()).hexdigest()[:16]
        kept = request.session.get("searches", {}) | {key: term}
        request.session["searches"] = dict(list(kept.items())[-SEARCHES_KEPT:])
        query["search"] = key
    return urlencode(query)


def recalled_search(request: HttpRequest) -> str:
    """The term that belongs to the address, if this session knows it."""
    kept: dict[str, str] = request.session.get("searches", {})
    return kept.get(request.GET.get("search", ""), "")


def here(request: HttpRequest, **changes: Any) -> str:
    """This page's address with some of the query changed."""
    query = {k: v for k, v in request.GET.items() if k != "page"} | changes
    query = {k: v for k, v in query.items() if v not in ("", None)}
    return f"{request.path}?{urlencode(query)}" if query else request.path


def tabs(request: HttpRequest, kind: str | None) -> list[dict[str, Any]]:
    """All, and each kind of message that the service sends."""
    base = f"/services/{request.service.pk}/notifications"
    names = {"email": _("Email"), "sms": _("Text message"), "letter": _("Letter")}
    found = [{"text": _("All"), "url": base, "current": kind is None}]
    found += [
        {"text": names[name], "url": f"{base}/{name}", "current": kind == name}
        for name in KINDS
        if request.service.has_permission(name) or kind == name
    ]
    return found


def pills(
    request: HttpRequest, figures: dict[str, int], status: str
) -> list[dict[str, Any]]:
    """The figures that are filters as well."""
    names = {
        "": _("total"),
        "sending": _("delivering"),
        "delivered": _("delivered"),
        "failed": _("failed"),
    }
    return [
        {
            "id": f"status-{name or 'total'}",
            "figure": figures[name],
            "text": text,
            "url": here(request, status=name),
            "current": name == status,
        }
        for name, text in names.items()
    ]


@require_http_methods(["GET"])
@user_has_permissions("view_activity", "send_messages")
def view_notification(
    request: HttpRequest, service_id: UUID, notification_id: UUID
) -> HttpResponse:
    line = actions.get_notification(
        service=request.service, notification_id=notification_id
    )
    context = {
        "service": request.service,
        "line": line,
        "preview": preview_of_message(line.message, line.values, line.is_redacted),
    }
    if not request.htmx:
        return render(request, "notifications/view.html", context)
    code = 200 if line.can_change else LAST_UPDATE
    return render(request, "notifications/_status.html", context, status=code)
