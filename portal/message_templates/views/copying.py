"""Copies: one template from another service, or whatever is ticked into another one."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from portal.common.once import make_once
from portal.message_templates import actions
from portal.message_templates.forms.copying import CopyForm
from portal.message_templates.forms.words import (
    TEMPLATE_FORMS,
    TemplateForm,
    initial_of,
)
from portal.message_templates.models import Template
from portal.message_templates.tree import FolderTree, Item
from portal.message_templates.views.access import breadcrumbs, list_url, opened_folder
from portal.message_templates.views.edit import (
    blocked,
    created,
    edit_context,
    render_form,
)
from portal.services.models import Service
from portal.users.permissions import ServiceRequest, may_use, user_has_permissions

# Each copy is a call of its own, and a page must not take long.
MOST_COPIES = 50


def copy_url(request: ServiceRequest, name: str = "copy", *more: Any) -> str:
    """The address of one of these pages."""
    return reverse(f"message_templates:{name}", args=[request.service.pk, *more])


def own_services(request: ServiceRequest) -> list[Service]:
    """The services of the person by name, without those that are archived."""
    found = (s for s in Service.objects.for_user(request.user) if s.active)
    return sorted(found, key=lambda service: str(service.name).casefold())


def other_service(request: ServiceRequest, service_id: UUID) -> Service:
    """A service that the person may look at. Raises PermissionDenied."""
    service = Service.objects.filter(pk=service_id).first()
    if service is None or not may_use(request.user, service):
        raise PermissionDenied(_("You are not a member of that service."))
    return service


@require_http_methods(["GET"])
@user_has_permissions("manage_templates")
def choose_template_to_copy(
    request: ServiceRequest,
    service_id: UUID,
    from_service: UUID | None = None,
    from_folder: UUID | None = None,
) -> HttpResponse:
    crumbs = [(_("Copy a template"), copy_url(request))]
    if from_service is None and from_folder is None:
        lines = [
            {
                "url": copy_url(request, "copy_from_service", service.pk),
                "name": service.name,
                "is_folder": True,
            }
            for service in own_services(request)
        ]
        return copy_page(request, lines, breadcrumbs(request, (), *crumbs))
    service = other_service(request, from_service or service_id)
    tree = actions.load_tree(service=service, user=request.user)
    folder = opened_folder(tree, from_folder)
    inside = tree.inside(folder.pk if folder else None)
    lines = [line_of(request, service, item) for item in inside]
    crumbs.append(
        (str(service.name), copy_url(request, "copy_from_service", service.pk))
    )
    crumbs += [
        (str(f.name), folder_url(request, service, f.pk))
        for f in tree.path(folder.pk if folder else None)
    ]
    return copy_page(request, lines, breadcrumbs(request, (), *crumbs))


def copy_page(
    request: ServiceRequest, lines: list[dict[str, Any]], crumbs: list[dict[str, str]]
) -> HttpResponse:
    """List services, or the folders and templates of one."""
    context = {"service": request.service, "lines": lines, "breadcrumbs": crumbs}
    return render(request, "message_templates/copy.html", context)


def folder_url(request: ServiceRequest, service: Service, folder_id: UUID) -> str:
    """The address of a folder of a service to copy from."""
    return copy_url(request, "copy_from_folder_of", service.pk, folder_id)


def line_of(request: ServiceRequest, service: Service, item: Item) -> dict[str, Any]:
    """A folder to look into, or a template to copy."""
    if item.kind == "folder":
        url = folder_url(request, service, item.object.pk)
    else:
        one = copy_url(request, "copy_one", item.object.pk)
        url = f"{one}?from_service={service.pk}"
    return {
        "url": url,
        "name": item.object.name,
        "is_folder": item.kind == "folder",
        "kind": getattr(item.object, "template_type", ""),
    }


@require_http_methods(["GET", "POST"])
@user_has_permissions("manage_templates")
def copy_template(
    request: ServiceRequest, service_id: UUID, template_id: UUID
) -> HttpResponse:
    original, name = original_of(request, template_id)
    kind = str(original.template_type)
    if not request.service.has_permission(kind):
        return blocked(request, kind)
    initial = initial_of(original) | {"name": name, "version": None}
    form = TEMPLATE_FORMS[kind](request.POST or None, initial=initial)
    if form.is_valid() and (to := copied_one(request, original, form)):
        return redirect(to)
    crumbs = [(_("Copy a template"), copy_url(request)), (str(original.name), "")]
    context = edit_context(request, form, kind) | {
        "breadcrumbs": breadcrumbs(request, (), *crumbs),
    }
    return render_form(request, "message_templates/edit.html", context)


def copied_one(request: ServiceRequest, original: Template, form: TemplateForm) -> str:
    """Make the copy, with its files; gives its address, nothing when it is refused."""
    if original.email_files and not request.service.contact_link:
        told = _(
            "The template has files. Say first how recipients can contact your "
            "service: choose “Attach files” in one of its email templates."
        )
        form.add_error(None, told)
        return ""

    def copy_files(made: str) -> None:
        lost = actions.copy_files(
            user=request.user,
            template=original,
            content=form.cleaned_data["content"],
            to_service=request.service,
            made=made,
        )
        if lost:
            messages.error(request, lost)

    kind = str(original.template_type)
    to = created(request, form, kind, None, then=copy_files)
    if to:
        messages.success(request, _("The copy is ready."))
    return to


def original_of(request: ServiceRequest, template_id: UUID) -> tuple[Template, str]:
    """The template to copy, and a free name. Raises Http404 and PermissionDenied."""
    given = request.GET.get("from_service", str(request.service.pk))
    try:
        service = other_service(request, UUID(given))
    except ValueError as error:
        raise Http404 from error
    try:
        original, tree, _more = actions.load_template(
            service=service, user=request.user, template_id=template_id
        )
    except Template.DoesNotExist as missing:
        raise Http404(_("There is no such template.")) from missing
    if not tree.shows(original.folder_id):
        raise PermissionDenied(_("The template is in a folder that you cannot see."))
    here = actions.load_tree(service=request.service, user=request.user)
    taken = {str(template.name) for template in here.all_templates}
    return original, actions.name_of_copy(str(original.name), taken)


def copy_chosen(
    request: ServiceRequest, tree: FolderTree, chosen: list[Item], cancel_url: str
) -> HttpResponse:
    """Ask which service to copy what is ticked into, then copy it and tell what became of it."""
    others = [s for s in own_services(request) if s.pk != request.service.pk]
    allowed = [s for s in others if may_use(request.user, s, ("manage_templates",))]
    data = request.POST if "confirm" in request.POST else None
    form = CopyForm(data, here=request.service, others=allowed)
    count = len(tree.with_contents(chosen))
    if form.is_valid() and count > MOST_COPIES:
        form.add_error(
            "service",
            _("Copy up to %(most)s items at once. You chose %(count)s.")
            % {"most": MOST_COPIES, "count": count},
        )
    if form.is_valid():
        return copied(request, tree, chosen, form)
    context = {
        "service": request.service,
        "form": form,
        "chosen": chosen,
        "breadcrumbs": breadcrumbs(request, (), (_("Copy"), "")),
        "cancel_url": cancel_url,
    }
    return render_form(request, "message_templates/copy_chosen.html", context)


def copied(
    request: ServiceRequest, tree: FolderTree, chosen: list[Item], form: CopyForm
) -> HttpResponse:
    """Copy once, and show the ids of the copies beside those of the originals."""
    service = Service.objects.get(pk=form.cleaned_data["service"])
    made = make_once(
        form.cleaned_data["form_id"],
        lambda: told_of(make_copies(request, tree, chosen, service)),
        by=request.user.pk,
    )
    if not made:
        messages.info(request, _("The copies are still being made."))
        return redirect(list_url(request))
    results = json.loads(made)
    count = sum(1 for result in results if result["new_id"])
    context = {
        "service": request.service,
        "to_service": service,
        "results": results,
        "title": ngettext("%(n)s item copied", "%(n)s items copied", count)
        % {"n": count},
        "breadcrumbs": breadcrumbs(request, (), (_("Copy"), "")),
    }
    return render(request, "message_templates/copied.html", context)


def make_copies(
    request: ServiceRequest, tree: FolderTree, chosen: list[Item], service: Service
) -> list[actions.Copied]:
    """Copy with the texts, which lists do not have."""
    items = tree.with_contents(chosen)
    actions.load_texts(
        service=request.service,
        tree=tree,
        templates=[item.object for item in items if item.kind == "template"],
    )
    to_tree = actions.load_tree(service=service, user=request.user)
    return actions.copy_items(
        user=request.user,
        tree=tree,
        keys={item.key for item in chosen},
        to_service=service,
        to_tree=to_tree,
    )


def told_of(results: list[actions.Copied]) -> str:
    """Keep results for a form that is sent twice."""
    return json.dumps(
        [vars(result) | {"old_id": str(result.old_id)} for result in results]
    )
