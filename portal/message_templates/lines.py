"""Lines of the list as they are written.

A page has a hundred of them: a template of its own for each, or tags for each part of
one, would take longer than everything else on the page.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from uuid import UUID

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.message_templates.tree import Item

_LINE = (
    '<li class="portal-list__choice">{}<div class="portal-list__text">{}'
    '<a class="{}" href="{}">{}</a>\n<span class="portal-list__hint">{}</span></div></li>\n'
)
_ABOVE = '<a class="govuk-link" href="{}/{}">{}</a> / '
_BOX = (
    '<div class="govuk-checkboxes govuk-checkboxes--small">'
    '<div class="govuk-checkboxes__item">'
    '<input class="govuk-checkboxes__input" type="checkbox" name="items" value="{}" id="i{}">'
    '<label class="govuk-label govuk-checkboxes__label" for="i{}">'
    '<span class="govuk-visually-hidden">{} {}</span></label></div></div>'
)
_CLASSES = {"folder": "govuk-link portal-folder", "template": "govuk-link"}


def lines_of(
    items: Iterable[Item], service_id: UUID, kind: str, *, can_choose: bool
) -> SafeString:
    """Write the items of a list that shows one kind of template, or all: a checkbox, a link.

    Those found in folders say which; folders say what is inside.
    """
    top = reverse("message_templates:choose", args=[service_id])
    folders = f"{top}/folders" if kind == "all" else f"{top}/{kind}/folders"
    choose = escape(_("Choose"))
    kinds = {
        "email": escape(_("Email template")),
        "sms": escape(_("Text message template")),
        "letter": escape(_("Letter template")),
    }
    holds = cache(inside)
    found = []
    for number, item in enumerate(items, start=1):
        thing, is_folder = item.object, item.kind == "folder"
        pk, name = thing.pk, escape(thing.name)
        above = (_ABOVE.format(folders, f.pk, escape(f.name)) for f in item.path)
        found.append(
            _LINE.format(
                _BOX.format(item.key, number, number, choose, name)
                if can_choose
                else "",
                "".join(above),
                _CLASSES[item.kind],
                f"{folders if is_folder else top}/{pk}",
                name,
                holds(item.templates, item.folders)
                if is_folder
                else kinds.get(thing.template_type, ""),
            )
        )
    # What is not an id or words of ours is escaped above, once.
    return SafeString("".join(found))


def inside(templates: int, folders: int) -> str:
    """What a folder holds: "3 templates, 2 folders"."""
    parts = []
    if templates:
        told = ngettext("%(n)s template", "%(n)s templates", templates)
        parts.append(told % {"n": templates})
    if folders:
        told = ngettext("%(n)s folder", "%(n)s folders", folders)
        parts.append(told % {"n": folders})
    return escape(", ".join(parts) or _("Empty"))
