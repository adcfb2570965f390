from __future__ import annotations

import socket
import time

import pytest
from django.core.cache import caches

from portal.remote.breaker import Breaker
from portal.remote.cache import TagCache
from portal.remote.errors import CacheDown
from tests.remote.cache.conftest import redis_settings
from tests.servers import require_redis_server

pytestmark = pytest.mark.redis


@pytest.fixture
def server(settings):
    server = require_redis_server()
    settings.CACHES = settings.CACHES | {"remote": redis_settings(server.url, "test")}
    yield server
    server.stop()


@pytest.fixture
def cache(server):
    return TagCache("remote", breaker=Breaker(0.3))


@pytest.fixture
def packets(cache):
    """Bytes are sent to Redis in one go per round trip: count the goes."""
    from redis.connection import Connection

    sent = []
    original = Connection.send_packed_command

    def noted(self, command, *args, **kwargs):
        sent.append(command)
        return original(self, command, *args, **kwargs)

    cache.get("warm", ["up"], 60, lambda: 1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Connection, "send_packed_command", noted)
        yield sent


def test_a_hit_is_one_round_trip(cache, packets):
    cache.get("k", ["t", "u"], 60, lambda: 1)
    packets.clear()

    cache.get("k", ["t", "u"], 60, lambda: 1)

    assert len(packets) == 1


def test_a_write_is_two_round_trips_for_any_number_of_tags(cache, packets):
    with cache.writing("t", "u", "v", "w"):
        assert len(packets) == 1

    assert len(packets) == 2


def test_a_miss_is_four_round_trips_under_known_tags(cache, packets):
    cache.invalidate("t", "u")
    packets.clear()

    cache.get("k", ["t", "u"], 60, lambda: 1)

    assert len(packets) == 4


def test_a_redis_that_stops_and_comes_back_costs_no_request(cache, server):
    assert cache.get("k", ["t"], 60, lambda: 1) == 1
    server.stop()
    began = time.monotonic()
    values = [cache.get("k", ["t"], 60, lambda n=n: n) for n in range(50)]
    with cache.writing("t"):
        pass
    with pytest.raises(CacheDown), cache.writing("t", strict=True):
        pass
    took = time.monotonic() - began
    server.start()
    time.sleep(0.35)

    assert values == list(range(50))
    assert took < 2
    assert cache.get("k", ["t"], 60, lambda: 9) == 9
    assert cache.get("k", ["t"], 60, lambda: 10) == 9


def test_a_redis_that_hangs_is_not_waited_for_twice(settings):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"redis://127.0.0.1:{silent.getsockname()[1]}/0"
        settings.CACHES = settings.CACHES | {"remote": redis_settings(url, "test")}
        cache = TagCache("remote")

        began = time.monotonic()
        values = [cache.get("k", ["t"], 60, lambda n=n: n) for n in range(20)]
        took = time.monotonic() - began

    assert values == list(range(20))
    assert took < 1.5


def test_an_entry_that_is_no_json_is_dropped_in_redis(cache):
    cache.get("k", ["t"], 60, lambda: 1)
    store = caches["remote"]
    store.client.get_client().set(store.make_key("1:k"), b"\xff not json")

    assert [cache.get("k", ["t"], 60, lambda: 2) for _ in range(2)] == [2, 2]
    assert not cache.store.breaker.is_open
