"""A Django cache in one SQLite file, shared by all processes of one machine.

Django's own file and database caches swallow failures or let two callers win one
``add()``. Here every call is one statement, ``add()`` is a lease, and what fails is
raised. The file must lie on a local disk (write-ahead log).
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import sqlite3
import threading
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache

BUSY_SECONDS = 1.0
MOST_ENTRIES = 100_000
CULL_CHANCE = 0.001
NEVER = 9e15
BROKEN = ("malformed", "not a database", "disk I/O error")
SCHEMA = """
    CREATE TABLE IF NOT EXISTS cache (
        key TEXT PRIMARY KEY, value TEXT NOT NULL, expires REAL NOT NULL
    ) WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS cache_expires ON cache (expires);
"""
ADD = """
    INSERT INTO cache VALUES (?, ?, ?)
    ON CONFLICT (key) DO UPDATE SET value = excluded.value, expires = excluded.expires
    WHERE cache.expires <= ?
"""
CULL = """
    DELETE FROM cache WHERE expires <= ? OR key IN (
        SELECT key FROM cache ORDER BY expires
        LIMIT max(0, (SELECT count(*) FROM cache) - ?)
    )
"""

# Django makes a cache object per thread or context; the connections outlive them.
_opened = threading.local()


class SQLiteCache(BaseCache):
    """JSON values in one file; raises ``sqlite3.Error`` when the file cannot be used."""

    def __init__(self, location: str, params: dict[str, Any]) -> None:
        super().__init__(params)
        self.path = Path(location)

    def add(
        self,
        key: Any,
        value: Any,
        timeout: float | None = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> bool:
        """Store a value unless there is one; one of any number of callers succeeds."""
        row = self._row(key, value, timeout, version)
        return self._change(ADD, (*row, time.time())) > 0

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        """Return one value."""
        return self.get_many([key], version).get(key, default)

    def get_many(
        self, keys: Iterable[Any], version: int | None = None
    ) -> dict[Any, Any]:
        """Return the values that there are, read at one moment."""
        names = {self.make_and_validate_key(key, version=version): key for key in keys}
        marks = ",".join("?" * len(names))
        # Only question marks are put into the statement.
        statement = (
            f"SELECT key, value FROM cache WHERE expires > ? AND key IN ({marks})"  # noqa: S608
        )
        rows = self._run(statement, (time.time(), *names)).fetchall()
        return {names[name]: json.loads(text) for name, text in rows}

    def set(
        self,
        key: Any,
        value: Any,
        timeout: float | None = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> None:
        """Store a value."""
        self.set_many({key: value}, timeout, version)

    def set_many(
        self,
        data: Mapping[Any, Any],
        timeout: float | None = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> list[Any]:
        """Store several values at one moment."""
        if random.random() < CULL_CHANCE:  # noqa: S311 - spreads the work of culling
            self._change(CULL, (time.time(), MOST_ENTRIES))
        rows = [self._row(key, value, timeout, version) for key, value in data.items()]
        if rows:
            marks = ",".join(["(?,?,?)"] * len(rows))
            values = [field for row in rows for field in row]
            # Only question marks are put into the statement.
            self._change(f"INSERT OR REPLACE INTO cache VALUES {marks}", values)  # noqa: S608
        return []

    def touch(
        self,
        key: Any,
        timeout: float | None = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> bool:
        """Give a value another time to live."""
        name = self.make_and_validate_key(key, version=version)
        statement = "UPDATE cache SET expires = ? WHERE key = ? AND expires > ?"
        return self._change(statement, (self._expiry(timeout), name, time.time())) > 0

    def delete(self, key: Any, version: int | None = None) -> bool:
        """Delete a value; say whether there was one."""
        name = self.make_and_validate_key(key, version=version)
        return self._change("DELETE FROM cache WHERE key = ?", (name,)) > 0

    def clear(self) -> None:
        """Delete everything."""
        self._change("DELETE FROM cache", ())

    def _row(
        self, key: Any, value: Any, timeout: float | None, version: int | None
    ) -> tuple[str, str, float]:
        name = self.make_and_validate_key(key, version=version)
        return name, json.dumps(value), self._expiry(timeout)

    def _expiry(self, timeout: float | None) -> float:
        at = self.get_backend_timeout(timeout)
        return NEVER if at is None else at

    def _change(self, statement: str, values: Iterable[Any]) -> int:
        return self._run(statement, values).rowcount

    def _run(self, statement: str, values: Iterable[Any]) -> sqlite3.Cursor:
        try:
            return self._connection().execute(statement, tuple(values))
        except sqlite3.DatabaseError as error:
            if any(sign in str(error) for sign in BROKEN):
                self._start_over()
            raise

    def _connection(self) -> sqlite3.Connection:
        """Return this thread's connection; never one from before a fork, nor one to a
        file that has been deleted or replaced, which other processes no longer see."""
        known = _opened.__dict__.setdefault("files", {})
        connection, owner = known.get(self.path, (None, None))
        if connection is None or owner != self._identity():
            connection = self._open()
            known[self.path] = (connection, self._identity())
        return connection  # type: ignore[no-any-return] # threading.local is untyped

    def _identity(self) -> tuple[int, int, int] | None:
        try:
            status = self.path.stat()
        except FileNotFoundError:
            return None
        return os.getpid(), status.st_dev, status.st_ino

    def _open(self) -> sqlite3.Connection:
        # Closing any descriptor of a file ends the locks that this process has on it,
        # for all its threads, and others then delete the log that is in use: a file that
        # is there must be opened by SQLite alone (sqlite.org/howtocorrupt.html, 2.2).
        with contextlib.suppress(FileExistsError):
            os.close(os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        connection = sqlite3.connect(
            self.path, timeout=BUSY_SECONDS, isolation_level=None
        )
        _turn_to_wal(connection)
        connection.execute("PRAGMA synchronous=OFF")
        connection.executescript(SCHEMA)
        return connection

    def _start_over(self) -> None:
        for ending in ("", "-wal", "-shm"):
            with contextlib.suppress(FileNotFoundError):
                Path(f"{self.path}{ending}").unlink()


def _turn_to_wal(connection: sqlite3.Connection) -> None:
    """Turn on the write-ahead log; SQLite itself does not wait for others who do so."""
    patience = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError:
            if time.monotonic() > patience:
                raise
            time.sleep(0.005)
        else:
            return
