"""The last look at one message before it is sent, and the sending."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.common import audit
from portal.message_templates.models import Template
from portal.message_templates.previews import message_of, preview_of_message
from portal.messages.email import EmailMessage
from portal.messages.formats.words import message_count
from portal.messages.templates import MessageTemplate
from portal.notifications import actions
from portal.notifications.drafts import Draft, steps_of
from portal.notifications.refusals import sentence_of
from portal.notifications.sendable import template_to_send
from portal.notifications.views.one_off import back_url, missing_step
from portal.remote.errors import Conflict, RateLimited, Rejected
from portal.users.permissions import ServiceRequest, user_has_permissions


@require_http_methods(["GET", "POST"])
def check_notification(
    request: ServiceRequest, service_id: UUID, template_id: UUID
) -> HttpResponseBase:
    """Show the message, or send it: these are allowed to different people."""
    view = _send if request.method == "POST" else _check
    return view(request, service_id, template_id)


@user_has_permissions("send_messages")
def _check(
    request: ServiceRequest, service_id: UUID, template_id: UUID
) -> HttpResponse:
    template = template_to_send(request, template_id)
    message = message_of(template, request.service)
    draft = Draft.load(request.session, template_id)
    if missing := missing_step(request, message, draft, template_id):
        return missing
    return _page(request, template, message, draft)


@user_has_permissions("send_messages", restrict_admin_usage=True)
def _send(request: ServiceRequest, service_id: UUID, template_id: UUID) -> HttpResponse:
    template = template_to_send(request, template_id)
    message = message_of(template, request.service)
    draft = Draft.load(request.session, template_id)
    if missing := missing_step(request, message, draft, template_id):
        return missing
    try:
        sent = actions.send_notification(
            service=request.service, message=message, draft=draft
        )
    except (Rejected, RateLimited, Conflict) as refusal:
        told = sentence_of(refusal, request.service, message)
        return _page(request, template, message, draft, refusal=told)
    draft.forget(request.session)
    audit.record(
        actor=request.user,
        action="sent",
        model="notifications.notification",
        object_id=sent,
        object_repr=template.name,
    )
    messages.success(request, _told_sent(message.kind))
    return redirect("notifications:view", service_id, sent)


def _told_sent(kind: str) -> str:
    told = {
        "sms": _("Your text message has been sent."),
        "email": _("Your email has been sent."),
        "letter": _("Your letter has been sent for printing."),
    }
    return told[kind]


def _page(
    request: ServiceRequest,
    template: Template,
    message: MessageTemplate,
    draft: Draft,
    refusal: str = "",
) -> HttpResponse:
    error = refusal or _error_of(message, draft)
    context: dict[str, Any] = {
        "service": request.service,
        "template": template,
        "preview": preview_of_message(message, draft.columns()),
        "recipient": draft.value(message.recipient_columns[0]),
        "errors": [("", error)] if error else [],
        "page_has_errors": bool(error),
        "can_send": not error or bool(refusal),
        "send_label": _("Send %(count)s") % {"count": message_count(1, message.kind)},
        "cost": _cost(message, draft),
        "back_url": back_url(request, template, message, len(steps_of(message))),
    }
    return render(request, "notifications/check.html", context)


def _cost(message: MessageTemplate, draft: Draft) -> str:
    if message.kind != "sms":
        return ""
    parts = message.text_message(draft.columns()).parts
    return _("Will be charged as %(count)s.") % {"count": message_count(parts, "sms")}


def _error_of(message: MessageTemplate, draft: Draft) -> str:
    """Say what is wrong with the message as a whole, before the API has to."""
    if message.kind == "sms":
        text = message.text_message(draft.columns())
        too_long, empty = text.is_too_long, text.is_empty
    elif message.kind == "email":
        email = EmailMessage(message.heading, message.body, draft.columns())
        too_long, empty = email.is_too_long, email.is_empty
    else:
        return ""
    if too_long:
        return _("The message is too long. Shorten what you have filled in.")
    return _("The message is empty. Fill something in.") if empty else ""
