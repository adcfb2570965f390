"""The store that processes share: entries, generations of tags, leases, and its outages."""

from __future__ import annotations

import logging
import secrets
import threading
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.core.cache import BaseCache, caches

from portal.remote.breaker import Breaker
from portal.remote.cache_keys import stored_name

logger = logging.getLogger(__name__)

T = TypeVar("T")

SCHEMA = "1"  # change it when the shape of entries changes
BARRIER = "!"  # how a generation starts while a write is under way
BARRIER_SECONDS = 60
TAG_SECONDS = 7 * 86400
LEASE_SECONDS = 15
LINGER_SECONDS = 0.5


class StoreDown(Exception):
    """The store failed, or failed so recently that it is not asked."""


@dataclass(frozen=True)
class Read:
    """One read through the cache: its names in the store, and how to load."""

    name: str
    key: str
    tags: list[str]
    seconds: float
    load: Callable[[], Any]

    def lease(self, generations: list[str]) -> str:
        """Name the lease for loading under these generations.

        A reader that comes after a write has another one, so that it need not wait
        for a reader that is still loading what the write made old.
        """
        return f"{self.key}:lease:{'.'.join(generations)}"


@dataclass(frozen=True)
class Found:
    """What the store holds for a read."""

    generations: list[str]
    entry: dict[str, Any] | None

    @property
    def is_barred(self) -> bool:
        return any(generation.startswith(BARRIER) for generation in self.generations)

    @property
    def text(self) -> str | None:
        """Return the value as JSON text if it is of the generations now in force."""
        entry = self.entry or {}
        if self.is_barred or entry.get("g") != self.generations:
            return None
        return str(entry["v"])


def entry_name(key: str) -> str:
    """Name an entry as the store knows it."""
    return f"{SCHEMA}:{stored_name(key)}"


def tag_name(tag: str) -> str:
    """Name a tag as the store knows it."""
    return f"{SCHEMA}:tag:{stored_name(tag)}"


class SharedStore:
    """One of Django's caches, asked so that an outage is told from a miss."""

    def __init__(self, alias: str, breaker: Breaker) -> None:
        self.alias, self.breaker = alias, breaker
        self._owed: frozenset[str] = frozenset()
        self._lock = threading.Lock()

    @property
    def backend(self) -> BaseCache:
        """Return this thread's instance of the Django cache."""
        return caches[self.alias]

    def many(self, names: Sequence[str]) -> dict[str, Any]:
        """Read several names in one round trip; what cannot be read is dropped."""
        self._pay()
        try:
            return self._ask(lambda: self.backend.get_many(names), lets=ValueError)
        except ValueError:
            logger.warning("Dropping entries that are no JSON.")
            self._ask(lambda: self.backend.delete_many(names))
            return {}

    def generations(self, tags: Sequence[str], found: dict[str, Any]) -> list[str]:
        """Return the generation of each tag; a tag without one begins a new one."""
        return [
            told if isinstance(told := found.get(tag), str) else self._begun(tag)
            for tag in tags
        ]

    def _begun(self, tag: str) -> str:
        fresh = secrets.token_hex(8)
        if self._ask(lambda: self.backend.add(tag, fresh, TAG_SECONDS)):
            return fresh
        # Somebody began it first; if it is gone again already, nothing may be stored.
        return str(self._ask(lambda: self.backend.get(tag)) or BARRIER)

    def lease(self, name: str) -> bool:
        """Become the one who loads, unless somebody is."""
        return bool(self._ask(lambda: self.backend.add(name, 1, LEASE_SECONDS)))

    def keep(self, name: str, entry: dict[str, Any], seconds: float) -> None:
        """Store an entry, if the store is there."""
        self._try(lambda: self.backend.set(name, entry, seconds))

    def release(self, name: str, *, loaded: bool) -> None:
        """Give a lease back; after a success a little later than at once.

        A reader that looked just before the entry was stored still asks for the lease,
        and must not win it.
        """
        if loaded:
            self._try(lambda: self.backend.set(name, 1, LINGER_SECONDS))
        else:
            self._try(lambda: self.backend.delete(name))

    def raise_barrier(self, tags: Collection[str]) -> bool:
        """Say that a write to these tags is under way; return whether that was heard."""
        mark = BARRIER + secrets.token_hex(8)
        return self._mark(dict.fromkeys(map(tag_name, tags), mark), BARRIER_SECONDS)

    def renew(self, tags: Collection[str]) -> bool:
        """Give tags new generations; return whether that was heard.

        What was not heard is owed, and paid before this process reads again.
        """
        fresh = {tag_name(tag): secrets.token_hex(8) for tag in tags}
        heard = self._mark(fresh, TAG_SECONDS)
        if not heard:
            with self._lock:
                self._owed |= frozenset(tags)
        return heard

    def _pay(self) -> None:
        if self._owed and not self.breaker.is_open:
            with self._lock:
                tags, self._owed = self._owed, frozenset()
            self.renew(tags)

    def _mark(self, generations: dict[str, str], seconds: float) -> bool:
        # Writes ask even while the breaker is open: a store that is back must hear
        # of them, or it goes on serving what they made old.
        return self._try(
            lambda: self.backend.set_many(generations, seconds), always=True
        )

    def _try(self, operation: Callable[[], object], *, always: bool = False) -> bool:
        try:
            self._ask(operation, always=always)
        except StoreDown:
            return False
        return True

    def _ask(
        self,
        operation: Callable[[], T],
        *,
        always: bool = False,
        lets: type[Exception] | tuple[()] = (),
    ) -> T:
        if not always and not self.breaker.admits():
            raise StoreDown
        try:
            answer = operation()
        except lets:
            raise
        except Exception as error:  # noqa: BLE001 - Redis, socket and SQLite errors alike: reads can do without the cache
            self.breaker.failed()
            logger.warning("The cache does not answer: %s", type(error).__name__)
            raise StoreDown from error
        self.breaker.succeeded()
        return answer
