"""What a template said before, and what changed since."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.message_templates import actions
from portal.message_templates.models import TemplateHistory
from portal.message_templates.previews import changed_words, preview_of
from portal.message_templates.views.template import context_of, get_template
from portal.users.permissions import user_has_permissions


@require_http_methods(["GET"])
@user_has_permissions(allow_org_user=True)
def view_template_versions(
    request: HttpRequest, service_id: UUID, template_id: UUID
) -> HttpResponse:
    template = get_template(request, template_id)
    found = versions_of(service_id, template_id)
    older = [*found[1:], None]
    context = context_of(request, template, _("Previous versions"))
    context["versions"] = [
        {
            "version": version,
            "preview": preview_of(version, request.service),
            "changes": changed_words(before, version) if before else [],
        }
        for version, before in zip(found, older, strict=True)
    ]
    return render(request, "message_templates/versions.html", context)


@require_http_methods(["GET", "POST"])
@user_has_permissions(allow_org_user=True)
def view_template_version(
    request: HttpRequest, service_id: UUID, template_id: UUID, version: int
) -> HttpResponse:
    template = get_template(request, template_id)
    found = next(
        (v for v in versions_of(service_id, template_id) if v.version == version), None
    )
    if found is None:
        raise Http404(_("There is no such version."))
    can_manage = request.user.has_permission_for_service(service_id, "manage_templates")
    if request.method == "POST":
        if not can_manage:
            raise PermissionDenied
        actions.restore_template_version(
            template=template, version=found, user=request.user
        )
        messages.success(
            request, _("Version %(number)s is back.") % {"number": version}
        )
        return redirect(
            "message_templates:view", service_id=service_id, template_id=template_id
        )
    context = context_of(request, template, _("Version %(n)s") % {"n": version})
    context |= {
        "version": found,
        "preview": preview_of(found, request.service),
        "changes": changed_words(found, template),
        "can_restore": can_manage and version != template.version,
    }
    return render(request, "message_templates/version.html", context)


def versions_of(service_id: UUID, template_id: UUID) -> list[TemplateHistory]:
    """All versions of a template, newest first."""
    found = TemplateHistory.objects.filter(service=service_id, id=template_id)
    return sorted(found, key=lambda version: version.version, reverse=True)
