"""Correcting the wrong cells of an uploaded file."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.common.storage import StorageDown
from portal.jobs import actions
from portal.jobs.forms import CorrectionForm
from portal.jobs.views.check import upload_of
from portal.message_templates.models import Template
from portal.message_templates.previews import message_of
from portal.notifications.sendable import template_to_send
from portal.users.permissions import ServiceRequest, user_has_permissions


@require_http_methods(["GET", "POST"])
@user_has_permissions("send_messages")
def correct_rows(
    request: ServiceRequest, service_id: UUID, template_id: UUID, upload_id: UUID
) -> HttpResponse:
    upload = upload_of(service_id, upload_id, template_id)
    template = template_to_send(request, template_id)
    message = message_of(template, request.service)
    file = actions.load_wrong_file(
        service=request.service, message=message, upload=upload
    )
    if file is None:
        return redirect("jobs:check", service_id, template_id, upload_id)
    is_sent = request.method == "POST"
    form = CorrectionForm(file, request.POST if is_sent else None)
    status = 400 if is_sent else 200
    if is_sent and form.is_valid():
        try:
            return corrected(request, template, form)
        except StorageDown as error:
            form.add_error(None, str(error.message))
            status = error.status_code
    context = {
        "service": request.service,
        "template": template,
        "upload": upload,
        "form": form,
        "is_sent": is_sent,
    }
    return render(request, "jobs/correct.html", context, status=status)


def corrected(
    request: ServiceRequest, template: Template, form: CorrectionForm
) -> HttpResponse:
    """Make the corrected file, and lead to its check. Raises StorageDown."""
    made = actions.correct_upload(
        service=request.service,
        user=request.user,
        file=form.file,
        template_name=template.name,
        changes=form.changes,
        form_id=form.cleaned_data["form_id"],
    )
    if not made:
        # The first of two clicks is still under way.
        return redirect("jobs:list", request.service.pk)
    messages.success(request, _("Your corrections are saved in a copy of the file."))
    return redirect("jobs:check", request.service.pk, template.pk, made)
