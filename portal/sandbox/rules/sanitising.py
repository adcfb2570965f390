"""Values of e-mails made harmless where the caller asks for it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from portal.messages.columns import column_key

MARKDOWN = re.compile(r"([`*_()\\{}\[\]<>#+\-.!|])")
LINK = re.compile(
    r"(?:https?://|www\.)[^\s<>]+|\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}(?:[/?#][^\s<>]*)?",
    re.IGNORECASE,
)
BARE_DOMAIN = re.compile(r"[a-zA-Z0-9.\-]+")


def sanitised(values: dict[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """The values, those of the given names without links and markdown."""
    wanted = {column_key(str(name)) for name in names}
    return {
        name: harmless(value)
        if column_key(name) in wanted and isinstance(value, str)
        else value
        for name, value in values.items()
    }


def harmless(text: str) -> str:
    """A text without links, in which markdown stands for itself."""
    return MARKDOWN.sub(r"\\\1", LINK.sub(_unlinked, text))


def _unlinked(link: re.Match[str]) -> str:
    # Two sentences with no space between them look like a domain.
    is_domain = BARE_DOMAIN.fullmatch(link.group())
    return link.group().replace(".", ". ") if is_domain else ""
