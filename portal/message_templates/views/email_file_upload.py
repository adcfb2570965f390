"""Attaching a file to an e-mail template; one that cannot be taken yet is kept for a second try."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.common.once import make_once
from portal.common.storage import NoSuchObject, delete_object, read_object, save_object
from portal.message_templates import actions
from portal.message_templates.actions.files import KEPT_FILES, STORE
from portal.message_templates.forms.email_files import EmailFileForm, KeptFile
from portal.message_templates.views.access import Opened
from portal.message_templates.views.email_files import (
    file_context,
    opened_email,
    url_of,
)
from portal.messages.linked_files import KINDS
from portal.remote.errors import Rejected, Unavailable
from portal.users.permissions import ServiceRequest, user_has_permissions


@require_http_methods(["GET", "POST"])
@user_has_permissions("manage_templates")
def upload_template_email_files(
    request: ServiceRequest, service_id: UUID, template_id: UUID
) -> HttpResponse:
    page = opened_email(request, template_id)
    if not request.service.contact_link:
        return redirect(url_of(page, "email_files_setup"))
    form = EmailFileForm(template=page.template)
    status = 200
    if request.method == "POST":
        form = EmailFileForm(request.POST, request.FILES, template=page.template)
        try:
            if form.is_valid() and (to := attached(page, form)):
                return redirect(to)
            status = 400
        except Unavailable:
            keep(page, form)
            status = 503
    context = file_context(page, _("Attach a file")) | {
        "form": form,
        "kinds": kinds(),
        "back_url": url_of(page) if page.template.email_files else page.url,
    }
    return render(
        request, "message_templates/email_file_upload.html", context, status=status
    )


def kinds() -> list[tuple[str, str]]:
    """The kinds of files that can be attached, each with its extensions."""
    named: dict[str, list[str]] = {}
    for kind in KINDS:
        named.setdefault(str(kind.name), []).append(f".{kind.extension}")
    return [(name, ", ".join(ends)) for name, ends in named.items()]


def attached(page: Opened, form: EmailFileForm) -> str:
    """Check and attach the file; gives where to go on, nothing when it is refused.

    Raises Unavailable while the file can be neither taken nor refused.
    """
    try:
        content = form.content if form.kept_file is None else kept(page, form.kept_file)
        made = make_once(
            form.cleaned_data["form_id"],
            lambda: attach(page, form, content),
            by=page.request.user.pk,
        )
    except NoSuchObject:
        form.add_error("file", _("The file is no longer here. Choose it again."))
    except Rejected as refusal:
        form.add_error("file", told_of(refusal, form))
    else:
        return url_of(page, "email_file", UUID(made)) if made else url_of(page)
    return ""


def attach(page: Opened, form: EmailFileForm, content: bytes) -> str:
    """Have the file checked, then attach it; gives its id."""
    actions.check_email_file(
        service=page.request.service, name=form.name, content=content
    )
    made = actions.attach_email_file(
        template=page.template,
        user=page.request.user,
        file_id=form.file_id,
        name=form.name,
        content=content,
    )
    if form.kept_file is not None:
        delete_object(STORE, key_of(page, form.file_id))
    return made


def told_of(refusal: Rejected, form: EmailFileForm) -> str:
    """Say why a file was refused."""
    if "already exists" in str(refusal.message):
        told = _("The template already has a file called “%(name)s”.")
        return told % {"name": form.name}
    return str(refusal.message)


def key_of(page: Opened, file_id: UUID) -> str:
    """Where a file waits for a second try; it is that person's."""
    owner = f"{page.request.service.pk}/{page.request.user.pk}"
    return f"{KEPT_FILES}/{owner}/{file_id}"


def kept(page: Opened, file: KeptFile) -> bytes:
    """Read a file that was kept. Raises NoSuchObject."""
    content, _metadata = read_object(STORE, key_of(page, file.id))
    return content


def keep(page: Opened, form: EmailFileForm) -> None:
    """Keep the file, so that trying again is a press of the button."""
    if form.kept_file is None:
        save_object(STORE, key_of(page, form.file_id), form.content)
        form.kept_file = KeptFile(form.file_id, form.name, page.template.pk)
    data = page.request.POST.copy()
    data["kept"] = form.kept_file.signed()
    form.data = data
    form.add_error(
        "file",
        _(
            "“%(name)s” could not be attached at the moment. We kept it: press Upload "
            "file to try again in a minute."
        )
        % {"name": form.name},
    )
