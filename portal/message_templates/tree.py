"""Folders within folders, and the templates in them, as one person may see them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cached_property
from typing import Any, NamedTuple
from uuid import UUID

from portal.message_templates.listed import ListedTemplate
from portal.message_templates.models import Template, TemplateFolder

AnyTemplate = Template | ListedTemplate

_PART_OF_ID = re.compile("[0-9a-f-]+").fullmatch


class Item(NamedTuple):
    """A line of a list: a folder or a template, with the folders above it."""

    kind: str
    object: Any
    path: tuple[TemplateFolder, ...] = ()
    folders: int = 0
    templates: int = 0

    @property
    def key(self) -> str:
        """The value of the line's checkbox."""
        return f"{self.kind}-{self.object.pk}"


class FolderTree:
    """The folders that a person may see, and the templates inside.

    A folder whose parent is hidden from the person hangs on the nearest one above
    that is not; templates of hidden folders are left out.
    """

    def __init__(
        self,
        folders: Iterable[TemplateFolder],
        templates: Iterable[AnyTemplate],
        user_id: UUID | None = None,
    ) -> None:
        self.all_folders = {folder.pk: folder for folder in folders}
        self.folders = {
            pk: folder
            for pk, folder in self.all_folders.items()
            if user_id is None or may_see(folder, user_id)
        }
        self._templates = [t for t in templates if not t.archived]
        self._counts: dict[tuple[UUID, str], tuple[int, int]] = {}

    @property
    def all_templates(self) -> list[AnyTemplate]:
        """The templates in no particular order, those that are hidden here too."""
        return self._templates

    def replace(
        self, templates: Iterable[Template], gone: Collection[UUID] = ()
    ) -> None:
        """Take templates in place of those that the list gave, which know less.

        Those that turned out to be gone since are left out.
        """
        known = {template.pk: template for template in templates}
        listed = (t for t in self._templates if t.pk not in gone)
        self._templates = [known.get(t.pk, t) for t in listed]
        self.__dict__.pop("templates", None)

    @cached_property
    def subfolders(self) -> dict[UUID | None, list[TemplateFolder]]:
        """The folders inside each folder, by name."""
        inside: dict[UUID | None, list[TemplateFolder]] = defaultdict(list)
        for folder in sorted(self.folders.values(), key=by_name):
            inside[self.visible_parent(folder)].append(folder)
        return inside

    @cached_property
    def templates(self) -> dict[UUID | None, list[AnyTemplate]]:
        """The templates inside each folder, by name; None is the top."""
        inside: dict[UUID | None, list[AnyTemplate]] = defaultdict(list)
        for template in sorted(self._templates, key=by_name):
            inside[template.folder_id].append(template)
        for folder_id in list(inside):
            if not self.shows(folder_id):
                del inside[folder_id]
        return inside

    def shows(self, folder_id: UUID | None) -> bool:
        """Whether the person may see what lies in a folder; the top is everybody's."""
        return folder_id is None or folder_id in self.folders

    def visible_parent(self, folder: TemplateFolder) -> UUID | None:
        """The nearest folder above that the person may see."""
        parent_id = folder.parent_id
        while parent_id is not None and parent_id not in self.folders:
            above = self.all_folders.get(parent_id)
            parent_id = above.parent_id if above else None
        return parent_id

    def path(self, folder_id: UUID | None) -> tuple[TemplateFolder, ...]:
        """The folders from the top down to this one."""
        found: list[TemplateFolder] = []
        while folder_id is not None and (folder := self.folders.get(folder_id)):
            found.append(folder)
            folder_id = self.visible_parent(folder)
        return tuple(reversed(found))

    def inside(self, folder_id: UUID | None, kind: str = "all") -> list[Item]:
        """What one folder holds: folders first; those without such templates left out."""
        lines = [
            Item("folder", folder, (), *counts)
            for folder in self.subfolders[folder_id]
            if any(counts := self.counts(folder.pk, kind)) or kind == "all"
        ]
        lines += [
            Item("template", template)
            for template in self.templates[folder_id]
            if is_kind(template, kind)
        ]
        return lines

    def counts(self, folder_id: UUID, kind: str = "all") -> tuple[int, int]:
        """How many folders and templates lie directly inside one folder."""
        if (key := (folder_id, kind)) not in self._counts:
            folders = [
                folder
                for folder in self.subfolders[folder_id]
                if kind == "all" or any(self.counts(folder.pk, kind))
            ]
            templates = self.templates[folder_id]
            if kind != "all":
                templates = [t for t in templates if is_kind(t, kind)]
            self._counts[key] = len(folders), len(templates)
        return self._counts[key]

    def search(
        self, words: str, folder_id: UUID | None = None, kind: str = "all"
    ) -> list[Item]:
        """Everything at or below one folder whose name, text or id has the words."""
        sought = Sought(words)
        return list(
            self.below(
                folder_id, lambda item: is_kind(item, kind) and sought.is_in(item)
            )
        )

    def templates_below(
        self, folder_id: UUID | None, takes: Callable[[AnyTemplate], bool]
    ) -> list[Item]:
        """The templates at or below one folder that pass a test."""
        return list(
            self.below(folder_id, lambda item: is_template(item) and takes(item))
        )

    def below(
        self, folder_id: UUID | None, takes: Callable[[Any], bool] | None = None
    ) -> Iterator[Item]:
        """Walk all folders and templates under one folder, or those that pass a test.

        Lines are made of those only: few of a thousand templates match a search.
        """
        path = self.path(folder_id)
        for folder in self.subfolders[folder_id]:
            if takes is None or takes(folder):
                yield Item("folder", folder, path, *self.counts(folder.pk))
            yield from self.below(folder.pk, takes)
        for template in self.templates[folder_id]:
            if takes is None or takes(template):
                yield Item("template", template, path)

    def with_contents(self, items: Iterable[Item]) -> list[Item]:
        """These items and all that lies in the folders among them, each once."""
        found = {item.key: item for item in items}
        for item in list(found.values()):
            if item.kind == "folder":
                found |= {inner.key: inner for inner in self.below(item.object.pk)}
        return list(found.values())

    def by_folder_names(self) -> Iterator[tuple[tuple[str, ...], Any]]:
        """Each template with the names of the folders on the way to it."""
        for item in self.below(None):
            if item.kind == "template":
                yield tuple(str(folder.name) for folder in item.path), item.object

    def indented(
        self,
        folder_id: UUID | None = None,
        depth: int = 0,
        without: Collection[UUID] = (),
    ) -> Iterator[tuple[int, TemplateFolder]]:
        """Walk the folders with their depth, for a list of places to move to.

        Nothing can be moved into a folder that is moved itself, nor below it.
        """
        for folder in self.subfolders[folder_id]:
            if folder.pk not in without:
                yield depth, folder
                yield from self.indented(folder.pk, depth + 1, without)


def may_see(folder: TemplateFolder, user_id: UUID) -> bool:
    """Whether the folder's list of people has this one."""
    return str(user_id) in folder.users_with_permission


def is_template(item: AnyTemplate | TemplateFolder) -> bool:
    """Whether something in a folder is no folder itself."""
    return not isinstance(item, TemplateFolder)


def by_name(item: AnyTemplate | TemplateFolder) -> str:
    """The key that lists are sorted by."""
    return str(item.name).casefold()


def is_kind(item: Any, kind: str) -> bool:
    """Whether a template is of a kind; "all" is every kind."""
    return kind in ("all", getattr(item, "template_type", None))


class Sought:
    """Words to look for in names, ids and such texts as are known.

    The API's list has no texts; asking a template for its own would be a call for each.
    """

    def __init__(self, words: str) -> None:
        self.words = words.casefold().split()
        # Most words cannot be part of an id, which then need not be written out.
        self._maybe_id = any(map(_PART_OF_ID, self.words))

    def is_in(self, item: AnyTemplate | TemplateFolder) -> bool:
        """Whether each of the words is in the name or the id, or in a text that is known."""
        text = self._text(item).casefold()
        return all(map(text.__contains__, self.words))

    def _text(self, item: AnyTemplate | TemplateFolder) -> str:
        text = str(item.name)
        if isinstance(item, Template):
            known = vars(item)
            parts = (text, known.get("subject"), known.get("content"))
            text = "\n".join(filter(None, parts))
        return f"{text}\n{item.pk}" if self._maybe_id else text
