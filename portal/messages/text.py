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
_ASCII_SPACES = " \t\n\r\x0b\x0c"
_NO_INVISIBLE = str.maketrans("", "", INVISIBLE)
_NO_ODD = str.maketrans("", "", INVISIBLE + ODD_SPACES)
_NO_SPACE = str.maketrans("", "", _ASCII_SPACES + INVISIBLE + ODD_SPACES)
_ALL_WHITESPACE = _ASCII_SPACES + INVISIBLE + ODD_SPACES
_TIDY_SPACE = str.maketrans(
    {**dict.fromkeys(INVISIBLE + "\u2028\u2029"), "\u00a0": " ", "\u202f": " "}
)
_MANY_NEWLINES = re.compile(r"\n{3,}")
_ENTITY = re.compile(r"&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[^\s<&#;]{1,32});")


def without_invisible(text: str) -> str:
    """Remove the characters nobody can see."""
    return text.translate(_NO_INVISIBLE)


def without_odd_spaces(text: str) -> str:
    """Remove what nobody can see and odd spaces; strip ordinary ones from both ends."""
    return text.translate(_NO_ODD).strip(_ASCII_SPACES)


def without_spaces(text: str) -> str:
    """Remove every kind of white space, visible or not."""
    return text.translate(_NO_SPACE)


def strip_whitespace(text: str) -> str:
    """Strip every kind of white space, visible or not, from both ends."""
    return text.strip(_ALL_WHITESPACE)


def with_single_spaces(text: str) -> str:
    """Strip text, and leave one plain space for each run of white space within."""
    return " ".join(text.translate(_TIDY_SPACE).split())


def with_tidy_lines(text: str) -> str:
    """Tidy the white space of each line, and leave at most one line blank between two."""
    lines = "\n".join(map(with_single_spaces, text.splitlines()))
    return _MANY_NEWLINES.sub("\n\n", lines).strip()


def escape(text: str) -> str:
    """Escape text for HTML, taking entities that were typed as what they mean.

    A no-break space typed as an entity stays one, as people use it on purpose.
    """
    if "&" in text:
        text = _ENTITY.sub(_decoded, text)
        return html.escape(text, quote=False).replace("&amp;nbsp;", "&nbsp;")
    return html.escape(text, quote=False)


def unescape(text: str) -> str:
    """Return what the entities in a text mean; what only looks like one stays."""
    return _ENTITY.sub(lambda match: html.unescape(match[0]), text)


def _decoded(match: re.Match[str]) -> str:
    entity = match.group()
    return entity if entity == "&nbsp;" else html.unescape(entity)


def listed(values: Iterable[Any]) -> list[str]:
    """Return the values that are not blank, as text."""
    texts = (without_odd_spaces(str(value)) for value in values if value is not None)
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
