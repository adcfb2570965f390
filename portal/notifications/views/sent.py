"""What was sent: the list with its filters and search, and one message."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.common.live import render_live
from portal.message_templates.previews import preview_of_message
from portal.notifications import actions, searches, statuses, tours
from portal.notifications.forms import RecipientSearchForm
from portal.remote.errors import Rejected
from portal.users.permissions import ServiceRequest, may_use, user_has_permissions

KINDS = ("email", "sms", "letter")
LONGEST_NUMBER = 6


@require_http_methods(["GET", "POST"])
@user_has_permissions()
def view_notifications(
    request: ServiceRequest, service_id: UUID, message_type: str | None = None
) -> HttpResponseBase:
    if request.method == "POST":
        return remember_search(request)
    sought = searches.recall(request.session, request.GET.get("search", ""))
    if sought is None:
        messages.info(request, _("That search is over. Search again."))
        return redirect(here(request, search="", page=""))
    status = request.GET.get("status", "")
    status = status if status in statuses.FILTERS else ""
    page = actions.list_sent(
        service=request.service,
        kind=message_type,
        status=status or None,
        sought=sought,
        page=page_number(request),
    )
    context = {
        "service": request.service,
        "page": page,
        "kind": message_type,
        "sought": sought,
        "search_form": RecipientSearchForm(initial={"to": sought}, kind=message_type),
        "tabs": tabs(request, message_type),
        "pills": pills(request, page.figures, status),
        "status": status,
        **around(request, page),
        "report_query": report_query(request, message_type, status),
    }
    return render_live(
        request,
        page="notifications/list.html",
        part="notifications/_list.html",
        context=context,
        can_change=page.can_change,
    )


def page_number(request: ServiceRequest) -> int:
    """The page asked for; 1 when it is no number."""
    text = request.GET.get("page", "1")
    usable = text.isdecimal() and len(text) <= LONGEST_NUMBER
    return max(1, int(text)) if usable else 1


def remember_search(request: ServiceRequest) -> HttpResponse:
    """Keep the term in the session, as recipients have no place in addresses and logs."""
    form = RecipientSearchForm(request.POST)
    term = form.cleaned_data["to"] if form.is_valid() else ""
    key = searches.remember(request.session, term) if term else ""
    return redirect(here(request, search=key, page=""))


def here(request: ServiceRequest, **changes: Any) -> str:
    """This page's address with some of the query changed; another filter begins at page 1."""
    query = {k: v for k, v in request.GET.items() if k != "page"} | changes
    kept = {name: query.get(name) for name in ("status", "search", "page")}
    query = {name: value for name, value in kept.items() if value}
    return f"{request.path}?{urlencode(query)}" if query else request.path


def around(request: ServiceRequest, page: actions.SentPage) -> dict[str, str]:
    """The addresses of the pages before and after, with what their links say."""
    number = page.number
    after = _("page %(number)s") % {"number": number + 1}
    before = _("page %(number)s") % {"number": number - 1}
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
    kept = {name: v for name in ("status", "search") if (v := request.GET.get(name))}
    query = f"?{urlencode(kept)}" if kept else ""

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
            "figure": figures[name],
            "text": text,
            "url": here(request, status=name),
            "current": name == status,
        }
        for name, text in names.items()
    ]


def report_query(request: ServiceRequest, kind: str | None, status: str) -> str:
    """What to ask the report for; empty for those who may not have it."""
    if not may_use(request.user, request.service, ("view_activity",)):
        return ""
    return urlencode({"message_type": kind or "", "status": status})


@require_http_methods(["GET"])
@user_has_permissions("view_activity", "send_messages")
def view_notification(
    request: ServiceRequest, service_id: UUID, notification_id: UUID
) -> HttpResponseBase:
    line = actions.get_notification(
        service=request.service, notification_id=notification_id
    )
    return render_live(
        request,
        page="notifications/view.html",
        part="notifications/_status.html",
        context={
            "service": request.service,
            "line": line,
            "example": tours.example_of(request.session, service_id)
            if may_use(request.user, request.service, ("manage_templates",))
            else "",
            "preview": preview_of_message(line.message, line.values, line.is_redacted),
        },
        can_change=line.can_change,
    )


@require_http_methods(["GET", "POST"])
@user_has_permissions("view_activity", "send_messages")
def cancel_letter(
    request: ServiceRequest, service_id: UUID, notification_id: UUID
) -> HttpResponse:
    line = actions.get_notification(
        service=request.service, notification_id=notification_id
    )
    if line.kind != "letter":
        raise Http404(_("There is no such letter."))
    page = redirect("notifications:view", service_id, notification_id)
    if not line.can_be_cancelled:
        messages.error(request, _("It is too late to cancel this letter."))
        return page
    if request.method == "GET":
        context = {"service": request.service, "line": line}
        return render(request, "notifications/cancel.html", context)
    try:
        actions.cancel_letter(service=request.service, user=request.user, line=line)
    except Rejected as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("The letter is cancelled."))
    return page
