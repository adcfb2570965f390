"""A circuit breaker: after repeated failures nobody waits for what is down."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable


class Breaker:
    """Open for ``seconds`` after ``failures`` failures in a row.

    No lock is held while the protected call runs, so that one slow call
    does not stop the others.
    """

    def __init__(
        self,
        seconds: float,
        failures: int = 1,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._seconds = seconds
        self._allowed = failures
        self._clock = clock
        self._lock = threading.Lock()
        self._failed = 0
        self._open_until: float | None = None

    @property
    def is_open(self) -> bool:
        """Whether calls are pointless now; closes by itself when the time has passed."""
        return self._open_until is not None and self._clock() < self._open_until

    def admits(self) -> bool:
        """Let a call pass; after an opening, only one at a time until it has succeeded."""
        with self._lock:
            if self._open_until is None:
                return True
            if self._clock() < self._open_until:
                return False
            # The one trial: everyone else stays out until it is over, or lost for as long.
            self._open_until = self._clock() + self._seconds
            return True

    def succeeded(self) -> None:
        """Record that a call got an answer."""
        if self._failed or self._open_until is not None:
            with self._lock:
                self._failed = 0
                self._open_until = None

    def failed(self) -> None:
        """Record that a call got none."""
        with self._lock:
            self._failed += 1
            if self._failed >= self._allowed:
                self._open_until = self._clock() + self._seconds
