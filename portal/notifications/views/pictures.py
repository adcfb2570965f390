"""Letters that are written or sent, drawn."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.letters.drawing import Letter, etag_of
from portal.letters.pictures import file_response, letter_response, page_asked
from portal.message_templates.previews import message_of
from portal.notifications import actions, letters
from portal.notifications.drafts import Draft, first_open_step
from portal.notifications.sendable import template_to_send
from portal.users.permissions import ServiceRequest, user_has_permissions


@require_http_methods(["GET"])
@user_has_permissions("send_messages")
def send_test_preview(
    request: ServiceRequest, service_id: UUID, template_id: UUID, filetype: str
) -> HttpResponseBase:
    template = template_to_send(request, template_id)
    draft = Draft.load(request, template_id)
    letter = Letter.of(template, request.service, draft.columns())
    return letter_response(request, letter, filetype, template.name)


@require_http_methods(["GET"])
@user_has_permissions("send_messages")
def check_notification_preview(
    request: ServiceRequest, service_id: UUID, template_id: UUID, filetype: str
) -> HttpResponseBase:
    template = template_to_send(request, template_id)
    draft = Draft.load(request, template_id)
    if first_open_step(message_of(template, request.service), draft) is not None:
        raise Http404(_("The letter is not written yet."))
    letter = Letter.of(template, request.service, draft.columns())
    return letter_response(request, letter, filetype, template.name)


@require_http_methods(["GET"])
@user_has_permissions("view_activity", "send_messages")
def view_letter_notification_as_preview(
    request: ServiceRequest, service_id: UUID, notification_id: UUID, filetype: str
) -> HttpResponseBase:
    line = actions.get_notification(
        service=request.service, notification_id=notification_id
    )
    if line.kind != "letter":
        raise Http404(_("There is no such letter."))
    if not line.is_uploaded_letter:
        letter = letters.letter_of(service=request.service, line=line)
        return letter_response(request, letter, filetype, line.template["name"])
    page = page_asked(request, filetype)
    return file_response(
        request,
        filetype,
        etag_of(line.id, line.status, line.changed_at, filetype, page),
        lambda: letters.uploaded_letter(
            service=request.service, line=line, filetype=filetype, page=page
        ),
        is_personal=True,
    )
