"""What the API answers about a key."""

from __future__ import annotations

from typing import TypedDict


class ApiKeyData(TypedDict):
    """A key, without its secret, as JSON knows it."""

    created_at: str
    created_by: str
    expiry_date: str | None
    id: str
    key_type: str
    name: str
    updated_at: str | None
    version: int


class ApiKeysAnswer(TypedDict):
    """The keys of a service."""

    apiKeys: list[ApiKeyData]
