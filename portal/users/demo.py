"""The people of the demo, for its sign-in page."""

from __future__ import annotations

import requests
from django.conf import settings

_SECONDS = 1.0


def demo_people() -> list[dict[str, str]]:
    """Return name, address, password and role of the people to try; none outside of the demo."""
    if not settings.PORTAL_DEMO:
        return []
    try:
        answer = requests.get(settings.PORTAL_DEMO_PEOPLE, timeout=_SECONDS)
        answer.raise_for_status()
        people: list[dict[str, str]] = answer.json()
    except requests.RequestException:
        return []
    return people


def demo_domain() -> str:
    """Return the e-mail domain of an organisation of the demo, empty outside of it."""
    people = demo_people()
    return people[-1]["email_address"].rpartition("@")[2] if people else ""
