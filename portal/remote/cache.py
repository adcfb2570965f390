"""Answers of the API, shared between processes and never older than the last write.

An entry carries the generation that each of its tags had *before* the API was asked.
A write gives its tags new, random generations, so every entry under them, and every
entry still being loaded from an older answer, can never match again. While the write
is under way its tags hold a barrier, under which nothing is served or stored.
"""

from __future__ import annotations

import contextlib
import functools
import json
import logging
import math
import random
import time
from collections.abc import Callable, Iterator, Sequence
from contextvars import ContextVar
from typing import Any, ParamSpec, TypeVar

from portal.remote.breaker import Breaker
from portal.remote.cache_keys import Formats, Strict, family
from portal.remote.cache_memo import Stats, current_memo
from portal.remote.cache_store import (
    Found,
    Read,
    SharedStore,
    StoreDown,
    entry_name,
    tag_name,
)
from portal.remote.errors import CacheDown, HTTPError, Unavailable

logger = logging.getLogger(__name__)

P = ParamSpec("P")
R = TypeVar("R")

DEFAULT_TTL = 3600
WAIT_SECONDS = 2.0
BREAKER_SECONDS = 5.0

_refreshing: ContextVar[bool] = ContextVar("cache_refreshing", default=False)


class TagCache:
    """A cache over one of Django's, whose entries end with the tags they carry."""

    def __init__(
        self,
        alias: str,
        *,
        breaker: Breaker | None = None,
        beta: float = 1.0,
        clock: Callable[[], float] = time.time,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self.store = SharedStore(alias, breaker or Breaker(BREAKER_SECONDS))
        self.beta, self.clock, self.chance = beta, clock, chance
        self.stats = Stats()
        self.reads: dict[str, tuple[str, ...]] = {}
        self.writes: dict[str, tuple[str, ...]] = {}
        self.strict: dict[str, Strict] = {}

    def get(
        self,
        key: str,
        tags: Sequence[str],
        seconds: float,
        load: Callable[[], Any],
        *,
        name: str = "",
    ) -> Any:
        """Return what ``load()`` returns, as JSON knows it, shared for ``seconds``."""
        if _refreshing.get():
            return self.refresh(key, tags, seconds, load, name=name)
        read = _read(key, tags, seconds, load, name)
        memo = current_memo(self.store.alias)
        if memo is None:
            return json.loads(self._shared(read))
        text = memo.text(read.key)
        if text is None:
            changes = memo.changes
            text = self._shared(read)
            memo.keep(read.key, read.tags, text, changes)
        else:
            self.stats.count(read.name, "memo")
        return json.loads(text)

    def refresh(
        self,
        key: str,
        tags: Sequence[str],
        seconds: float,
        load: Callable[[], Any],
        *,
        name: str = "",
    ) -> Any:
        """Load anew, whatever is cached, and share it: for tasks that warm the cache."""
        read = _read(key, tags, seconds, load, name)
        memo = current_memo(self.store.alias)
        changes = memo.changes if memo else 0
        try:
            text = self._load(read, self._look(read))
        except StoreDown:
            text = self._load(read)
        if memo:
            memo.keep(read.key, read.tags, text, changes)
        return json.loads(text)

    @contextlib.contextmanager
    def refreshing(self) -> Iterator[None]:
        """Make every read inside, through decorated methods too, a ``refresh``."""
        token = _refreshing.set(True)
        try:
            yield
        finally:
            _refreshing.reset(token)

    @contextlib.contextmanager
    def writing(self, *tags: str, strict: bool = False) -> Iterator[None]:
        """Run a write to the API; nothing under ``tags`` is served from cache meanwhile.

        A failure leaves the barrier to expire by itself, for a request that failed on
        our side may still be carried out on the other. An API that answered with a
        refusal is done: then the tags are free again at once. ``strict`` raises
        ``CacheDown`` before anything is sent if other readers cannot be told: for what
        must not be thought of as it was, such as what a person may do.
        """
        if not self.store.raise_barrier(tags) and strict:
            raise CacheDown
        self._forget(tags)
        try:
            yield
        except HTTPError as error:
            if error.status_code < 500:
                self.invalidate(*tags)
            else:
                self._leave_barrier(tags)
            raise
        except BaseException:
            self._leave_barrier(tags)
            raise
        self.invalidate(*tags)

    def invalidate(self, *tags: str) -> bool:
        """End every entry under ``tags``; say whether the store could be told."""
        logger.info("Invalidating %s", ", ".join(tags))
        heard = self.store.renew(tags)
        self._forget(tags)
        return heard

    def set(
        self, key: str, *, tags: Sequence[str] = (), ttl: float = DEFAULT_TTL
    ) -> Callable[[Callable[P, R]], Callable[P, R]]:
        """Cache what a method returns, under a key spelt from its arguments.

        The key is a tag too, so that a write can name it; ``tags`` are more of them.
        """

        def decorate(method: Callable[P, R]) -> Callable[P, R]:
            formats = Formats(method, (key, *tags))
            self.reads[method.__qualname__] = formats.texts

            @functools.wraps(method)
            def cached(*args: P.args, **kwargs: P.kwargs) -> R:
                names = formats.filled(args, kwargs)
                load = functools.partial(method, *args, **kwargs)
                value: R = self.get(names[0], names, ttl, load, name=key)
                return value

            return cached

        return decorate

    def delete(
        self, *tags: str, strict: Strict = False
    ) -> Callable[[Callable[P, R]], Callable[P, R]]:
        """Make a method a write that ends all the keys and groups in ``tags``.

        ``strict`` is as for ``writing``; names of arguments make those calls strict
        that give one of them.
        """

        def decorate(method: Callable[P, R]) -> Callable[P, R]:
            formats = Formats(method, tags)
            must_tell = formats.rule(strict)
            self.writes[method.__qualname__] = formats.texts
            if strict:
                self.strict[method.__qualname__] = strict

            @functools.wraps(method)
            def written(*args: P.args, **kwargs: P.kwargs) -> R:
                ended = formats.filled(args, kwargs)
                with self.writing(*ended, strict=must_tell(args, kwargs)):
                    return method(*args, **kwargs)

            return written

        return decorate

    def _shared(self, read: Read) -> str:
        try:
            return self._through_store(read)
        except StoreDown:
            self.stats.count(read.name, "down")
            return self._load(read)

    def _through_store(self, read: Read) -> str:
        patience = time.monotonic() + WAIT_SECONDS
        waited = False
        while True:
            found = self._look(read)
            if found.is_barred:
                self.stats.count(read.name, "bypass")
                return self._load(read)
            if found.text is not None and not self._is_due(found.entry):
                self.stats.count(read.name, "hit")
                return found.text
            lease = read.lease(found.generations)
            is_mine = self.store.lease(lease)
            if is_mine or (found.text is None and time.monotonic() > patience):
                self.stats.count(read.name, "miss")
                return self._load_under(lease, read, found)
            if found.text is not None:  # still good, and somebody is refreshing it
                self.stats.count(read.name, "hit")
                return found.text
            if not waited:
                self.stats.count(read.name, "wait")
                waited = True
            time.sleep(random.uniform(0.02, 0.06))  # noqa: S311 - spreads the waiting

    def _look(self, read: Read) -> Found:
        found = self.store.many([read.key, *read.tags])
        entry = found.get(read.key)
        return Found(
            self.store.generations(read.tags, found),
            entry if isinstance(entry, dict) else None,
        )

    def _load_under(self, lease: str, read: Read, found: Found) -> str:
        loaded = False
        try:
            text = self._load(read, found)
            loaded = True
        except Unavailable:
            if found.text is None:
                raise
            text = found.text
        finally:
            self.store.release(lease, loaded=loaded)
        return text

    def _load(self, read: Read, found: Found | None = None) -> str:
        began = self.clock()
        text = json.dumps(read.load(), default=str)
        ended = self.clock()
        self.stats.loaded(read.name, ended - began)
        if found and not found.is_barred:
            # A little less for some, so that what was loaded together ends apart.
            lasting = read.seconds * (1 - self.chance() / 10)
            entry = {
                "g": found.generations,
                "v": text,
                "x": ended + lasting,
                "d": ended - began,
            }
            self.store.keep(read.key, entry, lasting)
        return text

    def _is_due(self, entry: dict[str, Any] | None) -> bool:
        """Refresh early with a chance that rises towards expiry (XFetch, VLDB 2015)."""
        early = -math.log(self.chance() or 1e-12) * self.beta
        return bool(entry and self.clock() + entry["d"] * early >= entry["x"])

    def _leave_barrier(self, tags: Sequence[str]) -> None:
        # Raised anew: another writer that ended meanwhile has lifted it.
        if not self.store.raise_barrier(tags):
            self.store.renew(tags)
        self._forget(tags)

    def _forget(self, tags: Sequence[str]) -> None:
        if memo := current_memo(self.store.alias):
            memo.forget([tag_name(tag) for tag in tags])


def _read(
    key: str,
    tags: Sequence[str],
    seconds: float,
    load: Callable[[], Any],
    name: str,
) -> Read:
    stored_tags = [tag_name(tag) for tag in tags]
    return Read(name or family(key), entry_name(key), stored_tags, seconds, load)


cache = TagCache("remote")
