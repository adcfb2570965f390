"""One template: seen, written, changed, deleted."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from portal.message_templates import actions
from portal.message_templates.forms import TEMPLATE_FORMS, TemplateForm, initial_of
from portal.message_templates.models import Template
from portal.message_templates.previews import (
    PlaceholderChange,
    length_sentence,
    preview_of,
)
from portal.message_templates.views.choose import breadcrumbs, list_url
from portal.remote.errors import Rejected
from portal.users.permissions import user_has_permissions


def context_of(request: HttpRequest, template: Template, last: str) -> dict[str, Any]:
    """What every page about a template shows."""
    tree = actions.load_tree(service=request.service, user=request.user)
    return {
        "service": request.service,
        "template": template,
        "breadcrumbs": breadcrumbs(request, tree.path(template.folder_id), last),
    }


def get_template(request: HttpRequest, pk: UUID) -> Template:
    """The template of this service, or a page that says there is none."""
    try:
        return Template.objects.get(service=request.service.pk, pk=pk)
    except Template.DoesNotExist as missing:
        raise Http404(_("There is no such template.")) from missing


@require_http_methods(["GET"])
@user_has_permissions(allow_org_user=True)
def view_template(
    request: HttpRequest, service_id: UUID, template_id: UUID
) -> HttpResponse:
    template = get_template(request, template_id)
    service, user = request.service, request.user
    context = context_of(request, template, template.name)
    context |= {
        "preview": preview_of(template, service),
        "can_send": service.active
        and service.has_permission(template.template_type)
        and user.has_permission_for_service(service.pk, "send_messages"),
        "can_manage": user.has_permission_for_service(service.pk, "manage_templates"),
    }
    return render(request, "message_templates/view.html", context)


@require_http_methods(["GET", "POST"])
@user_has_permissions("manage_templates")
def add_service_template(
    request: HttpRequest,
    service_id: UUID,
    template_type: str,
    template_folder_id: UUID | None = None,
) -> HttpResponse:
    if not request.service.has_permission(template_type):
        return render(
            request,
            "message_templates/blocked.html",
            {"service": request.service, "template_type": template_type},
            status=403,
        )
    form = TEMPLATE_FORMS[template_type](request.POST or None)
    if form.is_valid():
        try:
            template_id = actions.create_template(
                service=request.service,
                user=request.user,
                template_type=template_type,
                folder_id=template_folder_id,
                **form.words(),
            )
        except Rejected as refusal:
            form.add_refusal(refusal)
        else:
            return redirect(
                "message_templates:view", service_id=service_id, template_id=template_id
            )
    tree = actions.load_tree(service=request.service, user=request.user)
    context = edit_context(request, form, template_type) | {
        "breadcrumbs": breadcrumbs(
            request, tree.path(template_folder_id), _("New template")
        ),
    }
    return render_form(request, "message_templates/edit.html", context)


def edit_context(
    request: HttpRequest, form: TemplateForm, template_type: str
) -> dict[str, Any]:
    """What the pages with the words of a template show."""
    return {
        "service": request.service,
        "form": form,
        "template_type": template_type,
        "length": length_sentence(
            template_type, str(form["content"].value() or ""), request.service
        ),
    }


def render_form(
    request: HttpRequest, template_name: str, context: dict[str, Any]
) -> HttpResponse:
    """Render a form's page, with status 400 when there is something to correct."""
    status = 400 if context["form"].is_bound and context["form"].errors else 200
    return render(request, template_name, context, status=status)


@require_http_methods(["GET", "POST"])
@user_has_permissions("manage_templates")
def edit_service_template(
    request: HttpRequest, service_id: UUID, template_id: UUID
) -> HttpResponse:
    template = get_template(request, template_id)
    form = TEMPLATE_FORMS[template.template_type](
        request.POST or None, initial=initial_of(template)
    )
    if form.is_valid():
        change = PlaceholderChange.between(template, form.words())
        if change and "confirm" not in request.POST:
            context = context_of(request, template, _("Confirm changes"))
            context |= {"form": form, "change": change}
            return render(request, "message_templates/breaking_change.html", context)
        if saved(request, template, form):
            return redirect(
                "message_templates:view", service_id=service_id, template_id=template_id
            )
    context = context_of(request, template, _("Edit"))
    context |= edit_context(request, form, template.template_type)
    return render_form(request, "message_templates/edit.html", context)


def saved(request: HttpRequest, template: Template, form: TemplateForm) -> bool:
    """Save the words; False when the API refuses, with the reason in the form."""
    try:
        actions.update_template(template=template, user=request.user, **form.words())
    except Rejected as refusal:
        form.add_refusal(refusal)
        return False
    return True


@require_http_methods(["GET", "POST"])
@user_has_permissions("manage_templates")
def delete_service_template(
    request: HttpRequest, service_id: UUID, template_id: UUID
) -> HttpResponse:
    template = get_template(request, template_id)
    if request.method == "POST":
        actions.delete_template(template=template, user=request.user)
        messages.success(
            request, _("The template “%(name)s” is deleted.") % {"name": template.name}
        )
        return redirect(list_url(request, folder_id=template.folder_id))
    used = actions.last_used(template=template)
    context = context_of(request, template, _("Delete"))
    context |= {
        "title": _("Delete “%(name)s”?") % {"name": template.name},
        "told": _("Integrations and scheduled files that use it will stop working."),
        "last_used": used,
        "show_last_used": True,
        "button": _("Delete this template"),
    }
    return render(request, "message_templates/confirm.html", context)


@require_http_methods(["GET", "POST"])
@user_has_permissions("manage_templates")
def redact_template(
    request: HttpRequest, service_id: UUID, template_id: UUID
) -> HttpResponse:
    template = get_template(request, template_id)
    if request.method == "POST":
        actions.redact_template(template=template, user=request.user)
        messages.success(
            request,
            _("Personalisation is now hidden in messages sent with this template."),
        )
        return redirect(
            "message_templates:view", service_id=service_id, template_id=template_id
        )
    context = context_of(request, template, _("Hide personalisation"))
    context |= {
        "title": _("Hide personalisation after sending?"),
        "told": _(
            "Nobody will be able to see what was filled in, in messages already sent "
            "or sent later. This cannot be undone."
        ),
        "button": _("Hide personalisation"),
    }
    return render(request, "message_templates/confirm.html", context)


@require_POST
@user_has_permissions()
def count_content_length(
    request: HttpRequest, service_id: UUID, template_type: str = "sms"
) -> HttpResponse:
    """The line under the message that says what it will be charged as."""
    content = request.POST.get("content", "")
    context = {"length": length_sentence(template_type, content, request.service)}
    return render(request, "message_templates/_length.html", context)
