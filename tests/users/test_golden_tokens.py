"""Recorded answers about the tokens in links of e-mails."""

from __future__ import annotations

import time
from datetime import datetime
from urllib.parse import unquote

import pytest

from portal.users.tokens import BadToken, ExpiredToken, check_token
from tests.messages.golden import cases


@pytest.fixture
def at(monkeypatch):
    """A function that sets the clock."""

    def set_clock(moment: str) -> None:
        stamp = datetime.fromisoformat(moment).timestamp()
        monkeypatch.setattr(time, "time", lambda: stamp)

    return set_clock


def checked(token, max_age):
    try:
        return {"ok": True, "payload": check_token(token, max_age)}
    except ExpiredToken:
        return {"ok": False, "error": "expired"}
    except BadToken:
        return {"ok": False, "error": "bad_token"}


@pytest.mark.parametrize("case", cases("tokens"))
def test_tokens_are_known_as_the_platform_knows_them(case, settings, at):
    given = case["input"]
    for check, result in zip(given["checks"], case["expected"]["results"], strict=True):
        made = case["expected"]["token"]
        token = made if check.get("form") == "as_made" else unquote(made)
        token = check.get("token", token)
        settings.SECRET_KEY = check.get("secret", given["secret"])
        settings.DANGEROUS_SALT = check.get("salt", given["salt"])
        uses_key = check.get("use_key", True)
        settings.TOKEN_SECRET_KEY = given["encryption_key"] if uses_key else None
        at(check["at"])

        assert checked(token, check["max_age"]) == result
