"""Copies of templates and folders, into the same service or another one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from portal.message_templates.actions.attachments import copy_pages
from portal.message_templates.actions.email_files import copy_email_files
from portal.message_templates.actions.folders import create_template_folder
from portal.message_templates.actions.templates import create_template
from portal.message_templates.models import Template
from portal.message_templates.tree import FolderTree, Item
from portal.message_templates.words import words_of
from portal.remote.errors import HTTPError
from portal.services.models import Service
from portal.users.models import User


@dataclass(frozen=True)
class Copied:
    """What became of one template or folder: the id of its copy, and what is missing of it."""

    kind: str
    name: str
    old_id: UUID
    new_id: str = ""
    refusal: str = ""


def name_of_copy(name: str, taken: Collection[str]) -> str:
    """Return a name for a copy that none of the others has."""
    if name not in taken:
        return name
    wanted, number = f"{name} (copy)", 1
    while wanted in taken:
        number += 1
        wanted = f"{name} (copy {number})"
    return wanted


def need_of_contact_details() -> str:
    """Say why a template with files cannot be copied to a service."""
    return _("It has files, and the service has no contact details for recipients yet.")


def copy_files(
    *, user: User, template: Template, content: str, to_service: Service, made: str
) -> str:
    """Copy attached pages, and the files that a copy's words link to.

    Gives a sentence about those that are lost.
    """
    files = [file for file in template.email_files if file.is_in(content)]
    copy = Template(pk=UUID(made), service_id=to_service.pk)
    lost = copy_email_files(
        files=files, from_service=template.service_id, to_template=copy, user=user
    )
    if template.attachment and not copy_pages(template=template, to_template=copy):
        lost = [*lost, template.attachment.name]
    if not lost:
        return ""
    told = _("These files could not be copied. Attach them again: %(names)s.")
    return told % {"names": ", ".join(lost)}


def copy_items(
    *,
    user: User,
    tree: FolderTree,
    keys: Collection[str],
    to_service: Service,
    to_tree: FolderTree,
    to_folder_id: UUID | None = None,
) -> list[Copied]:
    """Copy templates, and folders with all that the person sees in them.

    ``keys`` are those of the items in ``tree``, where they are; ``to_tree`` is of the
    service that they go to. What the API refuses is told and left out; the rest is
    copied all the same.
    """
    chosen = [item for item in tree.below(None) if item.key in keys]
    # What lies in a folder that is copied comes with it.
    folders = {item.object.pk for item in chosen if item.kind == "folder"}
    tops = [i for i in chosen if not folders.intersection(f.pk for f in i.path)]
    copier = _Copier(user, tree, to_service)
    taken = {str(i.object.name) for i in to_tree.inside(to_folder_id)}
    return list(copier.copy(tops, to_folder_id, taken))


@dataclass
class _Copier:
    user: User
    tree: FolderTree
    service: Service

    def copy(
        self, items: Iterable[Item], folder_id: UUID | None, taken: set[str]
    ) -> Iterator[Copied]:
        for item in items:
            name = name_of_copy(str(item.object.name), taken)
            taken.add(name)
            make = self._folder if item.kind == "folder" else self._template
            yield from make(item.object, name, folder_id)

    def _template(
        self, template: Template, name: str, folder_id: UUID | None
    ) -> Iterator[Copied]:
        told: dict[str, Any] = {"kind": "template", "name": name, "old_id": template.pk}
        if template.email_files and not self.service.contact_link:
            yield Copied(**told, refusal=need_of_contact_details())
            return
        try:
            made = create_template(
                service=self.service,
                user=self.user,
                template_type=str(template.template_type),
                folder_id=folder_id,
                **words_of(template) | {"name": name},
            )
        except HTTPError as error:
            yield Copied(**told, refusal=str(error.message))
        else:
            lost = copy_files(
                user=self.user,
                template=template,
                content=template.content,
                to_service=self.service,
                made=made,
            )
            yield Copied(**told, new_id=made, refusal=lost)

    def _folder(
        self, folder: Any, name: str, parent_id: UUID | None
    ) -> Iterator[Copied]:
        told: dict[str, Any] = {"kind": "folder", "name": name, "old_id": folder.pk}
        try:
            made = create_template_folder(
                service=self.service, user=self.user, name=name, parent_id=parent_id
            )
        except HTTPError as error:
            yield Copied(**told, refusal=str(error.message))
            return
        yield Copied(**told, new_id=made)
        yield from self.copy(self.tree.inside(folder.pk), UUID(made), set())
