"""Templates from files: what would change in a service, and the change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from portal.common import storage
from portal.message_templates.actions.folders import (
    create_template_folder,
    move_templates,
)
from portal.message_templates.actions.templates import create_template, update_template
from portal.message_templates.attached import files_without_place
from portal.message_templates.files import TemplateFile
from portal.message_templates.models import Template, TemplateFolder
from portal.message_templates.previews import compared_words
from portal.message_templates.tree import FolderTree
from portal.message_templates.words import changed_words
from portal.remote.errors import HTTPError
from portal.services.models import Service
from portal.users.models import User

# Where files that somebody uploaded wait until the changes are confirmed.
STORE, FOLDER = "default", "template-files"
# Files for e-mails that could not be checked yet.
KEPT_FILES = "email-files"

Problems = Callable[[TemplateFile], list[str]]


@dataclass(frozen=True)
class FileChange:
    """What one file would change; with ``problems`` it changes nothing."""

    file: TemplateFile
    template: Template | None = None
    moves: bool = False
    words: dict[str, Any] = field(default_factory=dict)
    problems: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """One of refused, added, changed, moved and same."""
        if self.problems:
            return "refused"
        if self.template is None:
            return "added"
        return "changed" if self.words else "moved" if self.moves else "same"

    @property
    def comparison(self) -> list[dict[str, Any]]:
        """The parts that differ, as lines taken away, added and kept."""
        if self.template is None or not self.words:
            return []
        return compared_words(self.template, SimpleNamespace(**self.file.words))

    @property
    def removed_files(self) -> list[str]:
        """The names of the files that the template's e-mails would no longer link to."""
        if self.template is None or "content" not in self.words:
            return []
        gone = files_without_place(self.template, self.words["content"])
        return [file.filename for file in gone]


def plan_changes(
    *, tree: FolderTree, files: Iterable[TemplateFile], problems_of: Problems
) -> list[FileChange]:
    """Compare files with the templates of a service, whose texts the tree must know.

    A file belongs to the template of its id; without one, to that of its name and kind
    in its folder. What is in no file stays as it is.
    """
    index = _Index(tree)
    return [index.change(file, problems_of) for file in files]


class _Index:
    """The templates of a service by all that a file may know of them."""

    def __init__(self, tree: FolderTree) -> None:
        self.folders: dict[UUID, tuple[str, ...]] = {}
        self.by_id: dict[UUID, Template] = {}
        self.by_place: dict[tuple[Any, ...], Template] = {}
        self.claimed: dict[UUID, str] = {}
        for names, template in tree.by_folder_names():
            self.folders[template.pk] = names
            self.by_id[template.pk] = template
            place = (names, str(template.name), str(template.template_type))
            self.by_place.setdefault(place, template)

    def change(self, file: TemplateFile, problems_of: Problems) -> FileChange:
        place = (file.folders, file.words["name"], file.template_type)
        template = self.by_id.get(file.id) if file.id else None
        template = template or self.by_place.get(place)
        problems = list(problems_of(file))
        if template is None:
            return FileChange(file, problems=tuple(problems))
        if template.template_type != file.template_type:
            problems.append(_("A template cannot become another kind of message."))
        if other := self.claimed.get(template.pk):
            problems.append(_("It is the same template as %(path)s.") % {"path": other})
        self.claimed[template.pk] = file.path
        given = {name: v for name, v in file.words.items() if v is not None}
        return FileChange(
            file,
            template,
            moves=self.folders[template.pk] != file.folders,
            words={} if problems else changed_words(template, given),
            problems=tuple(problems),
        )


def apply_changes(
    *, service: Service, user: User, tree: FolderTree, changes: Iterable[FileChange]
) -> list[tuple[FileChange, str]]:
    """Make the changes; gives those that the API refused, each with its sentence."""
    folders = _Folders(service, user, tree)
    refused = []
    for change in changes:
        if change.kind in ("refused", "same"):
            continue
        try:
            _apply(change, service, user, folders)
        except HTTPError as error:
            refused.append((change, str(error.message)))
    return refused


def _apply(change: FileChange, service: Service, user: User, folders: _Folders) -> None:
    folder_id = folders.id_of(change.file.folders)
    if change.template is None:
        create_template(
            service=service,
            user=user,
            template_type=change.file.template_type,
            folder_id=folder_id,
            **change.file.words,
        )
        return
    if change.moves:
        names = change.file.folders
        folder = TemplateFolder(pk=folder_id, name=names[-1]) if names else None
        move_templates(
            service=service,
            user=user,
            to_folder=folder,
            template_ids=[str(change.template.pk)],
            folder_ids=[],
        )
    if change.words:
        update_template(template=change.template, user=user, **change.words)


class _Folders:
    """The folders of a service by the names on the way to them, made where missing."""

    def __init__(self, service: Service, user: User, tree: FolderTree) -> None:
        self.service, self.user = service, user
        self.known: dict[tuple[str, ...], UUID | None] = {(): None}
        for item in tree.below(None):
            if item.kind == "folder":
                names = tuple(str(f.name) for f in (*item.path, item.object))
                self.known.setdefault(names, item.object.pk)

    def id_of(self, names: tuple[str, ...]) -> UUID | None:
        """The id of a folder, None for the top. Raises HTTPError."""
        if names not in self.known:
            parent_id = self.id_of(names[:-1])
            made = create_template_folder(
                service=self.service,
                user=self.user,
                name=names[-1],
                parent_id=parent_id,
            )
            self.known[names] = UUID(made)
        return self.known[names]


def purge_uploads(*, older_than: dt.datetime) -> int:
    """Delete uploaded files that nobody confirmed; gives how many there were."""
    folders = (FOLDER, KEPT_FILES)
    old = [
        key
        for folder in folders
        for key in storage.keys_from_before(STORE, folder, older_than)
    ]
    for key in old:
        storage.delete_object(STORE, key)
    return len(old)
