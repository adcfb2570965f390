"""A folder's own pages: its name, and its end."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.message_templates import actions
from portal.message_templates.forms.lists import ManageFolderForm
from portal.message_templates.models import TemplateFolder
from portal.message_templates.tree import FolderTree
from portal.message_templates.views.access import (
    breadcrumbs,
    list_url,
    may,
    opened_folder,
)
from portal.remote.errors import Rejected
from portal.users.models import User
from portal.users.permissions import ServiceRequest, user_has_permissions


def folder_page(
    request: ServiceRequest, pk: UUID
) -> tuple[FolderTree, TemplateFolder, str]:
    """The folder among the others, if the person may see it, and the address of its list."""
    tree = actions.load_tree(service=request.service, user=request.user)
    folder = opened_folder(tree, pk)
    if folder is None:
        raise Http404
    return tree, folder, list_url(request, folder_id=folder.pk)


def team_to_show(request: ServiceRequest) -> list[User] | None:
    """The team, for those who may say who sees a folder; None for the others."""
    if not may(request, "manage_service"):
        return None
    if not request.service.has_permission("edit_folder_permissions"):
        return None
    return sorted(
        User.objects.for_service(request.service), key=lambda user: str(user.name)
    )


@require_http_methods(["GET", "POST"])
@user_has_permissions("manage_templates")
def manage_template_folder(
    request: ServiceRequest, service_id: UUID, template_folder_id: UUID
) -> HttpResponse:
    tree, folder, here = folder_page(request, template_folder_id)
    people = team_to_show(request)
    form = ManageFolderForm(request.POST or None, folder=folder, people=people)
    if form.is_valid():
        actions.update_template_folder(
            folder=folder,
            user=request.user,
            name=form.cleaned_data["name"],
            users_with_permission=form.people_chosen(),
        )
        messages.success(request, _("The folder is changed."))
        return redirect(here)
    context = {
        "service": request.service,
        "folder": folder,
        "form": form,
        "breadcrumbs": breadcrumbs(request, tree.path(folder.pk), (_("Manage"), "")),
        "is_empty": not any(tree.counts(folder.pk)),
    }
    status = 400 if form.errors else 200
    return render(
        request, "message_templates/manage_folder.html", context, status=status
    )


@require_http_methods(["GET", "POST"])
@user_has_permissions("manage_templates")
def delete_template_folder(
    request: ServiceRequest, service_id: UUID, template_folder_id: UUID
) -> HttpResponse:
    tree, folder, here = folder_page(request, template_folder_id)
    if request.method == "GET":
        context = {
            "service": request.service,
            "title": _("Delete the folder “%(name)s”?") % {"name": folder.name},
            "told": _("Only an empty folder can be deleted. Nothing else changes."),
            "button": _("Delete this folder"),
            "cancel_url": here,
        }
        return render(request, "message_templates/confirm.html", context)
    named = {"name": folder.name}
    try:
        actions.delete_template_folder(folder=folder, user=request.user)
    except Rejected:
        told = _("“%(name)s” is not empty. Move or delete what is in it first.")
        messages.error(request, told % named)
        return redirect(here)
    messages.success(request, _("The folder “%(name)s” is deleted.") % named)
    return redirect(list_url(request, folder_id=tree.visible_parent(folder)))
