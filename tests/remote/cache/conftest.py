from __future__ import annotations

import secrets

import pytest
from django.core.cache import caches

from portal.remote.breaker import Breaker
from portal.remote.cache import TagCache
from tests.servers import require_redis


def redis_settings(url, prefix):
    return {
        "BACKEND": "django_redis.cache.RedisCache",
        "LOCATION": url,
        "KEY_PREFIX": prefix,
        "OPTIONS": {
            "SERIALIZER": "django_redis.serializers.json.JSONSerializer",
            "SOCKET_CONNECT_TIMEOUT": 0.3,
            "SOCKET_TIMEOUT": 0.3,
            "IGNORE_EXCEPTIONS": False,
        },
    }


def store_settings(kind, folder):
    if kind == "redis":
        return redis_settings(require_redis(), "test-" + secrets.token_hex(4))
    if kind == "sqlite":
        backend = "portal.remote.sqlite_cache.SQLiteCache"
        return {"BACKEND": backend, "LOCATION": str(folder / "cache.sqlite3")}
    backend = "django.core.cache.backends.locmem.LocMemCache"
    return {"BACKEND": backend, "LOCATION": secrets.token_hex(4)}


REDIS = pytest.param("redis", marks=pytest.mark.redis)


@pytest.fixture(params=[REDIS, "sqlite", "locmem"])
def store(request, settings, tmp_path):
    """The Django cache under the tag cache, of every kind it must work on."""
    settings.CACHES = {
        "default": settings.CACHES["default"],
        "remote": store_settings(request.param, tmp_path),
    }
    return caches["remote"]


@pytest.fixture(params=[REDIS, "sqlite"])
def shared_store(request, settings, tmp_path):
    """A Django cache that several processes share."""
    settings.CACHES = {
        "default": settings.CACHES["default"],
        "remote": store_settings(request.param, tmp_path),
    }
    return caches["remote"]


class Clock:
    def __init__(self):
        self.now = 1_000_000.0

    def __call__(self):
        return self.now

    def passes(self, seconds):
        self.now += seconds


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def cache(store, clock):
    """A tag cache whose breaker goes by a clock of its own."""
    return TagCache("remote", breaker=Breaker(5, clock=clock))


class Remote:
    """An API with one value, which counts how often it is asked."""

    def __init__(self, value="old"):
        self.value = value
        self.calls = 0

    def __call__(self):
        self.calls += 1
        return self.value


@pytest.fixture
def remote():
    return Remote()


OPERATIONS = ("get_many", "set_many", "get", "set", "add", "delete", "delete_many")


@pytest.fixture
def operations(store, monkeypatch):
    """The names of the store's operations in the order in which they were done."""
    done = []
    inside = []

    def noting(name, operation):
        def noted(*args, **kwargs):
            if not inside:  # what an operation does by others of its store is one
                done.append(name)
            inside.append(name)
            try:
                return operation(*args, **kwargs)
            finally:
                inside.pop()

        return noted

    for name in OPERATIONS:
        monkeypatch.setattr(store, name, noting(name, getattr(store, name)))
    return done


class Outage:
    def __init__(self):
        self.is_on = False

    def begins(self):
        self.is_on = True

    def ends(self):
        self.is_on = False


@pytest.fixture
def outage(store, monkeypatch):
    """Lets every operation of the store fail while it is on."""
    state = Outage()

    def failing(operation):
        def asked(*args, **kwargs):
            if state.is_on:
                raise ConnectionError("Nobody answers.")
            return operation(*args, **kwargs)

        return asked

    for name in OPERATIONS:
        monkeypatch.setattr(store, name, failing(getattr(store, name)))
    return state
