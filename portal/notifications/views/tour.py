"""The tour of a first service: an example goes to the newcomer's own phone."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from portal.message_templates.actions import delete_template
from portal.message_templates.models import Template
from portal.message_templates.previews import message_of, preview_of_message
from portal.notifications import tours
from portal.notifications.drafts import Draft, first_open_step, steps_of
from portal.notifications.forms import StepForm
from portal.notifications.limits import limits_of
from portal.notifications.sendable import template_to_send
from portal.notifications.views.one_off import step_context
from portal.users.permissions import ServiceRequest, user_has_permissions

FIRST_QUESTION = 1


@require_GET
@user_has_permissions("send_messages")
def begin_tour(
    request: ServiceRequest, service_id: UUID, template_id: UUID
) -> HttpResponse:
    template = template_to_send(request, template_id)
    message = message_of(template, request.service)
    if message.kind != "sms" or not request.user.mobile_number:
        return redirect("message_templates:view", service_id, template_id)
    draft = Draft.load(request, template_id)
    draft.values = {}
    draft.fill(message.recipient_columns[0], request.user.mobile_number)
    draft.save(request)
    tours.begin(request.session, service_id, template_id)
    context = {
        "service": request.service,
        "template": template,
        "preview": preview_of_message(message),
        "first_step": FIRST_QUESTION,
    }
    return render(request, "notifications/tour.html", context)


@require_http_methods(["GET", "POST"])
@user_has_permissions("send_messages", restrict_admin_usage=True)
def tour_step(
    request: ServiceRequest, service_id: UUID, template_id: UUID, step_index: int
) -> HttpResponse:
    template = template_to_send(request, template_id)
    message = message_of(template, request.service)
    steps, draft = steps_of(message), Draft.load(request, template_id)
    if not FIRST_QUESTION <= step_index < len(steps):
        return redirect("notifications:check_tour", service_id, template_id)
    name = steps[step_index]
    if request.headers.get("HX-Request") == "true":
        draft.fill(name, request.POST.get("value", ""))
        context = step_context(request, template, message, draft)
        return render(request, "message_templates/_preview.html", context)
    form = StepForm(
        request.POST or None,
        name=name,
        kind="",
        limits=limits_of(request.service, message.kind),
        shown_if_yes=message.shown_if_yes(name),
        initial={"value": draft.value(name)},
    )
    if form.is_valid():
        draft.fill(name, form.cleaned_data["value"])
        draft.save(request)
        return redirect(
            "notifications:tour_step", service_id, template_id, step_index + 1
        )
    context = step_context(request, template, message, draft, step_index)
    back = tours.address(service_id, template_id, step_index - 1)
    context |= {"form": form, "back_url": back}
    status = 400 if form.errors else 200
    return render(request, "notifications/step.html", context, status=status)


@require_GET
@user_has_permissions("send_messages", restrict_admin_usage=True)
def check_tour_notification(
    request: ServiceRequest, service_id: UUID, template_id: UUID
) -> HttpResponse:
    template = template_to_send(request, template_id)
    message = message_of(template, request.service)
    draft = Draft.load(request, template_id)
    if (step := first_open_step(message, draft)) is not None:
        return redirect(tours.address(service_id, template_id, step))
    context = {
        "service": request.service,
        "template": template,
        "preview": preview_of_message(message, draft.columns()),
        "recipient": draft.value(message.recipient_columns[0]),
        "back_url": tours.address(service_id, template_id, len(steps_of(message)) - 1),
    }
    return render(request, "notifications/tour_check.html", context)


@require_http_methods(["GET", "POST"])
@user_has_permissions("manage_templates")
def go_to_dashboard_after_tour(
    request: ServiceRequest, service_id: UUID, example_template_id: UUID
) -> HttpResponse:
    example = Template.objects.filter(
        service=service_id, pk=example_template_id
    ).first()
    if example is None or example.archived:
        tours.end(request.session)
        return redirect("services:dashboard", service_id)
    if request.method == "GET":
        context = {"service": request.service, "template": example}
        return render(request, "notifications/tour_end.html", context)
    if "delete" in request.POST:
        delete_template(template=example, user=request.user)
    tours.end(request.session)
    return redirect("services:dashboard", service_id)
