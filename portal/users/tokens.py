"""Tokens in the links of e-mails that the API sends, and secrets kept while someone signs in."""

from __future__ import annotations

import base64
import hashlib
import json
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from itsdangerous import BadData, SignatureExpired, URLSafeTimedSerializer

LINK_SECONDS = 3600
SIGN_IN_LINK_SECONDS = 1800


class BadToken(Exception):
    """The token is not one of ours."""


class ExpiredToken(BadToken):
    """The token is ours, and too old."""


def check_token(token: str, max_age: int) -> Any:
    """Return what a token carries; raises BadToken or ExpiredToken.

    Encrypted ones are known where TOKEN_SECRET_KEY is set; signed ones everywhere,
    so that links that are on their way when encryption is switched on still work.
    """
    if settings.TOKEN_SECRET_KEY:
        try:
            return _decrypted(token, max_age)
        except ExpiredToken:
            raise
        except BadToken:
            pass
    return _signed(token, max_age)


def token_fields(token: str, max_age: int) -> dict[str, Any]:
    """Return the fields of a token's JSON text; raises BadToken or ExpiredToken."""
    payload = check_token(token, max_age)
    if isinstance(payload, str):
        try:
            payload = json.loads(payload)
        except ValueError as error:
            raise BadToken from error
    if not isinstance(payload, dict):
        raise BadToken
    return payload


def _decrypted(token: str, max_age: int) -> str:
    fernet = Fernet(settings.TOKEN_SECRET_KEY)
    try:
        return fernet.decrypt(token.encode(), ttl=max_age).decode()
    except InvalidToken as error:
        raise _why(fernet, token) from error


def _why(fernet: Fernet, token: str) -> BadToken:
    # Fernet says the same of what is too old and of what is forged.
    try:
        fernet.decrypt(token.encode())
    except InvalidToken:
        return BadToken()
    return ExpiredToken()


def _signed(token: str, max_age: int) -> Any:
    serializer = URLSafeTimedSerializer(settings.SECRET_KEY)
    try:
        return serializer.loads(token, salt=settings.DANGEROUS_SALT, max_age=max_age)
    except SignatureExpired as error:
        raise ExpiredToken from error
    except BadData as error:
        raise BadToken from error


def seal(text: str) -> str:
    """Encrypt a text that has to wait in the session."""
    return _sealer().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """Return the text; raises BadToken when it is not ours or waited over an hour."""
    try:
        return _sealer().decrypt(sealed.encode(), ttl=LINK_SECONDS).decode()
    except InvalidToken as error:
        raise BadToken from error


def _sealer() -> Fernet:
    digest = hashlib.sha256(f"portal.sealed{settings.SECRET_KEY}".encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))
