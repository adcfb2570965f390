from __future__ import annotations

import os
import threading
import time

import pytest
from django.utils import timezone, translation

from portal.remote import context, parallel
from portal.remote.errors import NotFound, Unavailable
from portal.remote.parallel import together


def test_results_come_in_the_order_of_the_loads():
    late = threading.Event()

    def first():
        late.wait(5)
        return 1

    def second():
        late.set()
        return 2

    assert together(first, second, lambda: 3) == [1, 2, 3]


def test_five_loads_run_side_by_side():
    all_there = threading.Barrier(5, timeout=5)

    assert len(together(*[all_there.wait] * 5)) == 5


def test_no_load_and_one_load_need_no_thread():
    assert together() == []
    assert together(threading.current_thread) == [threading.current_thread()]


def test_the_context_is_shared():
    def remember():
        context.current().memo["seen"] = threading.current_thread().name
        return context.current().user_id

    with context.scope(user_id="1") as entered:
        assert together(lambda: None, remember) == [None, "1"]

        assert entered.memo["seen"].startswith("remote")


def test_the_language_travels():
    with translation.override("cy"):
        assert together(translation.get_language, translation.get_language) == [
            "cy",
            "cy",
        ]


def test_a_nested_use_runs_in_place():
    def nested():
        return together(lambda: 1, lambda: 2)

    assert together(*[nested] * 50) == [[1, 2]] * 50


@pytest.mark.parametrize("place", [0, 1])
def test_an_error_is_raised_as_it_is(place):
    def fail():
        raise NotFound("gone")

    loads = [lambda: 1, lambda: 2]
    loads[place] = fail

    with pytest.raises(NotFound, match="gone"):
        together(*loads)


def test_the_deadline_ends_the_wait():
    release = threading.Event()
    started = time.monotonic()

    with context.scope(seconds=0.05), pytest.raises(Unavailable):
        together(lambda: 1, lambda: release.wait(5))

    release.set()
    assert time.monotonic() - started < 2


def test_a_forked_process_makes_its_own_pool(monkeypatch):
    first = parallel._pool()
    monkeypatch.setattr(os, "getpid", lambda: -1)

    assert parallel._pool() is not first


def test_the_time_zone_travels():
    with timezone.override("Asia/Tokyo"):
        names = together(*[timezone.get_current_timezone_name] * 2)

    assert names == ["Asia/Tokyo"] * 2
