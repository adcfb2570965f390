"""A folder's own pages: its name, and its end."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.message_templates import actions
from portal.message_templates.forms import FolderForm
from portal.message_templates.models import TemplateFolder
from portal.message_templates.tree import FolderTree
from portal.message_templates.views.choose import breadcrumbs, list_url
from portal.remote.errors import Rejected
from portal.users.permissions import user_has_permissions


def seen_folder(request: HttpRequest, pk: UUID) -> tuple[FolderTree, TemplateFolder]:
    """The folder, if the person may see it."""
    tree = actions.load_tree(service=request.service, user=request.user)
    if pk not in tree.folders:
        raise Http404(_("There is no such folder."))
    return tree, tree.folders[pk]


@require_http_methods(["GET", "POST"])
@user_has_permissions("manage_templates")
def manage_template_folder(
    request: HttpRequest, service_id: UUID, template_folder_id: UUID
) -> HttpResponse:
    tree, folder = seen_folder(request, template_folder_id)
    form = FolderForm(request.POST or None, initial={"name": folder.name})
    if form.is_valid():
        actions.rename_template_folder(
            folder=folder, user=request.user, name=form.cleaned_data["name"]
        )
        messages.success(request, _("The folder has its new name."))
        return redirect(list_url(request, folder_id=folder.pk))
    context = {
        "service": request.service,
        "folder": folder,
        "form": form,
        "breadcrumbs": breadcrumbs(request, tree.path(folder.pk), _("Manage")),
        "is_empty": not any(tree.counts(folder.pk)),
    }
    status = 400 if form.is_bound else 200
    return render(
        request, "message_templates/manage_folder.html", context, status=status
    )


@require_http_methods(["GET", "POST"])
@user_has_permissions("manage_templates")
def delete_template_folder(
    request: HttpRequest, service_id: UUID, template_folder_id: UUID
) -> HttpResponse:
    tree, folder = seen_folder(request, template_folder_id)
    here = list_url(request, folder_id=folder.pk)
    if request.method == "GET":
        context = {
            "service": request.service,
            "title": _("Delete the folder “%(name)s”?") % {"name": folder.name},
            "told": _("Only an empty folder can be deleted. Nothing else changes."),
            "button": _("Delete this folder"),
            "cancel_url": here,
        }
        return render(request, "message_templates/confirm.html", context)
    try:
        actions.delete_template_folder(folder=folder, user=request.user)
    except Rejected:
        messages.error(
            request,
            _("“%(name)s” is not empty. Move or delete what is in it first.")
            % {"name": folder.name},
        )
        return redirect(here)
    messages.success(
        request, _("The folder “%(name)s” is deleted.") % {"name": folder.name}
    )
    return redirect(list_url(request, folder_id=tree.visible_parent(folder)))
