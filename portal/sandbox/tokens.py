"""The tokens in links that the API sends, as the portal reads them.

A payload of several values is itself JSON text, so that it is JSON twice over.
"""

from __future__ import annotations

import json
import time
from typing import Any
from urllib.parse import unquote

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from itsdangerous import BadData, SignatureExpired, URLSafeTimedSerializer

__all__ = ["BadData", "SignatureExpired", "make", "make_fields", "read"]


def make(payload: str) -> str:
    """Make a token of a text; full stops are escaped, for mail programs end links there."""
    if settings.TOKEN_SECRET_KEY:
        token = Fernet(settings.TOKEN_SECRET_KEY).encrypt(payload.encode()).decode()
    else:
        token = str(_serializer().dumps(payload, salt=settings.DANGEROUS_SALT))
    return token.replace(".", "%2E")


def make_fields(**fields: Any) -> str:
    """Make a token of several values."""
    return make(json.dumps(fields, default=str))


def read(token: str, seconds: int) -> Any:
    """Read a token's text; ``SignatureExpired`` when too old, ``BadData`` when not ours."""
    token = unquote(token)
    if settings.TOKEN_SECRET_KEY:
        return _decrypt(token, seconds)
    return _serializer().loads(token, salt=settings.DANGEROUS_SALT, max_age=seconds)


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(settings.SECRET_KEY)


def _decrypt(token: str, seconds: int) -> str:
    fernet = Fernet(settings.TOKEN_SECRET_KEY)
    try:
        text = fernet.decrypt(token)
        made = fernet.extract_timestamp(token)
    except InvalidToken as error:
        raise BadData("The token is not ours.") from error
    if time.time() - made > seconds:
        raise SignatureExpired("The token is too old.")
    return text.decode()
