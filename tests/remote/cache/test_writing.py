from __future__ import annotations

import logging
import threading
import time

import pytest

from portal.remote import cache_store, context
from portal.remote.cache import TagCache
from portal.remote.errors import CacheDown, Rejected, Unavailable


def read_while(cache, remote, during):
    """Run something between a reader's answer from the API and its storing of it."""
    answered, go_on = threading.Event(), threading.Event()

    def load():
        value = remote()
        answered.set()
        go_on.wait(5)
        return value

    reader = threading.Thread(target=lambda: cache.get("k", ["t"], 60, load))
    reader.start()
    answered.wait(5)
    during()
    go_on.set()
    reader.join()


def write(cache, remote, value="new"):
    with cache.writing("t"):
        remote.value = value


def test_a_write_of_any_number_of_tags_is_two_operations(cache, operations):
    with cache.writing("service-1", "services", "user-1", "user-2"):
        pass

    assert operations == ["set_many", "set_many"]


def test_after_a_write_the_new_value_is_read(cache, remote):
    cache.get("k", ["t"], 60, remote)

    write(cache, remote)

    assert cache.get("k", ["t"], 60, remote) == "new"


def test_a_write_of_one_tag_leaves_others_alone(cache, remote):
    cache.get("k", ["t", "u"], 60, remote)

    with cache.writing("somebody-else"):
        pass

    cache.get("k", ["t", "u"], 60, remote)
    assert remote.calls == 1


def test_an_answer_from_before_a_write_and_stored_after_it_is_unreadable(cache, remote):
    cache.invalidate("t")

    read_while(cache, remote, lambda: write(cache, remote))

    assert cache.get("k", ["t"], 60, remote) == "new"


def test_an_answer_from_before_the_first_write_of_a_tag_is_unreadable(cache, remote):
    read_while(cache, remote, lambda: write(cache, remote))

    assert cache.get("k", ["t"], 60, remote) == "new"


def test_a_reader_after_the_write_does_not_wait_for_one_from_before(cache, remote):
    def later():
        write(cache, remote)
        began = time.monotonic()
        assert cache.get("k", ["t"], 60, remote) == "new"
        assert time.monotonic() - began < 0.5

    read_while(cache, remote, later)


def test_nothing_is_served_or_stored_while_a_write_is_under_way(cache, remote):
    cache.get("k", ["t"], 60, remote)

    with cache.writing("t"):
        cache.get("k", ["t"], 60, remote)
        remote.value = "new"
        during = cache.get("k", ["t"], 60, remote)

    assert during == "new"
    assert remote.calls == 3


def test_a_write_that_fails_leaves_a_barrier(cache, remote):
    cache.get("k", ["t"], 60, remote)

    with pytest.raises(Unavailable), cache.writing("t"):
        raise Unavailable

    assert cache.get("k", ["t"], 60, remote) == "old"
    remote.value = "new"  # carried out after all
    assert cache.get("k", ["t"], 60, remote) == "new"


def test_the_barrier_of_a_killed_writer_ends_and_revives_nothing(
    cache, remote, monkeypatch
):
    cache.get("k", ["t"], 60, remote)
    monkeypatch.setattr(cache_store, "BARRIER_SECONDS", 0.05)

    cache.store.raise_barrier(["t"])  # and nothing more: killed
    remote.value = "new"
    time.sleep(0.08)

    assert [cache.get("k", ["t"], 60, remote) for _ in range(2)] == ["new", "new"]
    assert remote.calls == 2


def test_a_refused_write_frees_its_tags_at_once(cache, remote):
    with pytest.raises(Rejected), cache.writing("t"):
        raise Rejected("No.")

    cache.get("k", ["t"], 60, remote)
    cache.get("k", ["t"], 60, remote)
    assert remote.calls == 1


def test_of_two_writers_the_last_to_end_counts(cache, remote):
    with cache.writing("t"):
        with cache.writing("t"):
            remote.value = "first"
        cache.get("k", ["t"], 60, remote)  # the first lifted the barrier
        remote.value = "second"

    assert cache.get("k", ["t"], 60, remote) == "second"


def test_a_writer_that_fails_raises_again_the_barrier_that_another_lifted(
    cache, remote
):
    def failing_writer():
        with cache.writing("t"):
            with cache.writing("t"):
                remote.value = "first"
            cache.get("k", ["t"], 60, remote)
            raise Unavailable

    with pytest.raises(Unavailable):
        failing_writer()

    remote.value = "second"  # carried out after all
    assert cache.get("k", ["t"], 60, remote) == "second"


def test_a_write_longer_than_its_barrier_still_invalidates(cache, remote, monkeypatch):
    monkeypatch.setattr(cache_store, "BARRIER_SECONDS", 0.03)

    with cache.writing("t"):
        time.sleep(0.05)
        assert cache.get("k", ["t"], 60, remote) == "old"  # stored: no barrier any more
        remote.value = "new"

    assert cache.get("k", ["t"], 60, remote) == "new"


def test_a_tag_begun_while_a_write_starts_stores_nothing(
    cache, remote, store, monkeypatch
):
    add = store.add

    def add_after_a_barrier(name, *args):
        if ":tag:" in name:
            cache.store.raise_barrier(["t"])
        return add(name, *args)

    monkeypatch.setattr(store, "add", add_after_a_barrier)

    assert cache.get("k", ["t"], 60, remote) == "old"
    remote.value = "new"
    assert cache.get("k", ["t"], 60, remote) == "new"


def test_an_evicted_tag_does_not_revive_old_entries(cache, remote, store):
    cache.get("k", ["t"], 60, remote)
    remote.value = "new"

    store.delete(cache_store.tag_name("t"))

    assert cache.get("k", ["t"], 60, remote) == "new"


def test_a_write_drops_the_memo_of_its_own_request(cache, remote):
    with context.scope():
        cache.get("k", ["t"], 60, remote)
        cache.get("other", ["u"], 60, remote)
        write(cache, remote)

        assert cache.get("k", ["t"], 60, remote) == "new"
        assert cache.get("other", ["u"], 60, remote) == "old"


def test_what_is_read_during_a_write_is_not_remembered_after_it(cache, remote):
    with context.scope(), cache.writing("t"):
        cache.get("k", ["t"], 60, remote)
        remote.value = "new"
    with context.scope():
        with cache.writing("t"):
            cache.get("k", ["t"], 60, remote)
            remote.value = "newer"

        assert cache.get("k", ["t"], 60, remote) == "newer"


def test_a_read_begun_before_a_write_of_the_same_request_is_not_remembered(
    cache, remote
):
    with context.scope():
        cache.get("k", ["t"], 60, lambda: (remote(), write(cache, remote))[0])

        assert cache.get("k", ["t"], 60, remote) == "new"


def test_a_log_of_an_invalidation_names_its_tags(cache, caplog):
    with caplog.at_level(logging.INFO, "portal.remote.cache"):
        cache.invalidate("service-1", "services")

    assert caplog.messages == ["Invalidating service-1, services"]


def test_reads_flow_during_an_outage_and_are_stored_after_it(
    cache, remote, outage, clock
):
    outage.begins()
    assert [cache.get("k", ["t"], 60, remote) for _ in range(5)] == ["old"] * 5
    assert remote.calls == 5

    outage.ends()
    clock.passes(5)
    cache.get("k", ["t"], 60, remote)
    cache.get("k", ["t"], 60, remote)

    assert remote.calls == 6


def test_an_open_breaker_costs_a_read_no_operation(cache, remote, outage, store):
    outage.begins()
    cache.get("k", ["t"], 60, remote)
    outage.ends()
    counted = []
    store.get_many = lambda *args: counted.append(args)

    cache.get("k", ["t"], 60, remote)

    assert counted == []
    assert cache.stats.of("k") == {"down": 2}


def test_a_strict_write_is_refused_before_the_api_is_called(cache, remote, outage):
    outage.begins()

    with pytest.raises(CacheDown), cache.writing("t", strict=True):
        remote.value = "new"

    assert remote.value == "old"


def test_a_write_during_an_outage_is_heard_of_after_it(cache, remote, outage, clock):
    cache.get("k", ["t"], 60, remote)
    outage.begins()
    write(cache, remote)

    outage.ends()
    clock.passes(5)

    assert cache.get("k", ["t"], 60, remote) == "new"


def test_a_write_asks_the_store_even_while_the_breaker_is_open(cache, remote, outage):
    cache.get("k", ["t"], 60, remote)
    outage.begins()
    cache.get("k", ["t"], 60, remote)
    outage.ends()

    write(cache, remote)

    assert TagCache("remote").get("k", ["t"], 60, remote) == "new"
