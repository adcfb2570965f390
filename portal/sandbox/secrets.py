"""What the API keeps encrypted: secrets of API keys and personal data of messages."""

from __future__ import annotations

import base64
import hashlib
import json
from functools import cache
from typing import Any

from cryptography.fernet import Fernet
from django.conf import settings


def encrypt(text: str) -> str:
    """Encrypt a text for the database."""
    return _fernet(settings.SECRET_KEY).encrypt(text.encode()).decode()


def decrypt(text: str) -> str:
    """Read what ``encrypt`` made."""
    return _fernet(settings.SECRET_KEY).decrypt(text.encode()).decode()


def seal(values: dict[str, Any] | None) -> str | None:
    """Encrypt the values of a message's placeholders; none stay none."""
    return encrypt(json.dumps(values)) if values else None


def unseal(text: str | None) -> dict[str, Any]:
    """Read the values of a message's placeholders, also where they lie open."""
    if not text:
        return {}
    values: dict[str, Any] = json.loads(text if text[0] == "{" else decrypt(text))
    return values


@cache
def _fernet(secret: str) -> Fernet:
    digest = hashlib.sha256(f"sandbox-storage:{secret}".encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))
