"""Web addresses in messages, made into links for previews."""

from __future__ import annotations

import re
from urllib.parse import quote

# The bounds keep long runs of letters and dots from being read again from each of them.
_ADDRESS = re.compile(
    r"(?<![@.])\b(?P<scheme>https?://)?"
    r"(?:[\w-]{1,255}\.){1,60}[a-z]{2,63}(?!@)\b"
    r"(?:[/?#][^\s<]*)?",
    re.IGNORECASE,
)
_KNOWN_SCHEMES = ("http:", "https:", "mailto:", "tel:")
_OTHER_SCHEME = re.compile(
    r"\s*[a-z][a-z0-9+.-]*:(?!\d{1,5}(?:[/?#]|\Z))", re.IGNORECASE
)
_OPENING = {")": "(", "]": "[", ".": "", ",": "", ":": ""}
_KEPT = ":/?#=&;%"


def anchor(address: str, words: str) -> str:
    """Return a link; both arguments are escaped HTML, the address perhaps schemeless."""
    if not address.lower().startswith(_KNOWN_SCHEMES):
        address = f"http://{address}"
    href = quote(address, safe=_KEPT, errors="replace")
    return f'<a class="govuk-link" href="{href}">{words}</a>'


def is_safe_address(address: str) -> bool:
    """Say whether an address leads to the web, to a mailbox or to a telephone."""
    return (
        address.lower().startswith(_KNOWN_SCHEMES)
        or _OTHER_SCHEME.match(address) is None
    )


def linked(html: str) -> str:
    """Turn the web addresses of escaped text into links."""
    return _ADDRESS.sub(_link, html) if "." in html else html


def _link(match: re.Match[str]) -> str:
    address = match[0]
    end = len(address)
    while end and _ends_sentence(address[:end]):
        end -= 1
    return anchor(address[:end], address[:end]) + address[end:]


def _ends_sentence(address: str) -> bool:
    """Say whether the last character belongs to the sentence, not to the address."""
    opening = _OPENING.get(address[-1])
    if opening is None:
        return False
    return not opening or address.count(opening) < address.count(address[-1])
