"""Which templates a person can send messages with."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _

from portal.message_templates.actions import load_folders
from portal.message_templates.models import Template
from portal.notifications.limits import permissions_of
from portal.users.permissions import ServiceRequest


def template_to_send(request: ServiceRequest, template_id: UUID) -> Template:
    """Return a template of the page's service.

    Raises Http404 when it cannot be sent, PermissionDenied when it lies in a folder that
    the person does not see.
    """
    service = request.service
    try:
        found = Template.objects.get(service=service.pk, pk=template_id)
    except Template.DoesNotExist as missing:
        raise Http404(_("There is no such template.")) from missing
    # What uploaded letters hang on is a template too, but has no words.
    has_no_words = bool(found.extra.get("is_precompiled_letter"))
    may_send = found.template_type in permissions_of(service)
    if found.archived or has_no_words or not may_send:
        raise Http404(_("Messages cannot be sent with this template."))
    if found.folder_id is not None:
        folders = load_folders(service=service, user=request.user)
        if not folders.shows(found.folder_id):
            raise PermissionDenied
    return found
