"""The tokens in links that the API sends, as the portal reads them."""

from __future__ import annotations

import json
import time
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from itsdangerous import BadData, SignatureExpired, URLSafeTimedSerializer

__all__ = ["BadData", "SignatureExpired", "make", "read"]


def make(payload: Any) -> str:
    """Make a token of something that JSON can hold."""
    text = json.dumps(payload)
    if settings.TOKEN_SECRET_KEY:
        return Fernet(settings.TOKEN_SECRET_KEY).encrypt(text.encode()).decode()
    return str(_serializer().dumps(text, salt=settings.DANGEROUS_SALT))


def read(token: str, seconds: int) -> Any:
    """Read a token; ``SignatureExpired`` when too old, else ``BadData`` when not ours."""
    if settings.TOKEN_SECRET_KEY:
        return json.loads(_decrypt(token, seconds))
    text = _serializer().loads(token, salt=settings.DANGEROUS_SALT, max_age=seconds)
    return json.loads(text)


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(settings.SECRET_KEY)


def _decrypt(token: str, seconds: int) -> bytes:
    fernet = Fernet(settings.TOKEN_SECRET_KEY)
    try:
        text = fernet.decrypt(token)
        made = fernet.extract_timestamp(token)
    except InvalidToken as error:
        raise BadData("The token is not ours.") from error
    if time.time() - made > seconds:
        raise SignatureExpired("The token is too old.")
    return text
