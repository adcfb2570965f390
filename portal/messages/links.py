"""Web addresses in plain text, made into links for previews."""

from __future__ import annotations

import html
import re
from urllib.parse import quote

from portal.messages.text import escape_attribute

_URL = re.compile(
    r"(?<![\w@./:&-])"
    r"(?P<scheme>https?://)?"
    r"(?:[\w-]+\.)+[^\W\d_]{2,}\b"
    r"(?::\d{1,5})?"
    r"(?![\w-]*[@:])"
    r"(?:[/?#](?:&(?:amp|lt|gt);|[^\s<>&\"])*)?",
    re.IGNORECASE,
)
_TRAILING = ".,:;!?'"


def _without_trailing(url: str) -> str:
    """Leave sentence punctuation and an unopened bracket out of the address."""
    while url:
        if url.endswith(")") and url.count(")") > url.count("("):
            url = url[:-1]
        elif url[-1] in ".,:;!?":
            url = url[:-1]
        else:
            break
    return url


def _link(match: re.Match[str]) -> str:
    found = match.group()
    url = _without_trailing(found)
    address = html.unescape(url)
    href = address if match["scheme"] else f"http://{address}"
    safe = escape_attribute(quote(href, safe="/:?#@!$&*+,;=%~[]"))
    return f'<a class="govuk-link" href="{safe}">{url}</a>{found[len(url) :]}'


def linked(text: str) -> str:
    """Turn the web addresses of escaped text into links (http and https only)."""
    return _URL.sub(_link, text) if "." in text else text
