"""Whose e-mail addresses the platform is for."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings

from portal.clients import organisations_client

ANYONE = "*"


def is_of_public_sector(email_address: str) -> bool:
    """Tell whether an address may register and make services.

    Its domain, or one above it, is among PORTAL_EMAIL_DOMAINS or the domains of the
    API's organisations.
    """
    domain = domain_of(email_address)
    known = settings.PORTAL_EMAIL_DOMAINS
    return (
        ANYONE in known
        or _is_under(domain, known)
        or _is_under(domain, organisations_client.get_domains())
    )


def domain_of(email_address: str) -> str:
    """Return what follows the @, in lower case."""
    return email_address.rpartition("@")[2].lower()


def _is_under(domain: str, above: Iterable[str]) -> bool:
    dotted = f".{domain}"
    return any(dotted.endswith(f".{name.lower()}") for name in above)
