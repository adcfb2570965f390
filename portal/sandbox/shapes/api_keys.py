"""API keys as the API writes them; never with their secrets."""

from __future__ import annotations

from typing import Any

from portal.api_keys.models import ApiKey
from portal.sandbox import times


def api_key_shape(key: ApiKey) -> dict[str, Any]:
    """One key."""
    return {
        "created_at": times.iso(key.created_at),
        "created_by": key.created_by_id,
        "expiry_date": times.iso(key.expiry_date),
        "id": key.pk,
        "key_type": key.key_type,
        "name": key.name,
        "updated_at": times.iso(key.updated_at),
        "version": key.version,
    }
