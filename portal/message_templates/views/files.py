"""Templates as files: downloaded, and brought back after a look at what would change."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from portal.common.storage import NoSuchObject, delete_object, read_object, save_object
from portal.message_templates import actions
from portal.message_templates.actions.files import FOLDER, STORE
from portal.message_templates.files import UnreadableTemplateFile, files_of
from portal.message_templates.forms.files import (
    TemplateFilesForm,
    problems_of,
    read_archive,
)
from portal.message_templates.tree import FolderTree
from portal.message_templates.views.access import breadcrumbs
from portal.message_templates.views.edit import render_form
from portal.users.permissions import ServiceRequest, user_has_permissions

KINDS = ("refused", "added", "changed", "moved", "same")


@require_http_methods(["GET", "POST"])
@user_has_permissions("manage_templates")
def template_files(request: ServiceRequest, service_id: UUID) -> HttpResponse:
    form = TemplateFilesForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        form = TemplateFilesForm(request.POST, request.FILES)
    if form.is_valid():
        upload_id = uuid4()
        save_object(STORE, key_of(request, upload_id), form.data_read)
        return redirect("message_templates:check_files", service_id, upload_id)
    tree = actions.load_folders(service=request.service, user=request.user)
    context = page(request, tree, _("Templates as files")) | {"form": form}
    return render_form(request, "message_templates/files.html", context)


def key_of(request: ServiceRequest, upload_id: UUID) -> str:
    """Where the files that somebody uploaded wait; they are that person's."""
    return f"{FOLDER}/{request.service.pk}/{request.user.pk}/{upload_id}.zip"


def page(request: ServiceRequest, tree: FolderTree, title: str) -> dict[str, Any]:
    """What these pages show."""
    here = (_("Templates as files"), files_url(request))
    steps = [here] if title == here[0] else [here, (title, "")]
    return {
        "service": request.service,
        "title": title,
        "breadcrumbs": breadcrumbs(request, (), *steps),
    }


def files_url(request: ServiceRequest) -> str:
    """The address of the first of these pages."""
    return reverse("message_templates:files", args=[request.service.pk])


@require_http_methods(["GET"])
@user_has_permissions("manage_templates")
def download_template_files(request: ServiceRequest, service_id: UUID) -> HttpResponse:
    tree = loaded_tree(request)
    if len(tree.all_templates) > actions.MOST_TEXTS:
        told = _(
            "There are more than %(most)s templates, too many for a page. Use "
            "“manage.py templates pull” instead."
        )
        messages.error(request, told % {"most": actions.MOST_TEXTS})
        return redirect("message_templates:files", service_id)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, text in files_of(tree.by_folder_names()).items():
            archive.writestr(path, text)
    name = re.sub(r"[^\w-]+", "-", str(request.service.name)).strip("-").lower()
    return HttpResponse(
        packed.getvalue(),
        content_type="application/zip",
        headers={
            "Content-Disposition": f'attachment; filename="{name or "service"}-templates.zip"'
        },
    )


def loaded_tree(request: ServiceRequest) -> FolderTree:
    """The templates that the person sees, with their texts if they are not too many."""
    tree = actions.load_tree(service=request.service, user=request.user)
    if len(tree.all_templates) <= actions.MOST_TEXTS:
        actions.load_texts(service=request.service, tree=tree)
    return tree


@require_http_methods(["GET", "POST"])
@user_has_permissions("manage_templates")
def check_template_files(
    request: ServiceRequest, service_id: UUID, upload_id: UUID
) -> HttpResponse:
    tree = loaded_tree(request)
    changes = planned(request, tree, upload_id)
    todo = [c for c in changes if c.kind not in ("refused", "same")]
    if request.method == "POST":
        return applied(request, tree, upload_id, todo)
    context = page(request, tree, _("Check the changes")) | {
        "groups": [
            (kind, [change for change in changes if change.kind == kind])
            for kind in KINDS
        ],
        "count": len(todo),
        "cancel_url": files_url(request),
    }
    return render(request, "message_templates/check_files.html", context)


def planned(
    request: ServiceRequest, tree: FolderTree, upload_id: UUID
) -> list[actions.FileChange]:
    """What the uploaded files would change. Raises Http404 when they are gone."""
    try:
        data, _metadata = read_object(STORE, key_of(request, upload_id))
        files = read_archive(data)
    except (NoSuchObject, UnreadableTemplateFile) as missing:
        raise Http404(_("These files are gone. Upload them again.")) from missing
    return actions.plan_changes(tree=tree, files=files, problems_of=problems_of)


def applied(
    request: ServiceRequest,
    tree: FolderTree,
    upload_id: UUID,
    todo: list[actions.FileChange],
) -> HttpResponse:
    """Make the changes; what the API refuses is told, and can be tried again."""
    refused = actions.apply_changes(
        service=request.service, user=request.user, tree=tree, changes=todo
    )
    done = len(todo) - len(refused)
    if done:
        told = ngettext("%(n)s template changed.", "%(n)s templates changed.", done)
        messages.success(request, told % {"n": done})
    if refused:
        told = " ".join(f"{change.file.path}: {why}" for change, why in refused)
        messages.error(request, told)
        return redirect("message_templates:check_files", request.service.pk, upload_id)
    delete_object(STORE, key_of(request, upload_id))
    return redirect("message_templates:choose", request.service.pk)
