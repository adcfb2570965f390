"""Lines of the list as they are written: a page has a hundred of them, so all is worked out here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypedDict
from uuid import UUID

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.message_templates.tree import Item


class Line(TypedDict):
    """A folder or a template: its checkbox, its link, the folders above, what it is.

    Templates look keys up faster than attributes.
    """

    key: str
    url: str
    name: str
    is_folder: bool
    hint: str
    above: list[tuple[str, str]]


def lines_of(items: Iterable[Item], service_id: UUID, kind: str) -> list[Line]:
    """Write the items of a list that shows one kind of template, or all."""
    top = reverse("message_templates:choose", args=[service_id])
    folders = f"{top}/folders" if kind == "all" else f"{top}/{kind}/folders"
    kinds = {
        "email": _("Email template"),
        "sms": _("Text message template"),
        "letter": _("Letter template"),
    }
    found = []
    for item in items:
        is_folder = item.kind == "folder"
        pk, name = item.object.pk, item.object.name
        found.append(
            Line(
                # Made of ids only, and so without anything to escape.
                key=SafeString(item.key),
                url=SafeString(f"{folders}/{pk}" if is_folder else f"{top}/{pk}"),
                name=name,
                is_folder=is_folder,
                hint=inside(item)
                if is_folder
                else kinds.get(item.object.template_type, ""),
                above=[(f"{folders}/{f.pk}", f.name) for f in item.path],
            )
        )
    return found


def inside(item: Item) -> str:
    """What a folder holds: "3 templates, 2 folders"."""
    parts = []
    if item.templates:
        told = ngettext("%(n)s template", "%(n)s templates", item.templates)
        parts.append(told % {"n": item.templates})
    if item.folders:
        told = ngettext("%(n)s folder", "%(n)s folders", item.folders)
        parts.append(told % {"n": item.folders})
    return ", ".join(parts) or _("Empty")
