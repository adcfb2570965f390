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
    form = SearchForm(request.GET or None)
    wanted = form.wanted(template_type)
    tree, used_ids = actions.load_list(
        service=request.service, user=request.user, used=wanted.used
    )
    folder = opened_folder(tree, template_folder_id)
    if request.method == "POST":
        return bulk.change(request, tree, folder)
    if "new" in request.GET:
        return bulk.ask(request, tree, folder, request.GET["new"])
    found = actions.find_items(
        service=request.service,
        tree=tree,
        folder_id=template_folder_id,
        wanted=wanted,
        used_ids=used_ids,
    )
    if not found.can_look_inside:
        del form.fields["inside"]
    context = {
        "search_form": form,
        "wanted": wanted,
        **list_context(request, tree, found, wanted.kind, folder),
    }
    page = "_list" if request.headers.get("HX-Target") == "template-list" else "choose"
    response = render(request, f"message_templates/{page}.html", context)
    patch_vary_headers(response, ["HX-Target"])
    return response


def list_context(
    request: ServiceRequest,
    tree: FolderTree,
    found: actions.Found,
    kind: str,
    folder: TemplateFolder | None,
) -> dict[str, Any]:
    """Everything that the list shows."""
    folder_id = folder.pk if folder else None
    return {
        "service": request.service,
        "folder": folder,
        "breadcrumbs": breadcrumbs(request, tree.path(folder_id)),
        "count": len(found.items),
        "too_many": found.too_many,
        "most_texts": actions.MOST_TEXTS,
        "tabs": kind_tabs(request, kind, folder_id),
        "kind": kind,
        "can_manage": (can_manage := may(request, "manage_templates")),
        **one_page(request, found.items, kind, can_choose=can_manage),
    }


def one_page(
    request: ServiceRequest, found: list[Item], kind: str, *, can_choose: bool
) -> dict[str, Any]:
    """The lines of the page that is asked for, and the addresses of those around it."""
    text = request.GET.get("page", "1")
    asked = min(int(text), LAST_PAGE) if text.isdecimal() and len(text) < 9 else 1
    pages = max(1, -(-len(found) // PER_PAGE))
    number = min(max(asked, 1), pages)
    start = (number - 1) * PER_PAGE

    def address(page: int) -> str:
        return f"{request.path}?{urlencode({**kept_query(request), 'page': page})}"

    lines = found[start : start + PER_PAGE]
    return {
        "lines": lines_of(lines, request.service.pk, kind, can_choose=can_choose),
        "previous_url": address(number - 1) if number > 1 else "",
        "next_url": address(number + 1) if number < pages else "",
        "page_label": _("page %(number)s of %(pages)s")
        % {"number": number, "pages": pages},
    }


def kept_query(request: ServiceRequest) -> dict[str, str]:
    """The search and the filters of the page, for links to others of the same."""
    return {name: v for name in SearchForm.base_fields if (v := request.GET.get(name))}


def kind_tabs(
    request: ServiceRequest, kind: str, folder_id: UUID | None
) -> list[dict[str, Any]]:
    """All, and each kind that the service may send; search and filters go with them."""
    kept = kept_query(request)
    query = f"?{urlencode(kept)}" if kept else ""
    kinds = [("all", _("All"))]
    kinds += [(k, str(name)) for k, name in KINDS if request.service.has_permission(k)]
    return [
        {
            "text": name,
            "url": list_url(request, k, folder_id) + query,
            "current": k == kind,
        }
        for k, name in kinds
    ]
