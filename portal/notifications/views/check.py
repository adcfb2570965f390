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
from portal.common.once import make_once
from portal.letters.drawing import Letter
from portal.letters.pictures import ShownPages, shown_pages
from portal.message_templates.models import Template
from portal.message_templates.previews import message_of, preview_of_message
from portal.messages.email import EmailMessage
from portal.messages.formats.words import message_count
from portal.messages.templates import MessageTemplate
from portal.notifications import actions
from portal.notifications.drafts import Draft, first_open_step, steps_of
from portal.notifications.forms import SendForm
from portal.notifications.refusals import sentence_of
from portal.notifications.sendable import template_to_send
from portal.notifications.views.one_off import (
    CHANGE,
    back_url,
    missing_step,
    step_url,
)
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
    draft = Draft.load(request, template_id)
    if missing := missing_step(request, message, draft, template_id):
        return missing
    pages = _pages_of(request, template, draft)
    return _page(request, template, message, draft, pages)


@user_has_permissions("send_messages", restrict_admin_usage=True)
def _send(request: ServiceRequest, service_id: UUID, template_id: UUID) -> HttpResponse:
    template = template_to_send(request, template_id)
    message = message_of(template, request.service)
    draft = Draft.load(request, template_id)
    is_open = first_open_step(message, draft) is not None
    pages = None if is_open else _pages_of(request, template, draft)
    if pages and pages.complaint:
        return _page(request, template, message, draft, pages)

    def send() -> str:
        if is_open:
            raise _Unfinished
        sent = actions.send_notification(
            service=request.service, message=message, draft=draft
        )
        draft.forget(request)
        audit.record(
            actor=request.user,
            action="sent",
            model="notifications.notification",
            object_id=sent,
            object_repr=template.name,
        )
        return sent

    try:
        sent = make_once(SendForm(request.POST).name(), send, by=request.user.pk)
    except _Unfinished:
        return redirect("notifications:one_off", service_id, template_id)
    except (Rejected, RateLimited, Conflict) as refusal:
        told = sentence_of(refusal, request.service, message)
        return _page(request, template, message, draft, pages, refusal=told)
    messages.success(request, _told_sent(message.kind))
    if not sent:
        # The first of two clicks is still under way.
        return redirect("notifications:list", service_id)
    return redirect("notifications:view", service_id, sent)


def _pages_of(
    request: ServiceRequest, template: Template, draft: Draft
) -> ShownPages | None:
    letter = Letter.of(template, request.service, draft.columns())
    names = (request.service.pk, template.pk)
    return shown_pages(letter, "notifications:check_picture", *names)


class _Unfinished(Exception):
    """Something is not filled in yet, or was sent meanwhile."""


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
    pages: ShownPages | None,
    refusal: str = "",
) -> HttpResponse:
    error = refusal or _error_of(message, draft, pages)
    context: dict[str, Any] = {
        "service": request.service,
        "template": template,
        "preview": preview_of_message(message, draft.columns(), pages=pages),
        "rows": _answers(request, template, message, draft),
        "errors": [("", error)] if error else [],
        "page_has_errors": bool(error),
        "can_send": not error or bool(refusal),
        "send_label": _("Send %(count)s") % {"count": message_count(1, message.kind)},
        "cost": _cost(message, draft, pages),
        "form": SendForm(),
        "back_url": back_url(request, template, message, len(steps_of(message))),
    }
    return render(request, "notifications/check.html", context)


def _answers(
    request: ServiceRequest,
    template: Template,
    message: MessageTemplate,
    draft: Draft,
) -> list[dict[str, str]]:
    """What was filled in, each with the way to change it."""
    rows = []
    for step, name in enumerate(steps_of(message)):
        is_address = step == 0 and message.kind == "letter"
        rows.append(
            {
                "key": _("Address") if is_address else name,
                "value": draft.address() if is_address else draft.value(name),
                "url": f"{step_url(request, template, message, step)}?{CHANGE}=yes",
            }
        )
    return rows


def _cost(message: MessageTemplate, draft: Draft, pages: ShownPages | None) -> str:
    if message.kind == "email":
        return _("Emails are free.")
    if message.kind == "letter":
        cost = actions.letter_cost(pages.count, pages.postage) if pages else None
        return _("Costs £%(cost)s.") % {"cost": f"{cost:.2f}"} if cost else ""
    parts = message.text_message(draft.columns()).parts
    return _("Will be charged as %(count)s.") % {"count": message_count(parts, "sms")}


def _error_of(message: MessageTemplate, draft: Draft, pages: ShownPages | None) -> str:
    """Say what is wrong with the message as a whole, before the API has to."""
    if message.kind == "sms":
        text = message.text_message(draft.columns())
        too_long, empty = text.is_too_long, text.is_empty
    elif message.kind == "email":
        email = EmailMessage(message.heading, message.body, draft.columns())
        too_long, empty = email.is_too_long, email.is_empty
    else:
        return pages.complaint if pages else ""
    if too_long:
        return _("The message is too long. Shorten what you have filled in.")
    return _("The message is empty. Fill something in.") if empty else ""
