"""The list of templates and folders, and what can be done with several at once."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from portal.message_templates import actions
from portal.message_templates.forms import (
    KINDS,
    TOP,
    FolderForm,
    MoveForm,
    NewTemplateForm,
    SearchForm,
)
from portal.message_templates.tree import FolderTree, Item
from portal.remote.errors import Rejected
from portal.users.permissions import user_has_permissions

PER_PAGE = 200


@require_http_methods(["GET", "POST"])
@user_has_permissions(allow_org_user=True)
def choose_template(
    request: HttpRequest,
    service_id: UUID,
    template_type: str = "all",
    template_folder_id: UUID | None = None,
) -> HttpResponse:
    tree = actions.load_tree(service=request.service, user=request.user)
    if template_folder_id is not None and template_folder_id not in tree.folders:
        raise Http404(_("There is no such folder."))
    if request.method == "POST":
        return change(request, tree, template_folder_id)
    context = list_context(request, tree, template_type, template_folder_id)
    page = "_list" if request.headers.get("HX-Target") == "template-list" else "choose"
    return render(request, f"message_templates/{page}.html", context)


def list_context(
    request: HttpRequest, tree: FolderTree, kind: str, folder_id: UUID | None
) -> dict[str, Any]:
    """Everything that the list shows."""
    words = request.GET.get("search", "").strip()
    found = (
        tree.search(words, folder_id, kind) if words else tree.inside(folder_id, kind)
    )
    path = tree.path(folder_id)
    return {
        "service": request.service,
        "folder": path[-1] if path else None,
        "breadcrumbs": breadcrumbs(request, path),
        "items": found[:PER_PAGE],
        "left_out": max(0, len(found) - PER_PAGE),
        "count": len(found),
        "words": words,
        "search_form": SearchForm(initial={"search": words}),
        "tabs": kind_tabs(request, kind, folder_id),
        "kind": kind,
        "can_manage": may_manage(request),
        "new_template_form": NewTemplateForm(service=request.service),
        "folder_form": FolderForm(prefix="folder"),
    }


def may_manage(request: HttpRequest) -> bool:
    """Whether the person may change templates of the service."""
    return bool(
        request.user.has_permission_for_service(request.service.pk, "manage_templates")
    )


def kind_tabs(
    request: HttpRequest, kind: str, folder_id: UUID | None
) -> list[dict[str, Any]]:
    """All, and each kind that the service may send."""
    kinds = [("all", _("All"))]
    kinds += [(k, str(name)) for k, name in KINDS if request.service.has_permission(k)]
    return [
        {"text": name, "url": list_url(request, k, folder_id), "current": k == kind}
        for k, name in kinds
    ]


def list_url(
    request: HttpRequest, kind: str = "all", folder_id: UUID | None = None
) -> str:
    """The address of a folder's list."""
    params: dict[str, Any] = {"service_id": request.service.pk}
    if kind != "all":
        params["template_type"] = kind
    if folder_id is None:
        return reverse("message_templates:choose", kwargs=params)
    params["template_folder_id"] = folder_id
    return reverse("message_templates:folder", kwargs=params)


def breadcrumbs(
    request: HttpRequest, path: tuple[Any, ...], last: str = ""
) -> list[dict[str, str]]:
    """The way from the top to a folder, or to something inside it."""
    steps = [{"text": _("Templates"), "url": list_url(request)}]
    steps += [
        {"text": folder.name, "url": list_url(request, folder_id=folder.pk)}
        for folder in path
    ]
    if last:
        return [*steps, {"text": last}]
    return [*steps[:-1], {"text": steps[-1]["text"]}]


def change(
    request: HttpRequest, tree: FolderTree, folder_id: UUID | None
) -> HttpResponse:
    """Do what the bar at the bottom of the list asks."""
    if not may_manage(request):
        raise PermissionDenied
    operations = {"move": move, "new-folder": new_folder, "new-template": new_template}
    operation = operations.get(request.POST.get("operation", ""))
    if operation is None:
        raise Http404(_("There is no such operation."))
    return operation(request, tree, folder_id)


def new_template(
    request: HttpRequest, tree: FolderTree, folder_id: UUID | None
) -> HttpResponse:
    form = NewTemplateForm(request.POST, service=request.service)
    if not form.is_valid():
        return again(request, tree, folder_id, new_template_form=form)
    params: dict[str, Any] = {
        "service_id": request.service.pk,
        "template_type": form.cleaned_data["template_type"],
    }
    if folder_id:
        params["template_folder_id"] = folder_id
    return redirect(
        "message_templates:add_in_folder" if folder_id else "message_templates:add",
        **params,
    )


def new_folder(
    request: HttpRequest, tree: FolderTree, folder_id: UUID | None
) -> HttpResponse:
    form = FolderForm(request.POST, prefix="folder")
    if not form.is_valid():
        return again(request, tree, folder_id, folder_form=form)
    actions.create_template_folder(
        service=request.service,
        user=request.user,
        name=form.cleaned_data["name"],
        parent_id=folder_id,
    )
    messages.success(request, _("The folder “%(name)s” is ready.") % form.cleaned_data)
    return redirect(list_url(request, folder_id=folder_id))


def again(
    request: HttpRequest, tree: FolderTree, folder_id: UUID | None, **forms: Any
) -> HttpResponse:
    """Show the list again with what was wrong."""
    context = list_context(request, tree, "all", folder_id) | forms
    context["form"] = next(iter(forms.values()))
    return render(request, "message_templates/choose.html", context, status=400)


def move(
    request: HttpRequest, tree: FolderTree, folder_id: UUID | None
) -> HttpResponse:
    """Ask where to, then move."""
    lines = tree.below(None)
    form = MoveForm(
        request.POST if "to" in request.POST or "confirm" in request.POST else None,
        items=[(line.key, str(line.object.name)) for line in lines],
        places=tree.indented(),
        initial={"items": request.POST.getlist("items")},
    )
    if form.is_bound and form.is_valid() and moved(request, form):
        return redirect(list_url(request, folder_id=target(form)))
    context = {
        "service": request.service,
        "form": form,
        "chosen": chosen_lines(tree, request.POST.getlist("items")),
        "cancel_url": list_url(request, folder_id=folder_id),
    }
    status = 400 if form.is_bound else 200
    return render(request, "message_templates/move.html", context, status=status)


def moved(request: HttpRequest, form: MoveForm) -> bool:
    """Move what was chosen; False when the API refuses, with the reason in the form."""
    templates, folders = form.picked("template"), form.picked("folder")
    try:
        actions.move_templates(
            service=request.service,
            user=request.user,
            to_folder_id=target(form),
            template_ids=templates,
            folder_ids=folders,
        )
    except Rejected as refusal:
        form.add_error("to", str(refusal.message))
        return False
    count = len(templates) + len(folders)
    told = ngettext("%(count)s item moved.", "%(count)s items moved.", count)
    messages.success(request, told % {"count": count})
    return True


def target(form: MoveForm) -> UUID | None:
    """The chosen folder; None is the top."""
    to = form.cleaned_data["to"]
    return None if to == TOP else UUID(to)


def chosen_lines(tree: FolderTree, keys: list[str]) -> list[Item]:
    """The ticked lines of the list."""
    return [line for line in tree.below(None) if line.key in keys]
