"""What the pages of sent messages show, as JSON."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.common.json_answers import json_answer
from portal.notifications import actions, searches
from portal.notifications.forms import RecipientSearchForm
from portal.notifications.views.sent import asked_of
from portal.users.permissions import ServiceRequest, user_has_permissions


@require_http_methods(["GET", "POST"])
@user_has_permissions()
def get_notifications_page_partials_as_json(
    request: ServiceRequest, service_id: UUID, message_type: str | None = None
) -> HttpResponseBase:
    asked = asked_of(request, message_type, sought(request))
    page = actions.list_sent(service=request.service, asked=asked)
    return json_answer(
        request,
        {
            "notifications": [line.as_data for line in page.lines],
            "counts": {
                "total": page.figures.get(""),
                "sending": page.figures.get("sending"),
                "delivered": page.figures.get("delivered"),
                "failed": page.figures.get("failed"),
            },
            "page": page.number,
            "has_next": page.has_next,
        },
    )


def sought(request: ServiceRequest) -> str:
    """The recipient that is searched for: posted, or remembered by the page's search."""
    if request.method == "POST":
        form = RecipientSearchForm(request.POST)
        return str(form.cleaned_data["to"]) if form.is_valid() else ""
    found = searches.recall(request.session, request.GET.get("search", ""))
    if found is None:
        raise Http404(_("That search is over. Search again."))
    return found


@require_http_methods(["GET"])
@user_has_permissions("view_activity", "send_messages")
def view_notification_updates(
    request: ServiceRequest, service_id: UUID, notification_id: UUID
) -> HttpResponseBase:
    line = actions.get_notification(
        service=request.service, notification_id=notification_id
    )
    return json_answer(request, {"notification": line.as_data})
