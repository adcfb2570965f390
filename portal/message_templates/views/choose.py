"""The list of templates and folders."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.message_templates import actions
from portal.message_templates.forms.lists import KINDS, SearchForm
from portal.message_templates.lines import lines_of
from portal.message_templates.models import TemplateFolder
from portal.message_templates.tree import FolderTree, Item
from portal.message_templates.views import bulk
from portal.message_templates.views.access import (
    breadcrumbs,
    list_url,
    may,
    opened_folder,
)
from portal.users.permissions import ServiceRequest, user_has_permissions

PER_PAGE = 100
LAST_PAGE = 999


@require_http_methods(["GET", "POST"])
@user_has_permissions(allow_org_user=True)
def choose_template(
    request: ServiceRequest,
    service_id: UUID,
    template_type: str = "all",
    template_folder_id: UUID | None = None,
) -> HttpResponse:
    tree = actions.load_tree(service=request.service, user=request.user)
    folder = opened_folder(tree, template_folder_id)
    if request.method == "POST":
        return bulk.change(request, tree, folder)
    if "new" in request.GET:
        return bulk.ask(request, tree, folder, request.GET["new"])
    context = list_context(request, tree, template_type, folder)
    page = "_list" if request.headers.get("HX-Target") == "template-list" else "choose"
    response = render(request, f"message_templates/{page}.html", context)
    patch_vary_headers(response, ["HX-Target"])
    return response


def list_context(
    request: ServiceRequest, tree: FolderTree, kind: str, folder: TemplateFolder | None
) -> dict[str, Any]:
    """Everything that the list shows."""
    folder_id = folder.pk if folder else None
    can_look_inside = len(tree.all_templates) <= actions.MOST_TEXTS
    words = request.GET.get("search", "").strip()
    inside = "inside" in request.GET and can_look_inside
    if words and inside:
        actions.load_texts(service=request.service, tree=tree)
    found = (
        tree.search(words, folder_id, kind) if words else tree.inside(folder_id, kind)
    )
    return {
        "service": request.service,
        "folder": folder,
        "breadcrumbs": breadcrumbs(request, tree.path(folder_id)),
        "count": len(found),
        "words": words,
        "search_form": SearchForm(
            initial={"search": words, "inside": ["yes"] if inside else []},
            can_look_inside=can_look_inside,
        ),
        "tabs": kind_tabs(request, kind, folder_id),
        "kind": kind,
        "can_manage": may(request, "manage_templates"),
        **one_page(request, found, kind),
    }


def one_page(request: ServiceRequest, found: list[Item], kind: str) -> dict[str, Any]:
    """The lines of the page that is asked for, and the addresses of those around it."""
    text = request.GET.get("page", "1")
    asked = min(int(text), LAST_PAGE) if text.isdecimal() and len(text) < 9 else 1
    pages = max(1, -(-len(found) // PER_PAGE))
    number = min(max(asked, 1), pages)
    start = (number - 1) * PER_PAGE

    def address(page: int) -> str:
        kept = {
            name: request.GET[name]
            for name in ("search", "inside")
            if name in request.GET
        }
        return f"{request.path}?{urlencode({**kept, 'page': page})}"

    return {
        "lines": lines_of(found[start : start + PER_PAGE], request.service.pk, kind),
        "previous_url": address(number - 1) if number > 1 else "",
        "next_url": address(number + 1) if number < pages else "",
        "page_label": _("page %(number)s of %(pages)s")
        % {"number": number, "pages": pages},
    }


def kind_tabs(
    request: ServiceRequest, kind: str, folder_id: UUID | None
) -> list[dict[str, Any]]:
    """All, and each kind that the service may send."""
    kinds = [("all", _("All"))]
    kinds += [(k, str(name)) for k, name in KINDS if request.service.has_permission(k)]
    return [
        {"text": name, "url": list_url(request, k, folder_id), "current": k == kind}
        for k, name in kinds
    ]
