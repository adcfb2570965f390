"""Finding templates in a list by their names, words, placeholders and last use."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from portal.message_templates.actions import reading
from portal.message_templates.filters import Test, Wanted, by_placeholders, by_use
from portal.message_templates.tree import (
    FolderTree,
    Item,
    Sought,
    is_kind,
    is_template,
)
from portal.services.models import Service


@dataclass(frozen=True)
class Found:
    """The lines of a list; ``too_many``: more texts to look into than a page may read."""

    items: list[Item]
    can_look_inside: bool = True
    too_many: bool = False


def find_items(
    *,
    service: Service,
    tree: FolderTree,
    folder_id: UUID | None,
    wanted: Wanted,
    used_ids: Collection[str],
) -> Found:
    """Give what a folder holds, or what fits a search and filters at or below it."""
    can_look_inside = _are_few(tree, folder_id, wanted.kind)
    if not wanted.narrows:
        return Found(tree.inside(folder_id, wanted.kind), can_look_inside)
    sought = Sought(wanted.words)
    inside = wanted.inside and can_look_inside
    tests: list[Test] = []
    if wanted.kind != "all":
        tests.append(lambda item: is_kind(item, wanted.kind))
    if wanted.templates_only:
        tests.append(is_template)
    if wanted.used:
        tests.append(by_use(wanted.used, used_ids))
    if not inside:
        tests.append(sought.is_in)
    if wanted.by_text or (wanted.words and inside):
        candidates = tree.templates_below(folder_id, _all([*tests]))
        if len(candidates) > reading.MOST_TEXTS:
            return Found([], can_look_inside, too_many=True)
        reading.load_texts(
            service=service, tree=tree, templates=[item.object for item in candidates]
        )
    if inside:
        tests.append(sought.is_in)
    if wanted.by_text:
        tests.append(by_placeholders(wanted, service))
    return Found(list(tree.below(folder_id, _all(tests))), can_look_inside)


def _are_few(tree: FolderTree, folder_id: UUID | None, kind: str) -> bool:
    if len(tree.all_templates) <= reading.MOST_TEXTS:
        return True
    if folder_id is None and kind == "all":
        return False
    listed = tree.templates_below(folder_id, lambda template: is_kind(template, kind))
    return len(listed) <= reading.MOST_TEXTS


def _all(tests: list[Test]) -> Test:
    if len(tests) == 1:
        return tests[0]
    return lambda item: all(test(item) for test in tests)
