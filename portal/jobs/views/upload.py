"""Uploading a spreadsheet of recipients."""

from __future__ import annotations

import csv
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.jobs import actions
from portal.jobs.forms import UploadForm
from portal.jobs.uploads import save_upload
from portal.message_templates.previews import message_of, preview_of
from portal.messages.columns import column_key
from portal.messages.templates import MessageTemplate
from portal.notifications.sendable import template_to_send
from portal.users.permissions import ServiceRequest, user_has_permissions

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@require_http_methods(["GET", "POST"])
@user_has_permissions("send_messages")
def send_messages(
    request: ServiceRequest, service_id: UUID, template_id: UUID
) -> HttpResponse:
    template = template_to_send(request, template_id)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        form = UploadForm(request.POST, request.FILES)
    if form.is_valid():
        upload_id = save_upload(
            service_id=service_id,
            template_id=template_id,
            name=form.cleaned_data["file"].name,
            sheet=form.sheet,
        )
        actions.keep_unsent(
            service=request.service,
            user=request.user,
            upload_id=upload_id,
            template_name=template.name,
        )
        return redirect("jobs:check", service_id, template_id, upload_id)
    context = {
        "service": request.service,
        "template": template,
        "form": form,
        "example": example_of(message_of(template, request.service), request),
        "preview": preview_of(template, request.service),
    }
    status = 400 if form.errors else 200
    return render(request, "jobs/upload.html", context, status=status)


def example_of(message: MessageTemplate, request: ServiceRequest) -> dict[str, Any]:
    """Return the headings and a row of a file that fits, with the letters of columns."""
    headings = message.example_columns()
    return {
        "letters": [LETTERS[number % 26] for number in range(len(headings))],
        "headings": headings,
        "row": [example_value(name, request) for name in headings],
    }


def example_value(name: str, request: ServiceRequest) -> str:
    """Return something that belongs into a column; people's own details are safe to use."""
    address = ["A. Name", "123 Example Street", "SW1A 1AA"]
    known = {
        "phonenumber": request.user.mobile_number or "07700 900321",
        "emailaddress": request.user.email_address,
        **{f"addressline{n}": line for n, line in enumerate(address, start=1)},
    }
    key = column_key(name)
    empty = key.startswith("addressline")
    return known.get(key, "" if empty else _("example"))


@require_http_methods(["GET"])
@user_has_permissions("send_messages", "manage_templates")
def get_example_csv(
    request: ServiceRequest, service_id: UUID, template_id: UUID
) -> HttpResponse:
    template = template_to_send(request, template_id)
    example = example_of(message_of(template, request.service), request)
    name = "".join(c if c.isalnum() or c in " -_" else "" for c in template.name)
    response = HttpResponse(
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )
    writer = csv.writer(response)
    writer.writerow(example["headings"])
    writer.writerow(example["row"])
    return response
