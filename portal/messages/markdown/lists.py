"""Where a list ends, and where its items do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from portal.messages.markdown.definitions import LINK, NEWLINES, NOTE

_BULLET = r"(?:[•*-]|\d+\.)"
LIST = re.compile(rf"( *)({_BULLET})[\s\S]")
_ITEM = re.compile(rf"^( *){_BULLET}[^\n]*(?:\n(?!\1{_BULLET})[^\n]*)*", re.MULTILINE)
_ITEM_MARK = re.compile(rf" *{_BULLET}")
_BULLET_AND_SPACE = re.compile(f"{_BULLET} ")
_RULE_AFTER_LIST = re.compile(r"(?:[-*_] *){3,}(?:\n|\Z)")
_LOOSE = re.compile(r"\n\n(?!\s*\Z)")


class Item(NamedTuple):
    """The text of an item; the words of a loose one are paragraphs."""

    text: str
    is_loose: bool


def end_of_list(text: str, start: re.Match[str]) -> int:
    """Return where the list ends that `LIST` found the start of.

    It goes on over blank lines while items or indented lines follow.
    """
    indent, place = start[1], start.end()
    while gap := NEWLINES.search(text, place):
        following = gap.end()
        unindented = following + len(indent) * text.startswith(indent, following)
        if (
            _RULE_AFTER_LIST.match(text, following)
            or _RULE_AFTER_LIST.match(text, unindented)
            or LINK.match(text, following)
            or NOTE.match(text, following)
        ):
            return following
        blank_lines = len(gap[0]) - 1
        if blank_lines > 1 or blank_lines and not _goes_on(text, gap, indent):
            return following
        place = following
    return len(text)


def _goes_on(text: str, gap: re.Match[str], indent: str) -> bool:
    following = gap.end()
    return text.startswith(" ", following) or (
        text.startswith(indent, following)
        and _BULLET_AND_SPACE.match(text, following + len(indent)) is not None
    )


def items_of(text: str) -> Iterator[Item]:
    """Yield the items of a list, each without its bullet."""
    sources = [match[0] for match in _ITEM.finditer(text)]
    after_gap = False
    for number, source in enumerate(sources, start=1):
        item = _outdented(source)
        is_loose = after_gap or _LOOSE.search(item) is not None
        if item and number < len(sources):
            after_gap = item.endswith("\n")
            is_loose = is_loose or after_gap
        yield Item(item, is_loose)


def _outdented(source: str) -> str:
    """Take the bullet off an item, and as much indent as it had off its other lines."""
    item = _ITEM_MARK.sub("", source, count=1)
    if "\n " not in item:
        return item
    return re.sub(rf"(?m)^ {{1,{len(source) - len(item)}}}", "", item)
