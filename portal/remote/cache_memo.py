"""What one request or task has already read, and how the cache has been doing."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Collection

from portal.remote.context import current


class Memo:
    """The answers that one request has seen, as JSON text, shared by its threads."""

    def __init__(self) -> None:
        self.changes = 0
        self._texts: dict[str, tuple[str, frozenset[str]]] = {}

    def text(self, key: str) -> str | None:
        """Return what was read under a key, if anything was."""
        kept = self._texts.get(key)
        return kept[0] if kept else None

    def keep(self, key: str, tags: Collection[str], text: str, changes: int) -> None:
        """Keep an answer, unless something was written since its reading began."""
        if changes == self.changes:
            self._texts[key] = (text, frozenset(tags))

    def forget(self, tags: Collection[str]) -> None:
        """Drop whatever was read under one of these tags."""
        self.changes += 1
        for key, (_, used) in list(self._texts.items()):
            if not used.isdisjoint(tags):
                self._texts.pop(key, None)


def current_memo(alias: str) -> Memo | None:
    """Return the memo of the current request or task; outside of one there is none."""
    context = current()
    if context is None:
        return None
    memo: Memo = context.memo.setdefault(("cache", alias), Memo())
    return memo


class Stats:
    """Counts by name of what was read: hit, memo, miss, wait, bypass (a write is under
    way) and down; with the seconds spent loading."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.counts: Counter[tuple[str, str]] = Counter()
        self.load_seconds: Counter[str] = Counter()

    def count(self, name: str, outcome: str) -> None:
        with self._lock:
            self.counts[name, outcome] += 1

    def loaded(self, name: str, seconds: float) -> None:
        with self._lock:
            # Counter's stubs know integers only; its sums are as good for floats.
            self.load_seconds[name] += seconds  # type: ignore[assignment]

    def of(self, name: str) -> dict[str, int]:
        """Return the outcomes counted under one name."""
        with self._lock:
            return {o: n for (known, o), n in self.counts.items() if known == name}

    def clear(self) -> None:
        with self._lock:
            self.counts.clear()
            self.load_seconds.clear()
