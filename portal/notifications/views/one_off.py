"""One message, step by step: sender, recipient, placeholders."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.message_templates.models import Template
from portal.message_templates.previews import message_of, preview_of_message
from portal.messages.templates import ADDRESS_LINES, MessageTemplate
from portal.notifications import actions
from portal.notifications.drafts import Draft, first_open_step, steps_of
from portal.notifications.forms import AddressForm, SenderForm, StepForm
from portal.notifications.limits import limits_of, permissions_of
from portal.notifications.sendable import template_to_send
from portal.users.permissions import ServiceRequest, user_has_permissions

READ_AND_WRITE = require_http_methods(["GET", "POST"])
# In the address of a step: the check page led there, and comes next.
CHANGE = "change"


def title_of(template: Template) -> str:
    """Return the heading of the pages on the way to a message."""
    return _("Send “%(name)s”") % {"name": template.name}


@READ_AND_WRITE
@user_has_permissions("send_messages")
def set_sender(
    request: ServiceRequest, service_id: UUID, template_id: UUID
) -> HttpResponse:
    template = template_to_send(request, template_id)
    draft = Draft.load(request, template_id)
    senders = actions.load_senders(service=request.service, kind=template.template_type)
    to_csv = request.GET.get("from") == "csv"
    onward = "jobs:upload" if to_csv else "notifications:one_off"
    if len(senders) < 2:
        draft.sender_id = ""
        draft.save(request)
        return redirect(onward, service_id, template_id)
    chosen = {"sender": draft.sender_id or senders[0].id}
    form = SenderForm(request.POST or None, senders=senders, initial=chosen)
    if form.is_valid():
        draft.sender_id = form.cleaned_data["sender"]
        draft.save(request)
        return redirect(onward, service_id, template_id)
    context = {"service": request.service, "template": template, "form": form}
    status = 400 if form.errors else 200
    return render(request, "notifications/set_sender.html", context, status=status)


@require_http_methods(["GET"])
@user_has_permissions("send_messages")
def send_one_off(
    request: ServiceRequest, service_id: UUID, template_id: UUID
) -> HttpResponse:
    template = template_to_send(request, template_id)
    if template.template_type == "letter":
        return redirect("notifications:one_off_address", service_id, template_id)
    return redirect("notifications:one_off_step", service_id, template_id, 0)


@require_http_methods(["GET"])
@user_has_permissions("send_messages")
def send_one_off_to_myself(
    request: ServiceRequest, service_id: UUID, template_id: UUID
) -> HttpResponse:
    template = template_to_send(request, template_id)
    message = message_of(template, request.service)
    own = {"sms": request.user.mobile_number, "email": request.user.email_address}
    draft = Draft.load(request, template_id)
    if not (recipient := own.get(message.kind)):
        return redirect("notifications:one_off", service_id, template_id)
    draft.fill(message.recipient_columns[0], recipient)
    draft.save(request)
    return onwards(request, message, template_id, 1)


def onwards(
    request: ServiceRequest, message: MessageTemplate, template_id: UUID, step: int
) -> HttpResponse:
    """Go to a step, or to the check page when there is none left or but one was changed."""
    service_id = request.service.pk
    if step < len(steps_of(message)) and CHANGE not in request.GET:
        return redirect("notifications:one_off_step", service_id, template_id, step)
    return redirect("notifications:check", service_id, template_id)


@READ_AND_WRITE
@user_has_permissions("send_messages")
def send_one_off_letter_address(
    request: ServiceRequest, service_id: UUID, template_id: UUID
) -> HttpResponse:
    template = template_to_send(request, template_id)
    message = message_of(template, request.service)
    if message.kind != "letter":
        return redirect("notifications:one_off", service_id, template_id)
    draft = Draft.load(request, template_id)
    if "discard" in request.POST:
        return start_again(request, draft, template_id)
    abroad = "international_letters" in permissions_of(request.service)
    form = AddressForm(
        request.POST or None,
        initial={"address": draft.address()},
        allow_international=abroad,
    )
    if form.is_valid():
        lines = form.cleaned_data["address"]
        for number, name in enumerate(ADDRESS_LINES):
            draft.fill(name, lines[number] if number < len(lines) else "")
        draft.save(request)
        return onwards(request, message, template_id, 1)
    context = step_context(request, template, message, draft) | {"form": form}
    status = 400 if form.errors else 200
    return render(request, "notifications/step.html", context, status=status)


@READ_AND_WRITE
@user_has_permissions("send_messages")
def send_one_off_step(
    request: ServiceRequest, service_id: UUID, template_id: UUID, step_index: int
) -> HttpResponse:
    template = template_to_send(request, template_id)
    message = message_of(template, request.service)
    steps = steps_of(message)
    if step_index >= len(steps):
        return redirect("notifications:check", service_id, template_id)
    if message.kind == "letter" and step_index == 0:
        return redirect("notifications:one_off_address", service_id, template_id)
    draft, name = Draft.load(request, template_id), steps[step_index]
    if "discard" in request.POST:
        return start_again(request, draft, template_id)
    if request.headers.get("HX-Request") == "true":
        draft.fill(name, request.POST.get("value", ""))
        context = step_context(request, template, message, draft)
        return render(request, "message_templates/_preview.html", context)
    form = StepForm(
        request.POST or None,
        name=name,
        kind=message.kind if step_index == 0 else "",
        limits=limits_of(request.service, message.kind),
        shown_if_yes=message.shown_if_yes(name),
        initial={"value": draft.value(name)},
    )
    if form.is_valid():
        draft.fill(name, form.cleaned_data["value"])
        draft.save(request)
        return onwards(request, message, template_id, step_index + 1)
    context = step_context(request, template, message, draft, step_index)
    context |= {"form": form}
    status = 400 if form.errors else 200
    return render(request, "notifications/step.html", context, status=status)


def start_again(
    request: ServiceRequest, draft: Draft, template_id: UUID
) -> HttpResponse:
    """Drop what was filled in, and ask the first question."""
    draft.forget(request)
    return redirect("notifications:one_off", request.service.pk, template_id)


def step_context(
    request: ServiceRequest,
    template: Template,
    message: MessageTemplate,
    draft: Draft,
    step: int = 0,
) -> dict[str, Any]:
    """Return what every step shows: the question and the message so far."""
    return {
        "service": request.service,
        "template": template,
        "title": title_of(template),
        "is_first": step == 0,
        "back_url": back_url(request, template, message, step),
        "preview": preview_of_message(message, draft.columns()),
        "recipient": draft.value(message.recipient_columns[0]),
        "draft": draft,
    }


def back_url(
    request: ServiceRequest, template: Template, message: MessageTemplate, step: int
) -> str:
    """Return the address of the page before a step."""
    names = (request.service.pk, template.pk)
    if CHANGE in request.GET:
        return reverse("notifications:check", args=names)
    if step == 0:
        return reverse("message_templates:view", args=names)
    return step_url(request, template, message, step - 1)


def step_url(
    request: ServiceRequest, template: Template, message: MessageTemplate, step: int
) -> str:
    """Return the address of the page that asks a question."""
    names = (request.service.pk, template.pk)
    if step == 0 and message.kind == "letter":
        return reverse("notifications:one_off_address", args=names)
    return reverse("notifications:one_off_step", args=(*names, step))


def missing_step(
    request: ServiceRequest, message: MessageTemplate, draft: Draft, template_id: UUID
) -> HttpResponse | None:
    """Return the way to the first question without an answer, if there is one."""
    step = first_open_step(message, draft)
    return None if step is None else onwards(request, message, template_id, step)
