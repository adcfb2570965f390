"""Tokens as the API makes them, and what is refused."""

from __future__ import annotations

import json
import time

import pytest
from cryptography.fernet import Fernet
from itsdangerous import URLSafeTimedSerializer

from portal.users.tokens import (
    BadToken,
    ExpiredToken,
    check_token,
    seal,
    token_fields,
    unseal,
)

FIELDS = {"user_id": "u", "secret_code": "c"}


def signed(payload, settings, *, secret=None, salt=None):
    serializer = URLSafeTimedSerializer(secret or settings.SECRET_KEY)
    return serializer.dumps(payload, salt=salt or settings.DANGEROUS_SALT)


def encrypted(payload, settings, at):
    return (
        Fernet(settings.TOKEN_SECRET_KEY).encrypt_at_time(payload.encode(), at).decode()
    )


@pytest.fixture
def key(settings):
    settings.TOKEN_SECRET_KEY = Fernet.generate_key().decode()


def test_a_signed_token_gives_its_fields(settings):
    assert token_fields(signed(json.dumps(FIELDS), settings), 3600) == FIELDS


def test_a_token_of_plain_fields_is_understood_too(settings):
    assert token_fields(signed(FIELDS, settings), 3600) == FIELDS


def test_an_old_token_is_expired(settings):
    token = signed(FIELDS, settings)

    with pytest.raises(ExpiredToken):
        check_token(token, -1)


@pytest.mark.parametrize("change", [{"secret": "other"}, {"salt": "other"}])
def test_a_token_signed_by_somebody_else_is_bad(settings, change):
    with pytest.raises(BadToken):
        check_token(signed(FIELDS, settings, **change), 3600)


@pytest.mark.parametrize("token", ["", "abcdef", "é.ŵ.ŷ", "a.b.c", "%2E%2E"])
def test_what_is_no_token_is_bad(token):
    with pytest.raises(BadToken):
        check_token(token, 3600)


@pytest.mark.parametrize("payload", ["text", "[1]", "null"])
def test_a_token_without_fields_is_bad(settings, payload):
    with pytest.raises(BadToken):
        token_fields(signed(payload, settings), 3600)


@pytest.mark.usefixtures("key")
def test_an_encrypted_token_gives_its_fields(settings):
    token = encrypted(json.dumps(FIELDS), settings, int(time.time()))

    assert token_fields(token, 3600) == FIELDS


@pytest.mark.usefixtures("key")
def test_an_old_encrypted_token_is_expired_and_not_bad(settings):
    with pytest.raises(ExpiredToken):
        check_token(encrypted("x", settings, 1_000_000_000), 3600)


@pytest.mark.usefixtures("key")
def test_a_signed_token_still_works_where_tokens_are_encrypted(settings):
    assert token_fields(signed(FIELDS, settings), 3600) == FIELDS


def test_a_sealed_text_comes_back_and_does_not_show():
    sealed = seal("correct horse")

    assert "horse" not in sealed
    assert unseal(sealed) == "correct horse"


def test_a_sealed_text_of_another_key_is_bad(settings):
    sealed = seal("correct horse")
    settings.SECRET_KEY = "another" * 10

    with pytest.raises(BadToken):
        unseal(sealed)
