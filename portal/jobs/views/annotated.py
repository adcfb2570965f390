"""The uploaded file to take away, with what is wrong with each row."""

from __future__ import annotations

from pathlib import PurePath
from uuid import UUID

from django.http import FileResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.jobs import actions
from portal.jobs.annotated import as_csv, as_xlsx
from portal.jobs.views.check import upload_of
from portal.message_templates.previews import message_of
from portal.messages.check import RecipientTable
from portal.messages.spreadsheet import extension
from portal.messages.workbooks import EXTENSIONS as WORKBOOKS
from portal.notifications.sendable import template_to_send
from portal.users.permissions import ServiceRequest, user_has_permissions

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET"])
@user_has_permissions("send_messages")
def get_annotated_file(
    request: ServiceRequest, service_id: UUID, template_id: UUID, upload_id: UUID
) -> HttpResponseBase:
    upload = upload_of(service_id, upload_id, template_id)
    message = message_of(template_to_send(request, template_id), request.service)
    limits = actions.limits_for(request.service, message.kind)
    table = RecipientTable(upload.content(), message, limits)
    name = _("%(name)s with errors") % {"name": PurePath(upload.name).stem}
    if extension(upload.name) in WORKBOOKS:
        return FileResponse(
            as_xlsx(table),
            as_attachment=True,
            filename=f"{name}.xlsx",
            content_type=XLSX,
        )
    return StreamingHttpResponse(
        as_csv(table),
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": content_disposition_header(True, f"{name}.csv")
        },
    )
