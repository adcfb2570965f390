"""What a template said before, and what changed since."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.letters.drawing import Letter
from portal.letters.pictures import shown_pages
from portal.message_templates import actions
from portal.message_templates.attached import files_without_place
from portal.message_templates.forms.lists import CompareForm
from portal.message_templates.models import TemplateHistory
from portal.message_templates.previews import compared_words, preview_of
from portal.message_templates.views.access import Opened, opened
from portal.remote.errors import Rejected
from portal.users.permissions import ServiceRequest, user_has_permissions


@require_http_methods(["GET"])
@user_has_permissions(allow_org_user=True)
def view_template_versions(
    request: ServiceRequest, service_id: UUID, template_id: UUID
) -> HttpResponse:
    page = opened(request, template_id, versions_of(request, template_id))
    found = page.beside
    context = page.context(_("Previous versions"))
    context["versions"] = [
        version_line(request, version, before)
        for version, before in zip(found, [*found[1:], None], strict=True)
    ]
    return render(request, "message_templates/versions.html", context)


def versions_of(
    request: ServiceRequest, template_id: UUID
) -> Callable[[], list[TemplateHistory]]:
    """What reads the versions of a template."""
    return lambda: actions.load_versions(
        service=request.service, template_id=template_id
    )


def version_line(
    request: ServiceRequest, version: TemplateHistory, before: TemplateHistory | None
) -> dict[str, Any]:
    """A version and what it changed; the first one whole."""
    return {
        "version": version,
        "is_deletion": version.archived,
        "changes": compared_words(before, version) if before else [],
        "preview": None if before else preview_of(version, request.service),
    }


@require_http_methods(["GET", "POST"])
@user_has_permissions(allow_org_user=True)
def view_template_version(
    request: ServiceRequest, service_id: UUID, template_id: UUID, version: int
) -> HttpResponse:
    page = opened(request, template_id, versions_of(request, template_id))
    versions = {v.version: v for v in page.beside}
    if version not in versions:
        raise Http404(_("There is no such version."))
    if request.method == "POST":
        return restore(page, versions[version])
    form = CompareForm(request.GET, version=version, versions=versions)
    other = versions[form.compared()]
    pages = shown_pages(
        Letter.of(versions[version], request.service),
        "message_templates:version_picture",
        *(service_id, template_id, version),
    )
    context = page.context(_("Version %(n)s") % {"n": version}) | {
        "version": versions[version],
        "preview": preview_of(versions[version], request.service, pages=pages),
        "compare_form": form if len(versions) > 1 else None,
        "other": other,
        "is_older": other.version < version,
        "changes": compared_words(
            *sorted([versions[version], other], key=lambda v: v.version)
        ),
        **files_of(page, versions[version]),
        "can_restore": page.can_manage and version != page.template.version,
    }
    above = reverse("message_templates:versions", args=[service_id, template_id])
    context["breadcrumbs"].insert(-1, {"text": _("Previous versions"), "url": above})
    return render(request, "message_templates/version.html", context)


def files_of(page: Opened, version: TemplateHistory) -> dict[str, list[str]]:
    """The files that restoring a version would not bring back, and those it would remove."""
    here = {file.id for file in page.template.email_files}
    return {
        "files_gone": [f.filename for f in version.email_files if f.id not in here],
        "files_removed": [
            f.filename for f in files_without_place(page.template, version.content)
        ],
    }


def restore(page: Opened, version: TemplateHistory) -> HttpResponse:
    """Make a new version with the words of an old one."""
    if not page.can_manage:
        raise PermissionDenied
    numbered = {"number": version.version}
    try:
        is_changed = actions.restore_template_version(
            template=page.template, version=version, user=page.request.user
        )
    except Rejected as refusal:
        told = _("Version %(number)s cannot be restored: %(reason)s")
        reason = {"reason": " ".join(sum(refusal.errors.values(), []))}
        messages.error(page.request, told % (numbered | reason))
        return redirect(page.url)
    if is_changed:
        messages.success(page.request, _("Version %(number)s is back.") % numbered)
    else:
        told = _("Version %(number)s says the same as the template does now.")
        messages.info(page.request, told % numbered)
    return redirect(page.url)
