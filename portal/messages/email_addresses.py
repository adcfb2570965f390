"""E-mail addresses by the platform's rules, which are stricter than the standards."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from portal.messages.text import INVISIBLE, ODD_SPACES, strip_whitespace

_UNWANTED = str.maketrans("", "", INVISIBLE + ODD_SPACES)
_ADDRESS = re.compile(r"[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@([^.@][^@\s]+)")
_LABEL = re.compile(r"(?:xn|[a-z0-9]+)(?:--?[a-z0-9]+)*", re.IGNORECASE)
_LAST_LABEL = re.compile(r"[a-z]{2,63}|xn--(?:[a-z0-9]+-)*[a-z0-9]+", re.IGNORECASE)
USUAL_ADDRESS = re.compile(
    r"(?![^@]*\.\.)[a-zA-Z0-9.!#$%&*+=?^_{|}~-]{1,64}"
    r"@(?:[a-z0-9](?:[a-z0-9-]{0,50}[a-z0-9])?\.){1,4}[a-zA-Z]{2,20}"
)
_DOMAIN_LIMIT, _ADDRESS_LIMIT, _LABEL_LIMIT = 253, 320, 63


class InvalidEmailAddress(ValueError):
    """An address the platform would refuse."""

    @property
    def message(self) -> str:
        return _("Not a valid email address")


def parse_email_address(raw: str) -> str:
    """Return the address without stray white space, or raise InvalidEmailAddress."""
    if USUAL_ADDRESS.fullmatch(raw) and "-." not in raw and "--" not in raw:
        return raw
    address = strip_whitespace(raw).translate(_UNWANTED)
    match = _ADDRESS.fullmatch(address)
    if match is None or ".." in address or len(address) > _ADDRESS_LIMIT:
        raise InvalidEmailAddress
    if not _is_host(match[1]):
        raise InvalidEmailAddress
    return address


def _is_host(host: str) -> bool:
    try:
        host = host.encode("idna").decode("ascii")
    except UnicodeError:
        return False
    labels = host.split(".")
    return (
        len(host) <= _DOMAIN_LIMIT
        and len(labels) >= 2
        and all(
            len(label) <= _LABEL_LIMIT and _LABEL.fullmatch(label) for label in labels
        )
        and _LAST_LABEL.fullmatch(labels[-1]) is not None
    )
