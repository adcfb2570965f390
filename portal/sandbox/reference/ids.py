"""Ids that are the same in every sandbox."""

from __future__ import annotations

import uuid

NAMESPACE = uuid.UUID("d0f6a1de-3a5c-4b7e-9d5b-0f3f6c1b7a10")

PLATFORM_ADMIN = uuid.UUID("22222222-0000-4000-8000-000000000001")


def fixed(name: str) -> uuid.UUID:
    """An id made from a name, the same every time."""
    return uuid.uuid5(NAMESPACE, name)


NOTIFY_USER = fixed("notify user")
NOTIFY_SERVICE = fixed("notify service")
