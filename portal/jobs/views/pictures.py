"""Letters of a spreadsheet's rows, drawn before they are sent."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.jobs.views.check import check, previewed_row, upload_of
from portal.letters.drawing import Letter
from portal.letters.pictures import letter_response
from portal.message_templates.previews import message_of
from portal.notifications.sendable import template_to_send
from portal.users.permissions import ServiceRequest, user_has_permissions


@require_http_methods(["GET"])
@user_has_permissions("send_messages")
def check_messages_preview(
    request: ServiceRequest,
    service_id: UUID,
    template_id: UUID,
    upload_id: UUID,
    filetype: str,
    row_index: int | None = None,
) -> HttpResponseBase:
    upload = upload_of(service_id, upload_id, template_id)
    template = template_to_send(request, template_id)
    if template.template_type != "letter":
        raise Http404(_("This is no letter."))
    checked = check(request, template, upload)
    if not checked.verdict.rows:
        raise Http404(_("The file has no such row."))
    message = message_of(template, request.service)
    row = previewed_row(upload, checked, row_index, message)
    letter = Letter.of(template, request.service, row.values)
    return letter_response(request, letter, filetype, template.name)
