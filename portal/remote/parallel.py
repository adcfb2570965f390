"""Independent reads of one page, side by side instead of one after the other."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import ContextVar, copy_context
from datetime import tzinfo
from functools import partial
from typing import Any

from django.conf import settings
from django.db import connections
from django.utils import timezone, translation

from portal.remote.context import remaining
from portal.remote.errors import NotFound, Unavailable

_LONGEST_LOAD = 3600.0

_inside: ContextVar[bool] = ContextVar("remote_parallel_inside", default=False)
_lock = threading.Lock()
_pools: dict[int, ThreadPoolExecutor] = {}


def together(*loads: Callable[[], Any]) -> list[Any]:
    """Run the loads side by side and return their results in order.

    The first error, in the order of the loads, is raised. Context variables travel to the threads,
    and what the context holds is shared with them; a ``.set()`` in a load does not come back.
    The loads must not use SQL connections of the caller. Nested use runs in place: workers
    that wait for workers would fill the pool and stop.
    """
    if len(loads) < 2 or _inside.get():
        return [load() for load in loads]
    first, *rest = loads
    futures = [_submit(load) for load in rest]
    try:
        # The caller's own thread works too: one thread less for each page.
        return [first(), *(_result(future) for future in futures)]
    finally:
        for future in futures:
            future.cancel()


def those_found(*loads: Callable[[], Any]) -> list[Any]:
    """Run the loads side by side and leave out what is empty or, says the API, not there."""
    return [
        value
        for value in together(*(partial(_or_none, load) for load in loads))
        if value
    ]


def _or_none(load: Callable[[], Any]) -> Any:
    try:
        return load()
    except NotFound:
        return None


def _submit(load: Callable[[], Any]) -> Future[Any]:
    # One copy for each load: a Context cannot be entered twice at the same time.
    return _pool().submit(
        copy_context().run,
        _run,
        load,
        translation.get_language(),
        timezone.get_current_timezone(),
    )


def _run(load: Callable[[], Any], language: str | None, zone: tzinfo) -> Any:
    _inside.set(True)
    try:
        # asgiref ties what Django keeps in its Local to one thread, so these two do not
        # travel with the context by themselves.
        with translation.override(language), timezone.override(zone):
            return load()
    finally:
        # Nobody else would ever close what a load opened in a thread of the pool.
        for connection in connections.all(initialized_only=True):
            connection.close()


def _result(future: Future[Any]) -> Any:
    try:
        return future.result(timeout=remaining(_LONGEST_LOAD))
    except TimeoutError as error:
        raise Unavailable from error


def _pool() -> ThreadPoolExecutor:
    # Made at first use and for each process: threads do not survive a fork.
    pid = os.getpid()
    if pid not in _pools:
        with _lock:
            if pid not in _pools:
                _pools.clear()
                _pools[pid] = ThreadPoolExecutor(
                    max_workers=max(settings.NOTIFY_POOL_SIZE // 2, 1),
                    thread_name_prefix="remote",
                )
    return _pools[pid]
