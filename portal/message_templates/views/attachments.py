"""Pages attached to letter templates: added, changed, removed, shown."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from portal.common.storage import NoSuchObject
from portal.letters.answers import attached_page, pdf, uploaded_file
from portal.letters.attachments import attached_file
from portal.letters.drawing import is_drawn
from portal.letters.forms import PdfForm
from portal.letters.uploads import ATTACHMENT, UploadedLetter, load_letter
from portal.letters.words import problem_of, too_long_with_attachment
from portal.message_templates import actions
from portal.message_templates.views.access import Opened
from portal.message_templates.views.edit import render_form
from portal.message_templates.views.letter import opened_letter
from portal.users.permissions import ServiceRequest, user_has_permissions


@require_http_methods(["GET", "POST"])
@user_has_permissions("manage_templates")
def attach_pages(
    request: ServiceRequest, service_id: UUID, template_id: UUID
) -> HttpResponse:
    page = opened_letter(request, template_id)
    form, refused = PdfForm(), None
    if request.method == "POST":
        form = PdfForm(request.POST, request.FILES)
    if form.is_valid():
        tried = attached(page, form)
        if tried.is_attached:
            messages.success(request, _("The pages are attached."))
            return redirect(page.url)
        refused = tried.refused
        form = PdfForm.refused(problem_with(tried))
    return attaching(page, form, refused)


def attached(page: Opened, form: PdfForm) -> actions.Attached:
    """Attach what was chosen."""
    return actions.attach_pages(
        service=page.request.service,
        user=page.request.user,
        template=page.template,
        name=form.cleaned_data["file"].name,
        content=form.content,
        facts=form.facts,
    )


def problem_with(tried: actions.Attached) -> str:
    """Say why pages were not attached, and what to do about it."""
    if tried.is_outdated:
        return _(
            "Somebody else has just changed the attached pages. Look at them first."
        )
    if tried.is_unchecked:
        return _(
            "The file could not be checked: the service that does it does not answer. "
            "Choose it again in a few minutes."
        )
    if refused := tried.refused:
        return problem_of(refused.code, refused.invalid_pages, refused.page_count)
    return too_long_with_attachment(tried.total_pages)


def attaching(
    page: Opened, form: PdfForm, refused: UploadedLetter | None
) -> HttpResponse:
    """Show the pages that are attached, or those that were refused, and ask for a file."""
    has_pages = page.template.attachment is not None
    title = _("Change attached pages") if has_pages else _("Attach pages")
    context: dict[str, Any] = page.context(title) | {
        "title": title,
        "form": form,
        "attachment": page.template.attachment,
        "refused": refused,
        "is_drawn": is_drawn(),
        "cancel_url": page.url,
    }
    return render_form(page.request, "message_templates/attach_pages.html", context)


@require_http_methods(["GET", "POST"])
@user_has_permissions("manage_templates")
def edit_pages(
    request: ServiceRequest, service_id: UUID, template_id: UUID
) -> HttpResponse:
    page = opened_letter(request, template_id)
    attachment = page.template.attachment
    if attachment is None:
        # A second click finds nothing to remove.
        return redirect(page.url)
    if request.method == "POST":
        if actions.remove_pages(template=page.template, user=request.user):
            messages.success(request, _("The attached pages are removed."))
        else:
            told = _("Somebody else has just changed the attached pages.")
            messages.error(request, told)
        return redirect(page.url)
    context = page.context(_("Remove attached pages")) | {
        "title": _("Remove “%(name)s”?") % {"name": attachment.name},
        "told": _(
            "Letters will be sent without these pages. Earlier versions of the template "
            "keep them."
        ),
        "button": _("Remove attached pages"),
        "cancel_url": page.url,
    }
    return render(request, "message_templates/confirm.html", context)


@require_GET
@never_cache
@user_has_permissions(allow_org_user=True)
def attachment_picture(
    request: ServiceRequest, service_id: UUID, attachment_id: UUID
) -> HttpResponse:
    """Show an attached page; without a page, and where nobody draws, give the PDF."""
    if drawn := attached_page(request, request.service, str(attachment_id)):
        return drawn
    try:
        return pdf(attached_file(service_id, attachment_id), _("attached pages.pdf"))
    except NoSuchObject as missing:
        raise Http404(_("There are no such pages.")) from missing


@require_GET
@never_cache
@user_has_permissions("manage_templates")
def invalid_attachment_picture(
    request: ServiceRequest, service_id: UUID, file_id: UUID
) -> HttpResponse:
    """Show a page that was refused; without a page, and where nobody draws, give the PDF."""
    try:
        refused = load_letter(service_id, file_id)
    except NoSuchObject as missing:
        raise Http404(_("There is no such file.")) from missing
    if refused.purpose != ATTACHMENT:
        raise Http404(_("There is no such file."))
    return uploaded_file(request, refused)
