"""Templates of letters and their versions, drawn."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.letters.drawing import Letter
from portal.letters.pictures import letter_response
from portal.message_templates.views.access import opened
from portal.message_templates.views.version import versions_of
from portal.users.permissions import ServiceRequest, user_has_permissions


@require_http_methods(["GET"])
@user_has_permissions(allow_org_user=True)
def view_letter_template_preview(
    request: ServiceRequest, service_id: UUID, template_id: UUID, filetype: str
) -> HttpResponseBase:
    template = opened(request, template_id).template
    letter = Letter.of(template, request.service)
    return letter_response(request, letter, filetype, template.name)


@require_http_methods(["GET"])
@user_has_permissions(allow_org_user=True)
def view_letter_template_version_preview(
    request: ServiceRequest,
    service_id: UUID,
    template_id: UUID,
    version: int,
    filetype: str,
) -> HttpResponseBase:
    page = opened(request, template_id, versions_of(request, template_id))
    wanted = next((each for each in page.beside if each.version == version), None)
    if wanted is None:
        raise Http404(_("There is no such version."))
    letter = Letter.of(wanted, request.service)
    return letter_response(request, letter, filetype, wanted.name)
