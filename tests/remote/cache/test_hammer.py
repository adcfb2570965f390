"""Random reads and writes by threads of two processes: no read is older than the last
write that had ended when it began. HAMMER_ROUNDS=10000 hammers longer."""

# ruff: noqa: S311 - chance, no secrets
from __future__ import annotations

import multiprocessing
import os
import random
import threading
import time

from django.core.cache import caches

from portal.remote import context
from portal.remote.cache import TagCache

ROUNDS = int(os.environ.get("HAMMER_ROUNDS", "60"))
THREADS, PROCESSES = 3, 2


class Remote:
    """A number that processes share, and the last one whose write has ended."""

    def __init__(self, processes):
        self.value, self.ended = processes.Value("Q", 0), processes.Value("Q", 0)
        self.loads = processes.Value("Q", 0)

    def read(self):
        with self.loads.get_lock():
            self.loads.value += 1
        value = self.value.value
        time.sleep(random.uniform(0, 0.003))
        return value

    def write(self):
        time.sleep(random.uniform(0, 0.002))
        with self.value.get_lock():
            self.value.value += 1
            mine = self.value.value
        time.sleep(random.uniform(0, 0.002))
        return mine

    def end(self, mine):
        with self.ended.get_lock():
            self.ended.value = max(self.ended.value, mine)


def once(cache, remote, stale):
    if random.random() < 0.15:
        with cache.writing("t", "others"):
            mine = remote.write()
        remote.end(mine)
        return
    with context.scope():
        at_least = remote.ended.value
        seen = cache.get("k", ["t", "group"], 60, remote.read)
    if seen < at_least:
        stale.put((seen, at_least))


def hammer(remote, stale):
    random.seed(os.getpid())
    cache = TagCache("remote")
    threads = [
        threading.Thread(
            target=lambda: [once(cache, remote, stale) for _ in range(ROUNDS)]
        )
        for _ in range(THREADS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_no_read_is_older_than_the_last_write_that_ended(shared_store):
    processes = multiprocessing.get_context("fork")
    remote, stale = Remote(processes), processes.Queue()
    caches["remote"].clear()
    runners = [
        processes.Process(target=hammer, args=(remote, stale)) for _ in range(PROCESSES)
    ]
    for runner in runners:
        runner.start()
    for runner in runners:
        runner.join(30 + ROUNDS)

    assert [runner.exitcode for runner in runners] == [0] * PROCESSES
    assert stale.empty()
    assert remote.loads.value < ROUNDS * THREADS * PROCESSES
