"""One template: seen, deleted, its personalisation hidden."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.letters.drawing import Letter
from portal.letters.pictures import shown_pages
from portal.message_templates import actions
from portal.message_templates.forms.words import RenameForm
from portal.message_templates.previews import plain_email, preview_of
from portal.message_templates.views.access import list_url, opened, opened_to_change
from portal.message_templates.views.edit import render_form, saved
from portal.users.permissions import ServiceRequest, user_has_permissions


@require_http_methods(["GET"])
@user_has_permissions(allow_org_user=True)
def view_template(
    request: ServiceRequest, service_id: UUID, template_id: UUID
) -> HttpResponse:
    page = opened(request, template_id)
    pages = shown_pages(
        Letter.of(page.template, request.service),
        "message_templates:picture",
        *(service_id, template_id),
    )
    context = page.context() | {
        "preview": preview_of(page.template, request.service, pages=pages),
        "plain_email": plain_email(page.template, request.service),
        "can_send": page.can_send,
        "can_manage": page.can_manage,
    }
    return render(request, "message_templates/view.html", context)


@require_http_methods(["GET", "POST"])
@user_has_permissions("manage_templates")
def delete_service_template(
    request: ServiceRequest, service_id: UUID, template_id: UUID
) -> HttpResponse:
    is_asking = request.method == "GET"
    page = opened_to_change(
        request,
        template_id,
        lambda: (
            actions.last_used(service=request.service, template_id=template_id)
            if is_asking
            else None
        ),
    )
    if page.template.archived:
        return redirect(page.url)
    named = {"name": page.template.name}
    if not is_asking:
        actions.delete_template(template=page.template, user=request.user)
        told = _("The template “%(name)s” is deleted.") % named
        messages.success(request, told)
        return redirect(list_url(request, folder_id=page.template.folder_id))
    context = page.context(_("Delete")) | {
        "title": _("Delete “%(name)s”?") % named,
        "told": _("Integrations and scheduled files that use it will stop working."),
        "last_used": page.beside,
        "show_last_used": True,
        "button": _("Delete this template"),
        "cancel_url": page.url,
    }
    return render(request, "message_templates/confirm.html", context)


@require_http_methods(["GET", "POST"])
@user_has_permissions("manage_templates")
def redact_template(
    request: ServiceRequest, service_id: UUID, template_id: UUID
) -> HttpResponse:
    page = opened_to_change(request, template_id)
    if page.template.archived:
        return redirect(page.url)
    if request.method == "POST":
        if not page.template.redact_personalisation:
            actions.redact_template(template=page.template, user=request.user)
        told = _("Personalisation is now hidden in messages sent with this template.")
        messages.success(request, told)
        return redirect(page.url)
    context = page.context(_("Hide personalisation")) | {
        "title": _("Hide personalisation after sending?"),
        "told": _(
            "Nobody will be able to see what was filled in, in messages already sent "
            "or sent later. This cannot be undone."
        ),
        "button": _("Hide personalisation"),
        "cancel_url": page.url,
    }
    return render(request, "message_templates/confirm.html", context)


@require_http_methods(["GET", "POST"])
@user_has_permissions("manage_templates")
def rename_template(
    request: ServiceRequest, service_id: UUID, template_id: UUID
) -> HttpResponse:
    page = opened_to_change(request, template_id)
    if page.template.archived:
        return redirect(page.url)
    form = RenameForm(request.POST or None, initial={"name": page.template.name})
    if form.is_valid() and saved(page, form):
        messages.success(request, _("The template has its new name."))
        return redirect(page.url)
    title = _("Rename template")
    context = page.context(title)
    context |= {"form": form, "title": title, "cancel_url": page.url}
    return render_form(request, "message_templates/choice.html", context)
