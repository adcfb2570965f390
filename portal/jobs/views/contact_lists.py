"""Lists of recipients that a service keeps: uploaded, checked, sent to, deleted."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal.common.storage import NoSuchObject
from portal.jobs import actions
from portal.jobs.contact_lists import BUCKET, ContactList, NoContactList, kind_of
from portal.jobs.forms import ContactListForm
from portal.jobs.summary import notes_on, problems_of
from portal.jobs.uploads import Upload, copy_upload, load_upload, save_upload
from portal.messages.formats.words import recipient_count
from portal.notifications.sendable import template_to_send
from portal.remote.errors import NotFound, Rejected
from portal.remote.parallel import together
from portal.users.permissions import ServiceRequest, user_has_permissions


def uploaded(service_id: UUID, upload_id: UUID) -> tuple[Upload, str]:
    """A file that was uploaded as a list, and its kind. Raises Http404."""
    try:
        upload = load_upload(service_id, upload_id, BUCKET)
        return upload, kind_of(upload.content())
    except (NoSuchObject, NoContactList) as missing:
        raise Http404(_("There is no such file.")) from missing


def kept(request: ServiceRequest, contact_list_id: UUID) -> ContactList:
    """A list of the service. Raises Http404."""
    try:
        return actions.load_contact_list(
            service=request.service, contact_list_id=contact_list_id
        )
    except NotFound as missing:
        raise Http404(_("There is no such contact list.")) from missing


@require_GET
@user_has_permissions()
def contact_lists(request: ServiceRequest, service_id: UUID) -> HttpResponse:
    found = actions.list_contact_lists(service=request.service)
    context = {"service": request.service, "lists": found}
    return render(request, "jobs/contact_lists.html", context)


@require_http_methods(["GET", "POST"])
@user_has_permissions("send_messages")
def upload_contact_list(request: ServiceRequest, service_id: UUID) -> HttpResponse:
    form = ContactListForm()
    if request.method == "POST":
        form = ContactListForm(request.POST, request.FILES)
    if form.is_valid():
        upload_id = save_upload(
            service_id=service_id,
            name=form.cleaned_data["file"].name,
            sheet=form.sheet,
            bucket=BUCKET,
        )
        return redirect("jobs:check_contact_list", service_id, upload_id)
    context = {"service": request.service, "form": form}
    status = 400 if form.errors else 200
    return render(request, "jobs/upload_contact_list.html", context, status=status)


@require_http_methods(["GET", "POST"])
@user_has_permissions("send_messages")
def check_contact_list(
    request: ServiceRequest, service_id: UUID, upload_id: UUID
) -> HttpResponse:
    # Another file may be chosen where the first one has errors.
    if request.method == "POST":
        return upload_contact_list(request, service_id)
    upload, kind = uploaded(service_id, upload_id)
    checked = actions.check_contact_list(
        service=request.service, upload=upload, kind=kind
    )
    verdict = checked.verdict
    context: dict[str, Any] = {
        "service": request.service,
        "upload": upload,
        "verdict": verdict,
        "notes": notes_on(upload),
        "recipients": recipient_count(verdict.row_count, kind),
    }
    if verdict.has_errors:
        context |= {
            "problems": problems_of(checked, kind),
            "rows": verdict.rows_of("errors") or verdict.first_rows,
            "form": ContactListForm(),
            "page_has_errors": True,
        }
    else:
        context["rows"] = verdict.first_rows
    return render(request, "jobs/check_contact_list.html", context)


@require_POST
@user_has_permissions("send_messages")
def save_contact_list(
    request: ServiceRequest, service_id: UUID, upload_id: UUID
) -> HttpResponse:
    upload, kind = uploaded(service_id, upload_id)
    verdict = actions.check_contact_list(
        service=request.service, upload=upload, kind=kind
    ).verdict
    if verdict.has_errors:
        return redirect("jobs:check_contact_list", service_id, upload_id)
    # A second click finds the list that the first one made.
    if not upload.is_valid:
        try:
            actions.save_contact_list(
                service=request.service,
                user=request.user,
                upload=upload,
                kind=kind,
                row_count=verdict.row_count,
            )
        except Rejected as refusal:
            messages.error(request, str(refusal.message))
            return redirect("jobs:check_contact_list", service_id, upload_id)
        named = {"name": upload.name}
        messages.success(request, _("The contact list “%(name)s” is saved.") % named)
    return redirect("jobs:contact_lists", service_id)


@require_GET
@user_has_permissions("send_messages")
def contact_list(
    request: ServiceRequest, service_id: UUID, contact_list_id: UUID
) -> HttpResponse:
    found = kept(request, contact_list_id)
    upload, kind = uploaded(service_id, contact_list_id)
    verdict = actions.check_contact_list(
        service=request.service, upload=upload, kind=kind
    ).verdict
    context = {
        "service": request.service,
        "contact_list": found,
        "verdict": verdict,
        "rows": verdict.first_rows,
        "recipients": recipient_count(found.row_count, found.kind),
    }
    return render(request, "jobs/contact_list.html", context)


@require_http_methods(["GET", "POST"])
@user_has_permissions("manage_templates")
def delete_contact_list(
    request: ServiceRequest, service_id: UUID, contact_list_id: UUID
) -> HttpResponse:
    found = kept(request, contact_list_id)
    named = {"name": found.name}
    if request.method == "POST":
        actions.delete_contact_list(
            service=request.service, user=request.user, contact_list=found
        )
        told = _("The contact list “%(name)s” is deleted.")
        messages.success(request, told % named)
        return redirect("jobs:contact_lists", service_id)
    context = {"service": request.service, "contact_list": found}
    return render(request, "jobs/delete_contact_list.html", context)


@require_GET
@user_has_permissions("send_messages")
def download_contact_list(
    request: ServiceRequest, service_id: UUID, contact_list_id: UUID
) -> HttpResponse:
    found = kept(request, contact_list_id)
    upload, _kind = uploaded(service_id, contact_list_id)
    name = f"{found.name.rsplit('.', 1)[0]}.csv"
    return HttpResponse(
        upload.content(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": content_disposition_header(True, name)},
    )


@require_GET
@user_has_permissions("send_messages")
def choose_from_contact_list(
    request: ServiceRequest, service_id: UUID, template_id: UUID
) -> HttpResponse:
    template, found = together(
        lambda: template_to_send(request, template_id),
        lambda: actions.list_contact_lists(service=request.service),
    )
    lists = [one for one in found if one.kind == template.template_type]
    context = {"service": request.service, "template": template, "lists": lists}
    return render(request, "jobs/choose_contact_list.html", context)


@require_GET
@user_has_permissions("send_messages")
def send_from_contact_list(
    request: ServiceRequest, service_id: UUID, template_id: UUID, contact_list_id: UUID
) -> HttpResponse:
    template, found = together(
        lambda: template_to_send(request, template_id),
        lambda: kept(request, contact_list_id),
    )
    upload, _kind = uploaded(service_id, contact_list_id)
    # A file of its own, so that each sending is a job of its own.
    upload_id = copy_upload(
        upload,
        name=found.name,
        template_id=template.pk,
        contact_list_id=found.id,
    )
    return redirect("jobs:check", service_id, template.pk, upload_id)
