"""Files that e-mails link to: listed, attached, made live, changed, removed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from portal.common.forms import PortalForm
from portal.message_templates import actions
from portal.message_templates.attached import AttachedFile, preview_url
from portal.message_templates.views.access import Opened, may, opened_to_change
from portal.message_templates.views.edit import render_form
from portal.remote.errors import Rejected
from portal.services.actions import change_contact_details
from portal.services.forms import ContactDetailsForm, initial_contact
from portal.users.permissions import ServiceRequest, user_has_permissions

READ_AND_WRITE = require_http_methods(["GET", "POST"])


def opened_email(
    request: ServiceRequest, template_id: UUID, file_id: UUID | None = None
) -> Opened:
    """Open an e-mail template to change it, and one of its files beside it.

    Raises Http404 for other kinds, for deleted ones, and for what is not its file.
    """

    def beside() -> AttachedFile | None:
        if file_id is None:
            return None
        return actions.load_email_file(
            service=request.service, template_id=template_id, file_id=file_id
        )

    try:
        page = opened_to_change(request, template_id, beside)
    except actions.NoSuchFile as missing:
        raise Http404(_("There is no such file.")) from missing
    if page.template.template_type != "email" or page.template.archived:
        raise Http404(_("There is no such email template."))
    return page


def url_of(page: Opened, name: str = "email_files", *more: Any) -> str:
    """The address of one of these pages."""
    service_id = page.request.service.pk
    return reverse(
        f"message_templates:{name}", args=[service_id, page.template.pk, *more]
    )


def file_context(page: Opened, title: str, *, inside: bool = True) -> dict[str, Any]:
    """What these pages show."""
    context = page.context(title)
    if inside:
        files = {"text": _("Files"), "url": url_of(page)}
        context["breadcrumbs"].insert(-1, files)
    return context | {"title": title, "cancel_url": url_of(page)}


@require_http_methods(["GET"])
@user_has_permissions("manage_templates")
def template_email_files(
    request: ServiceRequest, service_id: UUID, template_id: UUID
) -> HttpResponse:
    page = opened_email(request, template_id)
    if not request.service.contact_link:
        return redirect(url_of(page, "email_files_setup"))
    files = page.template.email_files
    if not files:
        return redirect(url_of(page, "email_file_upload"))
    context = file_context(page, _("Files"), inside=False)
    context["files"] = [
        {
            "file": file,
            "url": url_of(page, "email_file", file.id),
            "is_in": file.is_in(page.template.content),
        }
        for file in files
    ]
    return render(request, "message_templates/email_files.html", context)


@READ_AND_WRITE
@user_has_permissions("manage_templates")
def setup_template_email_files(
    request: ServiceRequest, service_id: UUID, template_id: UUID
) -> HttpResponse:
    page = opened_email(request, template_id)
    can_set_up = may(request, "manage_service")
    is_sent = request.method == "POST" and can_set_up
    form = ContactDetailsForm(
        request.POST if is_sent else None,
        initial=initial_contact(request.service.contact_link),
    )
    if form.is_valid() and set_up(page, form):
        messages.success(request, _("The contact details are saved."))
        return redirect(url_of(page))
    context = file_context(page, _("Send files by email"), inside=False)
    context |= {"form": form, "can_set_up": can_set_up}
    return render_form(request, "message_templates/email_files_setup.html", context)


def set_up(page: Opened, form: ContactDetailsForm) -> bool:
    """Save the contact details; False when the API refuses, with the reason in the form."""
    try:
        change_contact_details(
            service=page.request.service,
            by=page.request.user,
            contact_link=form.cleaned_data["contact_link"],
        )
    except Rejected as refusal:
        form.add_refusal(refusal, {"contact_link": form.cleaned_data["kind"]})
        return False
    return True


@READ_AND_WRITE
@user_has_permissions("manage_templates")
def manage_a_template_email_file(
    request: ServiceRequest,
    service_id: UUID,
    template_id: UUID,
    template_email_file_id: UUID,
) -> HttpResponse:
    page = opened_email(request, template_id, template_email_file_id)
    file: AttachedFile = page.beside
    if request.GET.get("delete"):
        return remove(page, file)
    context = file_context(page, file.filename) | {
        "file": file,
        "rows": rows_of(page, file),
        "preview_url": "" if file.pending else preview_url(page.template, file),
        "is_in": file.is_in(page.template.content),
        "live_url": url_of(page, "email_file_live", file.id),
        "remove_url": f"{url_of(page, 'email_file', file.id)}?delete=yes",
    }
    return render(request, "message_templates/email_file.html", context)


def rows_of(page: Opened, file: AttachedFile) -> list[dict[str, Any]]:
    """What can be changed about a file."""
    weeks = ngettext("%(n)s week", "%(n)s weeks", file.retention_period)
    told = {
        "email_file_text": (_("Link text"), file.link_text or _("Not set")),
        "email_file_weeks": (
            _("Available for"),
            weeks % {"n": file.retention_period},
        ),
        "email_file_validation": (
            _("Ask recipients for their email address"),
            _("Yes") if file.validate_users_email else _("No"),
        ),
    }
    return [
        {"key": key, "value": value, "url": url_of(page, name, file.id)}
        for name, (key, value) in told.items()
    ]


def remove(page: Opened, file: AttachedFile) -> HttpResponse:
    """Ask whether to remove a file, then do."""
    named = {"name": file.filename}
    if not file.pending and not actions.content_without(page.template, file):
        told = _("The email says nothing but “%(name)s”. Write something else first.")
        messages.error(page.request, told % named)
        return redirect(url_of(page, "email_file", file.id))
    if page.request.method == "POST":
        actions.remove_email_file(
            template=page.template, user=page.request.user, file=file
        )
        messages.success(page.request, _("“%(name)s” is removed.") % named)
        return redirect(page.url)
    context = file_context(page, _("Remove “%(name)s”?") % named) | {
        "told": _("Emails that were sent already keep their links to it.")
        if not file.pending
        else _("The file was not added to the template yet."),
        "button": _("Remove this file"),
        "cancel_url": url_of(page, "email_file", file.id),
    }
    return render(page.request, "message_templates/confirm.html", context)


@require_POST
@user_has_permissions("manage_templates")
def make_file_live(
    request: ServiceRequest,
    service_id: UUID,
    template_id: UUID,
    template_email_file_id: UUID,
) -> HttpResponse:
    page = opened_email(request, template_id, template_email_file_id)
    file: AttachedFile = page.beside
    named = {"name": file.filename}
    try:
        actions.make_email_file_live(
            template=page.template, user=request.user, file=file
        )
    except Rejected as refusal:
        messages.error(request, told_of(refusal, file))
        return redirect(url_of(page, "email_file", file.id))
    messages.success(request, _("“%(name)s” is in the template.") % named)
    return redirect(page.url)


def told_of(refusal: Rejected, file: AttachedFile) -> str:
    """Say why the API refused a file."""
    named = {"name": file.filename, "reason": refusal.message}
    if "already exists" in str(refusal.message):
        return _("The template already has a file called “%(name)s”.") % named
    return _("“%(name)s” could not be added: %(reason)s") % named


@READ_AND_WRITE
@user_has_permissions("manage_templates")
def change_template_email_file(
    request: ServiceRequest,
    service_id: UUID,
    template_id: UUID,
    template_email_file_id: UUID,
    form_class: type[PortalForm],
) -> HttpResponse:
    page = opened_email(request, template_id, template_email_file_id)
    file: AttachedFile = page.beside
    data = request.POST if request.method == "POST" else None
    form = form_class(data, initial=vars(file))
    back = url_of(page, "email_file", file.id)
    if form.is_valid() and save(page, file, form):
        messages.success(request, _("The file’s settings are saved."))
        return redirect(back)
    context = file_context(page, str(form[form.heading].label))
    context |= {"form": form, "cancel_url": back}
    return render_form(request, "message_templates/choice.html", context)


def save(page: Opened, file: AttachedFile, form: PortalForm) -> bool:
    """Change how a file is offered; False when the API refuses, with the reason in the form."""
    try:
        actions.update_email_file(
            template=page.template,
            user=page.request.user,
            file=file,
            **form.cleaned_data,
        )
    except Rejected as refusal:
        form.add_refusal(refusal)
        return False
    return True
