"""Writes happen one after the other, so that none is lost to another."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

# Any number will do, as long as it is always the same.
LOCK = 6011


@contextmanager
def writing() -> Iterator[None]:
    """One transaction, begun when all others have ended.

    SQLite begins it so (see ``SQLITE_OPTIONS``); PostgreSQL waits for a lock.
    """
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        yield
