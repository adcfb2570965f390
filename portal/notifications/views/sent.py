"""What was sent: the list with its filters and search, and one message."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.common.live import is_partial, render_live
from portal.message_templates.previews import preview_of_message
from portal.notifications import actions, letters, searches, statuses, tours
from portal.notifications.filters import SentFilters
from portal.notifications.forms import RecipientSearchForm, SentFiltersForm
from portal.notifications.views.links import around, filter_links, here, kept_query
from portal.remote.errors import Rejected
from portal.users.permissions import ServiceRequest, may_use, user_has_permissions

LONGEST_NUMBER = 6


@require_http_methods(["GET", "POST"])
@user_has_permissions()
def view_notifications(
    request: ServiceRequest, service_id: UUID, message_type: str | None = None
) -> HttpResponseBase:
    if request.method == "POST":
        return remember_search(request)
    if "choose" in request.GET:
        return choose_filters(request)
    sought = searches.recall(request.session, request.GET.get("search", ""))
    if sought is None:
        messages.info(request, _("That search is over. Search again."))
        return redirect(here(request, search="", page=""))
    asked = asked_of(request, message_type, sought)
    page = actions.list_sent(service=request.service, asked=asked)
    return render_live(
        request,
        page="notifications/list.html",
        part="notifications/_list.html",
        context={
            "service": request.service,
            "page": page,
            "asked": asked,
            "search_form": RecipientSearchForm(
                initial={"to": sought}, kind=message_type
            ),
            **around(request, page),
            **filter_links(request, asked, page),
        },
        can_change=page.can_change,
    )


def asked_of(
    request: ServiceRequest, message_type: str | None, sought: str
) -> actions.Asked:
    """What the address asks of the list."""
    status = request.GET.get("status", "")
    return actions.Asked(
        kind=message_type,
        status=status if status in statuses.FILTERS else "",
        sought=sought,
        page=page_number(request),
        filters=SentFilters.read(request.GET),
    )


def choose_filters(request: ServiceRequest) -> HttpResponse:
    """Ask what to narrow the list to; the answer becomes its address."""
    choices = actions.load_filter_choices(service=request.service)
    asked = request.GET if "first_day_day" in request.GET else None
    form = SentFiltersForm(
        asked,
        choices=choices,
        initial=dict(SentFilters.read(request.GET).as_initial()),
    )
    if form.is_valid():
        return redirect(here(request, **form.filters().as_query()))
    context = {
        "service": request.service,
        "form": form,
        "kept": kept_query(request),
        "list_url": here(request),
    }
    return render(request, "notifications/filters.html", context)


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


@require_http_methods(["GET"])
@user_has_permissions("view_activity", "send_messages")
def view_notification(
    request: ServiceRequest, service_id: UUID, notification_id: UUID
) -> HttpResponseBase:
    line = actions.get_notification(
        service=request.service, notification_id=notification_id
    )
    pages = (
        None
        if is_partial(request)
        else letters.sent_pages(service=request.service, line=line)
    )
    return render_live(
        request,
        page="notifications/view.html",
        part="notifications/_status.html",
        context={
            "service": request.service,
            "line": line,
            "example": tours.example_of(
                request.session, service_id, line.template["id"]
            )
            if may_use(request.user, request.service, ("manage_templates",))
            else "",
            "preview": preview_of_message(
                line.message,
                line.values,
                line.is_redacted,
                None if line.is_uploaded_letter else pages,
            ),
            "uploaded_pages": pages if line.is_uploaded_letter else None,
            "failure": ""
            if is_partial(request)
            else letters.failure_of(service=request.service, line=line),
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
