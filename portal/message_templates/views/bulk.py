"""What the bar at the bottom of the list does: make something new, move what is ticked."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.common.forms import PortalForm
from portal.common.once import make_once
from portal.message_templates import actions
from portal.message_templates.forms.lists import (
    NEW,
    TOP,
    FolderForm,
    MoveForm,
    NewTemplateForm,
)
from portal.message_templates.models import TemplateFolder
from portal.message_templates.tree import FolderTree, Item
from portal.message_templates.views.access import breadcrumbs, list_url, may
from portal.message_templates.views.copying import copy_chosen
from portal.remote.errors import Rejected
from portal.users.permissions import ServiceRequest


def ask(
    request: ServiceRequest,
    tree: FolderTree,
    folder: TemplateFolder | None,
    what: str,
) -> HttpResponse:
    """Ask for the kind of a new template, or for the name of a new folder."""
    if not may(request, "manage_templates"):
        raise PermissionDenied
    if what == "folder":
        return step(request, tree, folder, "new_folder", FolderForm())
    if what != "template":
        raise Http404
    form = NewTemplateForm(service=request.service)
    kinds = [kind for kind, _name in form.fields["template_type"].choices]  # type: ignore[attr-defined]
    if len(kinds) == 1:
        return redirect(add_url(request, folder, kinds[0]))
    return step(request, tree, folder, "new_template", form)


def change(
    request: ServiceRequest, tree: FolderTree, folder: TemplateFolder | None
) -> HttpResponse:
    """Do what the bar asks."""
    if not may(request, "manage_templates"):
        raise PermissionDenied
    operations = {
        "move": move,
        "copy": copy,
        "new-folder": new_folder,
        "new-template": new_template,
    }
    operation = operations.get(request.POST.get("operation", ""))
    if operation is None:
        raise BadRequest
    return operation(request, tree, folder)


def step(
    request: ServiceRequest,
    tree: FolderTree,
    folder: TemplateFolder | None,
    name: str,
    form: PortalForm,
    **more: Any,
) -> HttpResponse:
    """Show one of the bar's questions, with status 400 when there is something to correct."""
    folder_id = folder.pk if folder else None
    context = {
        "service": request.service,
        "form": form,
        "breadcrumbs": breadcrumbs(request, tree.path(folder_id), (titles()[name], "")),
        "cancel_url": list_url(request, folder_id=folder_id),
        **more,
    }
    status = 400 if form.errors else 200
    return render(request, f"message_templates/{name}.html", context, status=status)


def titles() -> dict[str, str]:
    """The last breadcrumb of each question."""
    return {
        "new_template": _("New template"),
        "new_folder": _("New folder"),
        "move": _("Move"),
    }


def add_url(request: ServiceRequest, folder: TemplateFolder | None, kind: str) -> str:
    """The address of the form for a new template."""
    params: dict[str, Any] = {"service_id": request.service.pk, "template_type": kind}
    if folder is None:
        return reverse("message_templates:add", kwargs=params)
    params["template_folder_id"] = folder.pk
    return reverse("message_templates:add_in_folder", kwargs=params)


def new_template(
    request: ServiceRequest, tree: FolderTree, folder: TemplateFolder | None
) -> HttpResponse:
    form = NewTemplateForm(request.POST, service=request.service)
    if not form.is_valid():
        return step(request, tree, folder, "new_template", form)
    return redirect(add_url(request, folder, form.cleaned_data["template_type"]))


def new_folder(
    request: ServiceRequest, tree: FolderTree, folder: TemplateFolder | None
) -> HttpResponse:
    form = FolderForm(request.POST)
    if not form.is_valid():
        return step(request, tree, folder, "new_folder", form)
    folder_id = folder.pk if folder else None
    made = make_once(
        form.cleaned_data["form_id"],
        lambda: create_folder(request, form.cleaned_data["name"], folder_id),
        by=request.user.pk,
    )
    if made:
        told = _("The folder “%(name)s” is ready.") % form.cleaned_data
        messages.success(request, told)
    return redirect(list_url(request, folder_id=folder_id))


def create_folder(request: ServiceRequest, name: str, parent_id: UUID | None) -> str:
    """Create a folder for the person of the page; gives its id."""
    return actions.create_template_folder(
        service=request.service, user=request.user, name=name, parent_id=parent_id
    )


def move(
    request: ServiceRequest, tree: FolderTree, folder: TemplateFolder | None
) -> HttpResponse:
    """Ask where to, then move."""
    chosen = chosen_of(request, tree)
    if not chosen:
        messages.error(request, _("Tick the templates and folders to move first."))
        return redirect(list_url(request, folder_id=folder.pk if folder else None))
    places = tree.indented(without={i.object.pk for i in chosen if i.kind == "folder"})
    form = MoveForm(request.POST if "confirm" in request.POST else None, places=places)
    if form.is_valid() and (to := moved(request, tree, folder, form, chosen)):
        return redirect(to)
    return step(request, tree, folder, "move", form, chosen=chosen)


def chosen_of(request: ServiceRequest, tree: FolderTree) -> list[Item]:
    """What is ticked."""
    keys = set(request.POST.getlist("items"))
    return [line for line in tree.below(None) if line.key in keys]


def copy(
    request: ServiceRequest, tree: FolderTree, folder: TemplateFolder | None
) -> HttpResponse:
    """Ask where to, then copy."""
    here = list_url(request, folder_id=folder.pk if folder else None)
    chosen = chosen_of(request, tree)
    if not chosen:
        messages.error(request, _("Tick the templates and folders to copy first."))
        return redirect(here)
    return copy_chosen(request, tree, chosen, here)


def moved(
    request: ServiceRequest,
    tree: FolderTree,
    folder: TemplateFolder | None,
    form: MoveForm,
    chosen: list[Item],
) -> str:
    """Move what is chosen; gives the new place, empty when the API refuses."""
    try:
        target = target_of(request, tree, folder, form)
        actions.move_templates(
            service=request.service,
            user=request.user,
            to_folder=target,
            template_ids=[str(i.object.pk) for i in chosen if i.kind == "template"],
            folder_ids=[str(i.object.pk) for i in chosen if i.kind == "folder"],
        )
    except Rejected as refusal:
        form.add_error("to", str(refusal.message))
        return ""
    told = ngettext("%(count)s item moved.", "%(count)s items moved.", len(chosen))
    messages.success(request, told % {"count": len(chosen)})
    return list_url(request, folder_id=target.pk if target else None)


def target_of(
    request: ServiceRequest,
    tree: FolderTree,
    folder: TemplateFolder | None,
    form: MoveForm,
) -> TemplateFolder | None:
    """The chosen folder, made first if it is a new one; None is the top."""
    to = form.cleaned_data["to"]
    if to == TOP:
        return None
    if to != NEW:
        return tree.folders[UUID(to)]
    name = form.cleaned_data["name"]
    made = create_folder(request, name, folder.pk if folder else None)
    return TemplateFolder(pk=UUID(made), name=name)
