from __future__ import annotations

import threading
import time

import pytest

from portal.remote import cache as cache_module
from portal.remote import cache_store, context
from portal.remote.cache import TagCache
from portal.remote.errors import Unavailable

TAGS = ("service-1", "services")


@pytest.fixture
def no_linger(monkeypatch):
    monkeypatch.setattr(cache_store, "LINGER_SECONDS", 0.001)


def test_a_hit_is_one_operation(cache, remote, operations):
    cache.get("service-1", TAGS, 60, remote)
    operations.clear()

    value = cache.get("service-1", TAGS, 60, remote)

    assert value == "old"
    assert operations == ["get_many"]
    assert remote.calls == 1


def test_a_miss_under_known_tags_is_four_operations(cache, remote, operations):
    cache.get("service-1", TAGS, 60, remote)
    operations.clear()

    cache.get("service-1-users", TAGS, 60, remote)

    assert operations == ["get_many", "add", "set", "set"]


def test_repeated_reads_in_one_request_are_free(cache, remote, operations):
    with context.scope():
        cache.get("service-1", TAGS, 60, remote)
        operations.clear()
        values = [cache.get("service-1", TAGS, 60, remote) for _ in range(3)]

    assert values == ["old"] * 3
    assert operations == []


def test_two_requests_do_not_share_a_memo(cache, remote, operations):
    with context.scope():
        cache.get("service-1", TAGS, 60, remote)
    operations.clear()

    with context.scope():
        cache.get("service-1", TAGS, 60, remote)

    assert operations == ["get_many"]


def test_hit_miss_and_memo_return_the_same(cache):
    def load():
        return {"pair": (1, 2), 3: "three"}

    with context.scope():
        miss = cache.get("k", ["t"], 60, load)
        memo = cache.get("k", ["t"], 60, load)
    hit = cache.get("k", ["t"], 60, load)

    assert miss == memo == hit == {"pair": [1, 2], "3": "three"}


def test_changing_an_answer_does_not_change_the_next_one(cache):
    with context.scope():
        for _ in range(3):
            answer = cache.get("k", ["t"], 60, lambda: {"names": ["a"]})
            assert answer == {"names": ["a"]}
            answer["names"].append("b")


def test_an_answer_of_none_is_cached(cache, remote):
    remote.value = None

    assert [cache.get("k", ["t"], 60, remote) for _ in range(2)] == [None, None]

    assert remote.calls == 1


def test_a_failed_load_is_not_cached(cache, remote):
    def fail():
        raise Unavailable

    with pytest.raises(Unavailable):
        cache.get("k", ["t"], 60, fail)

    assert cache.get("k", ["t"], 60, remote) == "old"


def test_a_hundred_cold_readers_load_once(cache):
    calls = []

    def load():
        calls.append(1)
        time.sleep(0.2)
        return 7

    values = []
    readers = [
        threading.Thread(target=lambda: values.append(cache.get("k", ["t"], 60, load)))
        for _ in range(100)
    ]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()

    assert values == [7] * 100
    assert len(calls) == 1


def test_a_reader_waits_no_longer_than_its_patience_for_a_lease_holder_that_died(
    cache, remote, store, monkeypatch
):
    monkeypatch.setattr(cache_module, "WAIT_SECONDS", 0.1)
    died = threading.Event()
    holder = threading.Thread(
        target=lambda: cache.get("k", ["t"], 60, lambda: died.wait(5) and "late")
    )
    holder.start()
    while cache.stats.of("k").get("miss") != 1:
        time.sleep(0.005)

    began = time.monotonic()
    values = [cache.get("k", ["t"], 60, remote) for _ in range(2)]
    took = time.monotonic() - began
    died.set()
    holder.join()

    assert values == ["old", "old"]
    assert remote.calls == 1
    assert took < 1
    assert cache.stats.of("k")["wait"] == 1


def test_a_lease_ends_by_itself(cache, store):
    assert cache.store.lease("k:lease") is True
    assert cache.store.lease("k:lease") is False

    store.touch("k:lease", 0.02)
    time.sleep(0.04)

    assert cache.store.lease("k:lease") is True


def test_an_entry_is_refreshed_early_when_the_dice_say_so(store, clock, no_linger):
    chance = {"is": 1.0}
    cache = TagCache("remote", clock=clock, chance=lambda: chance["is"])
    remote = iter(["first", "second", "third"])

    def load():
        clock.passes(2)
        return next(remote)

    assert cache.get("k", ["t"], 100, load) == "first"  # lives for 90 s, took 2 s
    clock.passes(80)
    time.sleep(0.01)
    assert cache.get("k", ["t"], 100, load) == "first"
    chance["is"] = 0.006  # -ln is about 5.1: 2 s x 5.1 > the 10 s that are left
    assert cache.get("k", ["t"], 100, load) == "second"
    chance["is"] = 0.5
    assert cache.get("k", ["t"], 100, load) == "second"


def test_while_one_refreshes_early_the_others_get_the_old_answer(
    store, clock, no_linger
):
    chance = {"is": 1.0}
    cache = TagCache("remote", clock=clock, chance=lambda: chance["is"])
    cache.get("k", ["t"], 100, lambda: clock.passes(2) or "first")
    clock.passes(89)
    time.sleep(0.01)
    chance["is"] = 0.1
    seen = []

    def load():
        seen.append(cache.get("k", ["t"], 100, lambda: "nobody else loads"))
        return "second"

    assert cache.get("k", ["t"], 100, load) == "second"
    assert seen == ["first"]


def test_an_early_refresh_that_fails_serves_what_is_still_good(store, clock, no_linger):
    chance = {"is": 1.0}
    cache = TagCache("remote", clock=clock, chance=lambda: chance["is"])
    cache.get("k", ["t"], 100, lambda: clock.passes(2) or "first")
    clock.passes(89)
    time.sleep(0.01)
    chance["is"] = 0.1

    def fail():
        raise Unavailable

    assert cache.get("k", ["t"], 100, fail) == "first"


def test_lives_of_entries_differ_but_are_never_longer_than_asked(store, monkeypatch):
    chances = iter([0.0, 0.5, 1.0])
    cache = TagCache("remote", chance=lambda: next(chances))
    lives = []
    keep = cache.store.keep
    monkeypatch.setattr(
        cache.store, "keep", lambda n, e, s: (lives.append(s), keep(n, e, s))
    )

    for key in "abc":
        cache.get(key, ["t"], 100, lambda: 1)

    assert lives == [100, 95, 90]


def test_refreshing_replaces_what_is_cached(cache, remote):
    cache.get("k", ["t"], 60, remote)
    remote.value = "new"

    assert cache.refresh("k", ["t"], 60, remote) == "new"

    assert cache.get("k", ["t"], 60, remote) == "new"
    assert remote.calls == 2


def test_reads_inside_refreshing_load_anew(cache, remote):
    cache.get("k", ["t"], 60, remote)
    remote.value = "new"

    with cache.refreshing():
        inside = cache.get("k", ["t"], 60, remote)

    assert inside == cache.get("k", ["t"], 60, remote) == "new"


def test_an_entry_that_is_no_json_is_dropped(cache, remote, store, monkeypatch):
    cache.get("k", ["t"], 60, remote)
    read = store.get_many
    broken = iter([True])

    def get_many(names, *args):
        if next(broken, False):
            raise ValueError("Expecting value: line 1 column 1 (char 0)")
        return read(names, *args)

    monkeypatch.setattr(store, "get_many", get_many)

    assert cache.get("k", ["t"], 60, remote) == "old"
    assert cache.get("k", ["t"], 60, remote) == "old"
    assert remote.calls == 2
    assert not cache.store.breaker.is_open


def test_outcomes_are_counted_by_name(cache, remote):
    with context.scope():
        cache.get("k", ["t"], 60, remote, name="things")
        cache.get("k", ["t"], 60, remote, name="things")
    cache.get("k", ["t"], 60, remote, name="things")
    with cache.writing("t"):
        cache.get("k", ["t"], 60, remote, name="things")

    assert cache.stats.of("things") == {"miss": 1, "memo": 1, "hit": 1, "bypass": 1}
