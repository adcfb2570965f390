"""Web addresses in plain text, made into links for previews."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from urllib.parse import quote

from portal.messages.text import escape, escape_attribute

_URL = re.compile(
    r"(?<![\w@./:&-])"
    r"(?P<scheme>https?://)?"
    r"(?:[\w-]+\.)+[^\W\d_]{2,}\b"
    r"(?::\d{1,5})?"
    r"(?![\w-]*[@:])"
    r"(?:[/?#](?:&(?:amp|lt|gt);|[^\s<>&\"\ue000-\uefff])*)?",
    re.IGNORECASE,
)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_OPEN_PLACEHOLDER = re.compile("[\ue000-\uefff]")
_TRAILING = ".,:;!?"
_SAFE = "/:?#@!$&*+,;=%~[]"


def _as_is(text: str) -> str:
    return text


def _without_trailing(url: str) -> str:
    """Leave sentence punctuation and an unopened bracket out of the address."""
    while url:
        unopened = url.endswith(")") and url.count(")") > url.count("(")
        is_entity = url.endswith(("&amp;", "&lt;", "&gt;"))
        if is_entity or not unopened and url[-1] not in _TRAILING:
            break
        url = url[:-1]
    return url


def _anchor(address: str, text: str) -> str:
    href = escape_attribute(quote(address, safe=_SAFE))
    return f'<a class="govuk-link" href="{href}">{text}</a>'


def safe_link(address: str, text: str) -> str:
    """Return a link for an address that somebody typed; empty for other schemes.

    An address with an open placeholder leads nowhere yet, so it makes no link.
    """
    if _OPEN_PLACEHOLDER.search(address):
        return ""
    if _SCHEME.match(address) is None:
        return _anchor(f"http://{address}", text or escape(address))
    if not address.lower().startswith(("http://", "https://", "mailto:", "tel:")):
        return ""
    return _anchor(address, text or escape(address))


def linked(
    text: str,
    around: Callable[[str], str] = _as_is,
    original: Callable[[str], str] = _as_is,
    *,
    schemeless: bool = True,
) -> str:
    """Turn the web addresses of escaped text into links (http and https only).

    `around` is applied to the text between them, `original` to the addresses.
    """
    if "." not in text:
        return around(text)
    pieces = []
    position = 0
    for match in _URL.finditer(text):
        if not (schemeless or match["scheme"]):
            continue
        url = _without_trailing(match.group())
        address = original(html.unescape(url))
        if not match["scheme"]:
            address = f"http://{address}"
        pieces += [around(text[position : match.start()]), _anchor(address, url)]
        position = match.start() + len(url)
    pieces.append(around(text[position:]))
    return "".join(pieces)
