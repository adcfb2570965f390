"""Files that were uploaded and not sent yet."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.jobs import actions
from portal.jobs.views.check import upload_of
from portal.notifications.sendable import template_to_send
from portal.users.permissions import ServiceRequest, user_has_permissions


@require_http_methods(["GET", "POST"])
@user_has_permissions("send_messages")
def delete_upload(
    request: ServiceRequest, service_id: UUID, template_id: UUID, upload_id: UUID
) -> HttpResponse:
    upload = upload_of(service_id, upload_id, template_id)
    template = template_to_send(request, template_id)
    service, user = request.service, request.user
    if not actions.is_unsent(service=service, user=user, upload_id=upload.id):
        messages.info(request, _("The file is no longer waiting to be sent."))
        return redirect("jobs:list", service_id)
    if request.method == "GET":
        context = {
            "service": service,
            "upload": upload,
            "template_id": template.pk,
        }
        return render(request, "jobs/delete_upload.html", context)
    actions.delete_unsent(service=service, user=user, upload_id=upload.id)
    messages.success(request, _("The file is deleted."))
    return redirect("jobs:list", service_id)
