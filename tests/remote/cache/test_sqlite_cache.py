from __future__ import annotations

import multiprocessing
import sqlite3
import stat
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from portal.remote import sqlite_cache
from portal.remote.sqlite_cache import SQLiteCache


@pytest.fixture
def path(tmp_path):
    return tmp_path / "cache.sqlite3"


@pytest.fixture
def store(path):
    return SQLiteCache(str(path), {})


@pytest.fixture
def lock(path, store, monkeypatch):
    monkeypatch.setattr(sqlite_cache, "BUSY_SECONDS", 0.02)
    SQLiteCache(str(path), {}).set("there", 1)
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    yield connection
    connection.close()


def test_values_are_kept_as_json(store):
    store.set_many({"a": 1, "b": {"x": [1]}}, 5)

    assert store.get_many(["a", "b", "c"]) == {"a": 1, "b": {"x": [1]}}


def test_an_expired_value_is_gone_and_can_be_added(store):
    assert store.add("a", 1, 0.5) is True
    assert store.add("a", 2) is False
    time.sleep(0.55)

    assert store.get("a") is None
    assert store.add("a", 3) is True


def test_touch_delete_and_clear_do_as_django_says(store):
    store.set("a", 1, 0.5)
    assert store.touch("a", 60) is True
    time.sleep(0.55)
    assert "a" in store
    assert store.delete("a") is True
    assert store.delete("a") is False
    assert store.touch("a", 60) is False
    store.set("b", 1, None)
    store.clear()

    assert "b" not in store


def test_nobody_else_can_read_the_file(store, path):
    store.set("a", 1)

    for file in path.parent.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_write_to_a_locked_file_is_raised_while_reads_go_on(store, lock):
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        store.set("a", 1)

    assert store.get("there") == 1


def test_a_deleted_file_is_begun_anew(store, path):
    store.set("a", 1)
    path.unlink()

    store.set("b", 2)

    assert store.get_many(["a", "b"]) == {"b": 2}
    assert SQLiteCache(str(path), {}).get("b") == 2


def test_a_file_that_is_no_database_is_raised_and_then_begun_anew(path):
    path.write_bytes(b"not a database at all, but long enough to be one" * 50)
    store = SQLiteCache(str(path), {})

    with pytest.raises(sqlite3.DatabaseError):
        store.get("a")
    store.set("a", 1)

    assert store.get("a") == 1


def test_culling_keeps_the_file_small(store, monkeypatch):
    monkeypatch.setattr(sqlite_cache, "CULL_CHANCE", 2)
    monkeypatch.setattr(sqlite_cache, "MOST_ENTRIES", 5)
    store.set("old", 1, 0.01)
    time.sleep(0.02)
    for number in range(10):
        store.set(f"k{number}", number, 60 + number)

    assert store.get("old") is None
    assert list(store.get_many([f"k{n}" for n in range(10)])) == [
        "k4",
        "k5",
        "k6",
        "k7",
        "k8",
        "k9",
    ]


def race(path, at, won):
    store = SQLiteCache(path, {})
    while time.time() < at:
        pass
    won.put(sum(store.add(f"lease{number}", 1, 60) for number in range(100)))


def test_of_several_processes_one_gets_each_lease(path):
    processes = multiprocessing.get_context("fork")
    won, at = processes.Queue(), time.time() + 0.3
    runners = [
        processes.Process(target=race, args=(str(path), at, won)) for _ in range(4)
    ]
    for runner in runners:
        runner.start()
    total = sum(won.get(timeout=10) for _ in runners)
    for runner in runners:
        runner.join()

    assert total == 100


def test_a_connection_is_not_used_after_a_fork(store, path):
    store.set("a", 1)
    processes = multiprocessing.get_context("fork")
    told = processes.Queue()
    before = id(store._connection())
    child = processes.Process(
        target=lambda: told.put((id(store._connection()) == before, store.get("a")))
    )
    child.start()

    assert told.get(timeout=10) == (False, 1)
    child.join()


def in_another_process(path, statement):
    """Run a statement as a process does that comes, looks and goes."""
    script = (
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]);"
        " print(c.execute(sys.argv[2]).fetchall()); c.close()"
    )
    command = [sys.executable, "-c", script, str(path), statement]
    return subprocess.run(  # noqa: S603 - its own interpreter
        command, check=True, capture_output=True, text=True
    ).stdout.strip()


def test_a_process_that_comes_and_goes_takes_no_log_away(store, path):
    store.set("a", 1)
    # Another thread opens the file, too.
    with ThreadPoolExecutor(1) as threads:
        assert threads.submit(store.get, "a").result() == 1
        in_another_process(path, "SELECT 1 FROM cache")

        store.set("a", 2)

        assert in_another_process(path, "SELECT value FROM cache") == "[('2',)]"
