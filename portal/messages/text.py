"""Small rules for text that every kind of message shares."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from typing import Any

# Characters that people cannot see and that word processors leave behind.
INVISIBLE = "\u180e\u200b\u200c\u200d\u2060\ufeff"
# Spaces that are not the ordinary one; no-break spaces count as such too.
ODD_SPACES = "\u00a0\u202f\u2028\u2029"
_NO_INVISIBLE = str.maketrans("", "", INVISIBLE)
_ALL_WHITESPACE = " \t\n\r\x0b\x0c" + INVISIBLE + ODD_SPACES
_ENTITY = re.compile(r"&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);")


def without_invisible(text: str) -> str:
    """Remove the characters nobody can see."""
    return text.translate(_NO_INVISIBLE)


def strip_whitespace(text: str) -> str:
    """Strip every kind of white space, visible or not, from both ends."""
    return text.strip(_ALL_WHITESPACE)


def escape(text: str) -> str:
    """Escape text for HTML, taking entities that were typed as what they mean.

    A no-break space typed as an entity stays one, as people use it on purpose.
    """
    if "&" in text:
        text = _ENTITY.sub(_decoded, text)
        return html.escape(text, quote=False).replace("&amp;nbsp;", "&nbsp;")
    return html.escape(text, quote=False)


def escape_attribute(text: str) -> str:
    """Escape text for a quoted HTML attribute."""
    return html.escape(text, quote=True)


def _decoded(match: re.Match[str]) -> str:
    entity = match.group()
    return entity if entity == "&nbsp;" else html.unescape(entity)


def listed(values: Iterable[Any]) -> list[str]:
    """Return the values that are not blank, as text."""
    texts = (
        strip_whitespace(without_invisible(str(value)))
        for value in values
        if value is not None
    )
    return [text for text in texts if text]


def sentence_list(values: Iterable[Any]) -> str:
    """Join values as people write them: "a, b and c"."""
    items = listed(values)
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


def bullet_list(values: Iterable[Any]) -> str:
    """Lay values out as the bullet lines of an e-mail."""
    items = listed(values)
    return "\n\n" + "\n".join(f"* {item}" for item in items) if items else ""
