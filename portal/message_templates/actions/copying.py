"""Copies of templates and folders, into the same service or another one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

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
    """What became of one template or folder: the id of its copy, or why there is none."""

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
            yield Copied(**told, new_id=made)

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
