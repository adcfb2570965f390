"""What the pages do while Redis is away."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.core.cache import caches

from portal.common import health
from portal.common.once import make_once, new_form_id
from portal.remote.cache import cache
from portal.users.throttle import allows

NOWHERE = "redis://127.0.0.1:9/0"


def redis_at(url, *, forgives):
    return {
        "BACKEND": "django_redis.cache.RedisCache",
        "LOCATION": url,
        "OPTIONS": {
            "SERIALIZER": "django_redis.serializers.json.JSONSerializer",
            "SOCKET_CONNECT_TIMEOUT": 0.3,
            "IGNORE_EXCEPTIONS": forgives,
        },
    }


@pytest.fixture(autouse=True)
def redis_is_away(settings, fresh_remote, monkeypatch):
    caches_before = settings.CACHES
    settings.CACHES = {
        "default": redis_at(NOWHERE, forgives=True),
        "remote": redis_at(NOWHERE, forgives=False),
    }
    monkeypatch.setattr(cache.store, "breaker", type(cache.store.breaker)(5.0))
    yield
    settings.CACHES = caches_before


def test_nobody_is_kept_out_for_trying_too_often():
    tries = [allows("sign-in", "ada@example.com", times=1, seconds=60) for _ in "ab"]

    assert tries == [True, True]


def test_what_is_to_be_made_once_is_made():
    assert make_once(new_form_id(), lambda: "made", by=uuid4()) == "made"


@pytest.mark.django_db
def test_the_status_page_says_that_the_cache_is_away(api):
    api.get("/_status", json={"status": "ok"})

    assert health.check_parts()["cache"] == "does not answer"
    assert caches["default"].get("anything") is None


@pytest.mark.django_db
def test_a_person_can_sign_in(client, api):
    api.post("/user/email", status=404, json={"result": "error", "message": "No"})

    answer = client.post(
        "/sign-in", {"email_address": "nobody@example.com", "password": "secret"}
    )

    assert answer.status_code in (200, 400)
    assert "There is a problem" in answer.content.decode()
