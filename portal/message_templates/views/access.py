"""What pages about templates begin with: who may do what, and where they are."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.message_templates import actions
from portal.message_templates.models import Template, TemplateFolder
from portal.message_templates.tree import FolderTree
from portal.users.permissions import ServiceRequest, may_use


def may(request: ServiceRequest, permission: str) -> bool:
    """Whether the person has a permission in the service of the page."""
    return may_use(request.user, request.service, (permission,))


def list_url(
    request: ServiceRequest, kind: str = "all", folder_id: UUID | None = None
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
    request: ServiceRequest, path: Iterable[TemplateFolder], *last: tuple[str, str]
) -> list[dict[str, str]]:
    """The way from the top to a folder, or to something inside it: the last is no link."""
    steps = [(_("Templates"), list_url(request))]
    steps += [(str(f.name), list_url(request, folder_id=f.pk)) for f in path]
    *above, (here, _url) = [*steps, *last]
    return [*({"text": text, "url": url} for text, url in above), {"text": here}]


@dataclass(frozen=True)
class Opened:
    """A template, with what the person who looks at it may do."""

    request: ServiceRequest
    template: Template
    tree: FolderTree
    beside: Any = None

    @property
    def is_open(self) -> bool:
        """Whether anything may be done with it: not deleted, nor in a hidden folder."""
        return not self.template.archived and self.tree.shows(self.template.folder_id)

    @property
    def can_manage(self) -> bool:
        """Whether the person may change the template."""
        return self.is_open and may(self.request, "manage_templates")

    @property
    def can_send(self) -> bool:
        """Whether the person may send messages with it."""
        service = self.request.service
        return (
            self.is_open
            and bool(service.active)
            and service.has_permission(str(self.template.template_type))
            and may(self.request, "send_messages")
        )

    @property
    def url(self) -> str:
        """The address of the template's page."""
        return reverse(
            "message_templates:view", args=[self.request.service.pk, self.template.pk]
        )

    def context(self, last: str = "") -> dict[str, Any]:
        """What every page about the template shows."""
        steps = [(str(self.template.name), self.url)]
        steps += [(last, "")] if last else []
        path = self.tree.path(self.template.folder_id)
        return {
            "service": self.request.service,
            "template": self.template,
            "breadcrumbs": breadcrumbs(self.request, path, *steps),
        }


def opened(
    request: ServiceRequest,
    template_id: UUID,
    beside: Callable[[], Any] = lambda: None,
) -> Opened:
    """Open a template of the service, and read side by side what else a page shows of it.

    Raises Http404.
    """
    try:
        template, tree, more = actions.load_template(
            service=request.service,
            user=request.user,
            template_id=template_id,
            beside=beside,
        )
    except Template.DoesNotExist as missing:
        raise Http404(_("There is no such template.")) from missing
    if template.extra.get("is_precompiled_letter"):
        raise Http404(_("Uploaded letters are not made from a template."))
    return Opened(request, template, tree, more)


def opened_to_change(
    request: ServiceRequest,
    template_id: UUID,
    beside: Callable[[], Any] = lambda: None,
) -> Opened:
    """Open a template to change it; a deleted one can only be shown.

    Raises Http404, and PermissionDenied in a folder that the person does not see.
    """
    page = opened(request, template_id, beside)
    if not page.template.archived and not page.can_manage:
        raise PermissionDenied(_("The template is in a folder that you cannot see."))
    return page


def opened_folder(tree: FolderTree, pk: UUID | None) -> TemplateFolder | None:
    """The folder, None at the top. Raises Http404 if the person sees no such folder."""
    if not tree.shows(pk):
        raise Http404(_("There is no such folder."))
    return tree.folders[pk] if pk else None
