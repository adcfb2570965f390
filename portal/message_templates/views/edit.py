"""The words of a template: written, changed, counted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from portal.common.once import make_once
from portal.message_templates import actions
from portal.message_templates.attached import AttachedFile
from portal.message_templates.forms.words import (
    TEMPLATE_FORMS,
    TemplateForm,
    WordsForm,
    initial_of,
)
from portal.message_templates.models import TemplateFolder
from portal.message_templates.previews import PlaceholderChange, length_sentence
from portal.message_templates.views.access import (
    Opened,
    breadcrumbs,
    list_url,
    opened_folder,
    opened_to_change,
)
from portal.message_templates.views.unfinished import key_of_new, unfinished
from portal.remote.errors import Rejected
from portal.users.permissions import ServiceRequest, user_has_permissions


@require_http_methods(["GET", "POST"])
@user_has_permissions("manage_templates")
def add_service_template(
    request: ServiceRequest,
    service_id: UUID,
    template_type: str,
    template_folder_id: UUID | None = None,
) -> HttpResponse:
    if not request.service.has_permission(template_type):
        return blocked(request, template_type)
    tree = actions.load_folders(service=request.service, user=request.user)
    folder = opened_folder(tree, template_folder_id)
    form_class = TEMPLATE_FORMS[template_type]
    draft = unfinished(
        request, form_class, key_of_new(template_type, template_folder_id)
    )
    if answer := draft.answer(request):
        return answer
    form = form_class(request.POST or None, initial=draft.initial(request))
    if form.is_valid() and (to := created(request, form, template_type, folder)):
        draft.forget()
        return redirect(to)
    path = tree.path(template_folder_id)
    context = edit_context(request, form, template_type) | {
        "breadcrumbs": breadcrumbs(request, path, (_("New template"), "")),
        **draft.context(request),
    }
    return render_form(request, "message_templates/edit.html", context)


@require_http_methods(["GET"])
@user_has_permissions("manage_templates")
def action_blocked(
    request: ServiceRequest,
    service_id: UUID,
    notification_type: str,
    return_to: str,
    template_id: UUID | None = None,
) -> HttpResponse:
    """Say the same at an address of its own; nothing is refused here."""
    return blocked(request, notification_type, status=200)


def blocked(
    request: ServiceRequest, template_type: str, status: int = 403
) -> HttpResponse:
    """Say that the service cannot send this kind of message."""
    context = {"service": request.service, "template_type": template_type}
    return render(request, "message_templates/blocked.html", context, status=status)


def created(
    request: ServiceRequest,
    form: TemplateForm,
    template_type: str,
    folder: TemplateFolder | None,
    *,
    then: Callable[[str], None] = lambda made: None,
) -> str:
    """Create the template once; gives its address, empty when the API refuses the words.

    ``then`` gets the id of what was made.
    """
    folder_id = folder.pk if folder else None

    def make() -> str:
        made = actions.create_template(
            service=request.service,
            user=request.user,
            template_type=template_type,
            folder_id=folder_id,
            **form.words(),
        )
        then(made)
        return made

    try:
        made = make_once(form.cleaned_data["form_id"], make, by=request.user.pk)
    except Rejected as refusal:
        form.add_refusal(refusal)
        return ""
    here = list_url(request, folder_id=folder_id)
    return f"{list_url(request)}/{made}" if made else here


def edit_context(
    request: ServiceRequest, form: TemplateForm, template_type: str
) -> dict[str, Any]:
    """What the pages with the words of a template show."""
    content = str(form["content"].value() or "")
    return {
        "service": request.service,
        "form": form,
        "template_type": template_type,
        "length": length_sentence(template_type, content, request.service),
    }


def render_form(
    request: ServiceRequest, template_name: str, context: dict[str, Any]
) -> HttpResponse:
    """Render a form's page, with status 400 when there is something to correct."""
    status = 400 if context["form"].errors else 200
    return render(request, template_name, context, status=status)


@require_http_methods(["GET", "POST"])
@user_has_permissions("manage_templates")
def edit_service_template(
    request: ServiceRequest, service_id: UUID, template_id: UUID
) -> HttpResponse:
    page = opened_to_change(request, template_id)
    if page.template.archived:
        return redirect(page.url)
    template_type = str(page.template.template_type)
    if not request.service.has_permission(template_type):
        return blocked(request, template_type)
    form_class, words = TEMPLATE_FORMS[template_type], initial_of(page.template)
    draft = unfinished(request, form_class, str(template_id), words)
    if answer := draft.answer(request):
        return answer
    form = form_class(request.POST or None, initial=draft.initial(request))
    refuse_files_in_subject(page, form)
    if form.is_valid() and "back" not in request.POST:
        change = PlaceholderChange.between(page.template, form.words())
        if is_outdated(page, form):
            warn_of_newer_version(page, form)
        elif change and "confirm" not in request.POST:
            context = page.context(_("Confirm changes"))
            context |= {"form": form, "change": change}
            return render(request, "message_templates/breaking_change.html", context)
        elif saved(page, form):
            tell_of_files(page, change.files if change else [])
            draft.forget()
            return redirect(page.url)
    context = page.context(_("Edit"))
    context |= edit_context(request, form, template_type) | draft.context(request)
    return render_form(request, "message_templates/edit.html", context)


def refuse_files_in_subject(page: Opened, form: TemplateForm) -> None:
    """Keep the placeholders of files out of subjects, where no links can be."""
    if not form.is_valid() or "subject" not in form.cleaned_data:
        return
    subject = form.cleaned_data["subject"]
    named = [f"(({f.filename}))" for f in page.template.email_files if f.is_in(subject)]
    if named:
        told = _("A file cannot be in the subject. Take out %(names)s.")
        form.add_error("subject", told % {"names": ", ".join(named)})


def tell_of_files(page: Opened, files: list[AttachedFile]) -> None:
    """Say which files went with their placeholders."""
    for file in files:
        told = _("“%(name)s” is removed.") % {"name": file.filename}
        messages.success(page.request, told)


def is_outdated(page: Opened, form: TemplateForm) -> bool:
    """Whether somebody else changed the template since the person began."""
    began_with = form.cleaned_data["version"]
    if began_with in (None, page.template.version):
        return False
    return actions.has_other_words(page.template, form.words())


def warn_of_newer_version(page: Opened, form: TemplateForm) -> None:
    """Keep what was typed; saving once more replaces the newer version."""
    data = page.request.POST.copy()
    data["version"] = str(page.template.version)
    form.data = data
    form.add_error(
        None,
        _(
            "Somebody changed this template while you were editing it. Save again to "
            "replace their version, which stays among the previous ones."
        ),
    )


def saved(page: Opened, form: WordsForm) -> bool:
    """Save the words; False when the API refuses, with the reason in the form."""
    try:
        actions.update_template(
            template=page.template, user=page.request.user, **form.words()
        )
    except Rejected as refusal:
        form.add_refusal(refusal)
        return False
    return True


@require_POST
@user_has_permissions()
def count_content_length(request: ServiceRequest, service_id: UUID) -> HttpResponse:
    """Say what a text message that is being written will be charged as."""
    content = request.POST.get("content", "").replace("\r\n", "\n")
    context = {"length": length_sentence("sms", content, request.service)}
    return render(request, "message_templates/_length.html", context)
