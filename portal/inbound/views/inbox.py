"""The text messages that came in."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from portal.common.json_answers import json_answer
from portal.common.live import render_live
from portal.inbound import actions
from portal.inbound.conversations import Inbox, inbox_csv
from portal.users.permissions import (
    ServiceRequest,
    service_has_permission,
    user_has_permissions,
)

LONGEST_NUMBER = 6


@require_GET
@user_has_permissions("view_activity")
@service_has_permission("inbound_sms")
def inbox(request: ServiceRequest, service_id: UUID) -> HttpResponseBase:
    page = actions.load_inbox(service=request.service, page=page_number(request))
    return render_live(
        request,
        page="inbound/inbox.html",
        part="inbound/_inbox.html",
        context={"service": request.service, "inbox": page, **around(request, page)},
        can_change=True,
    )


@require_GET
@user_has_permissions("view_activity")
@service_has_permission("inbound_sms")
def inbox_updates(request: ServiceRequest, service_id: UUID) -> HttpResponseBase:
    page = actions.load_inbox(service=request.service, page=page_number(request))
    data = {
        "messages": [line.as_data for line in page.lines],
        "page": page.number,
        "has_next": page.has_next,
    }
    return json_answer(request, data)


@require_GET
@user_has_permissions("view_activity")
def inbox_download(request: ServiceRequest, service_id: UUID) -> HttpResponse:
    name = f"received-text-messages-{timezone.localdate()}.csv"
    return HttpResponse(
        inbox_csv(actions.load_received(service=request.service)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def page_number(request: ServiceRequest) -> int:
    """The page asked for; 1 when it is no number."""
    text = request.GET.get("page", "1")
    usable = text.isdecimal() and len(text) <= LONGEST_NUMBER
    return max(1, int(text)) if usable else 1


def around(request: ServiceRequest, page: Inbox) -> dict[str, Any]:
    """The addresses of the pages before and after, with what their links say."""
    number = page.number
    named = _("page %(number)s")
    return {
        "next_url": f"{request.path}?page={number + 1}" if page.has_next else "",
        "next_label": named % {"number": number + 1},
        "previous_url": f"{request.path}?page={number - 1}" if number > 1 else "",
        "previous_label": named % {"number": number - 1},
    }
