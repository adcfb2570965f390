"""Measure the cache, in Redis and in SQLite: ``python -m tests.benchmarks.cache``.

Prints what a hit costs, and what it costs to end a group of keys while Redis holds a million others,
beside finding the group's keys by a pattern in the same run. Fails when ending takes over 2 ms.
Redis is a server of the benchmark's own.
"""

from __future__ import annotations

import sys
import tempfile

from tests.benchmarks.measuring import median_ms, medians_ms, say, set_up

KEYS, MOST_MS, ROUNDS = 1_000_000, 2.0, 1000
SERVICE = {"id": "5e7bd1cb-0000-4000-8000-000000000001", "name": "Bins", "active": True}
TAGS = ("service-1", "services")


def main() -> int:
    """Print hits and invalidations; fail beyond the goal."""
    from portal.remote.cache import TagCache
    from tests.servers import RedisServer

    server = RedisServer()
    try:
        stores(server.url)
        hits({kind: TagCache(kind) for kind in ("redis", "sqlite")})
        return invalidations(TagCache("redis"))
    finally:
        server.stop()


def stores(redis_url: str) -> None:
    """Let Django know one cache of each kind."""
    from django.conf import settings
    from django.core.cache import caches

    from tests.remote.cache.conftest import redis_settings

    backend = "portal.remote.sqlite_cache.SQLiteCache"
    file = f"{tempfile.mkdtemp()}/cache.sqlite3"
    caches.settings = settings.CACHES | {
        "redis": redis_settings(redis_url, "benchmark"),
        "sqlite": {"BACKEND": backend, "LOCATION": file},
    }


def hits(found) -> None:
    """Print the medians of a hit, and of a repeat within one request."""
    from portal.remote import context

    def read(cache):
        return lambda: cache.get("service-1", TAGS, 3600, lambda: SERVICE)

    for kind, ms in medians_ms(
        {kind: read(cache) for kind, cache in found.items()}, ROUNDS
    ).items():
        say(f"a hit in {kind:12} {ms:8.3f} ms")
    with context.scope():
        say(f"again in a request    {median_ms(read(found['redis']), ROUNDS):8.3f} ms")


def invalidations(cache) -> int:
    """Print the medians of ending a group of keys by its tag and by a pattern."""
    redis = cache.store.backend.client.get_client()
    for first in range(0, KEYS, 10_000):
        redis.mset(
            {f"service-{n}-template-{n}": "x" for n in range(first, first + 10_000)}
        )
    say(f"keys in Redis         {redis.dbsize():8d}")
    pattern = "service-777777-template-*"

    def by_scan():
        list(redis.scan_iter(match=pattern, count=10_000))

    tag = median_ms(lambda: cache.invalidate("service-777777-template"), ROUNDS)
    works = {"keys": lambda: redis.keys(pattern), "scan": by_scan}
    say(f"ended by a tag        {tag:8.3f} ms (goal {MOST_MS:g})")
    for name, ms in medians_ms(works, 3).items():
        say(f"found by {name:12} {ms:8.3f} ms  {ms / tag:6.0f} x as long")
    return int(tag > MOST_MS)


if __name__ == "__main__":
    set_up()
    sys.exit(main())
