"""What a service and one phone number have said, and an answer with a template."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from portal.common.json_answers import json_answer
from portal.common.live import render_live
from portal.inbound import actions
from portal.inbound.conversations import readable
from portal.message_templates.actions import load_tree
from portal.message_templates.previews import message_of
from portal.notifications.drafts import Draft
from portal.notifications.sendable import template_to_send
from portal.remote.parallel import together
from portal.users.permissions import ServiceRequest, may_use, user_has_permissions


@require_GET
@user_has_permissions("view_activity")
def conversation(
    request: ServiceRequest, service_id: UUID, notification_id: UUID
) -> HttpResponseBase:
    number = actions.number_of(service=request.service, notification_id=notification_id)
    found = actions.load_conversation(service=request.service, number=number)
    context: dict[str, Any] = {
        "service": request.service,
        "conversation": found,
        "notification_id": notification_id,
        "has_inbox": request.service.has_permission("inbound_sms"),
        "can_reply": may_use(request.user, request.service, ("send_messages",)),
    }
    return render_live(
        request,
        page="inbound/conversation.html",
        part="inbound/_messages.html",
        context=context,
        can_change=True,
    )


@require_GET
@user_has_permissions("view_activity")
def conversation_updates(
    request: ServiceRequest, service_id: UUID, notification_id: UUID
) -> HttpResponseBase:
    number = actions.number_of(service=request.service, notification_id=notification_id)
    found = actions.load_conversation(service=request.service, number=number)
    data = {
        "user_number": found.number,
        "messages": [message.as_data for message in found.messages],
    }
    return json_answer(request, data)


@require_GET
@user_has_permissions("send_messages")
def conversation_reply(
    request: ServiceRequest,
    service_id: UUID,
    notification_id: UUID,
    from_folder: UUID | None = None,
) -> HttpResponse:
    # What itself reads side by side comes first: only there it still can.
    tree, number = together(
        lambda: load_tree(service=request.service, user=request.user),
        lambda: actions.number_of(
            service=request.service, notification_id=notification_id
        ),
    )
    if not tree.shows(from_folder):
        raise Http404(_("There is no such folder."))
    words = request.GET.get("search", "").strip()
    found = (
        tree.search(words, from_folder, "sms")
        if words
        else tree.inside(from_folder, "sms")
    )
    context = {
        "service": request.service,
        "notification_id": notification_id,
        "number": readable(number),
        "path": tree.path(from_folder),
        "items": found,
        "words": words,
    }
    return render(request, "inbound/reply.html", context)


@require_GET
@user_has_permissions("send_messages")
def conversation_reply_with_template(
    request: ServiceRequest, service_id: UUID, notification_id: UUID, template_id: UUID
) -> HttpResponse:
    template, number = together(
        lambda: template_to_send(request, template_id),
        lambda: actions.number_of(
            service=request.service, notification_id=notification_id
        ),
    )
    message = message_of(template, request.service)
    if message.kind != "sms":
        raise Http404(_("Only text messages can be an answer."))
    draft = Draft.load(request, template_id)
    draft.fill(message.recipient_columns[0], readable(number))
    draft.save(request)
    return redirect("notifications:one_off_step", service_id, template_id, 1)
