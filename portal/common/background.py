"""What surrounds every Celery task and worker: a context, and an end with its parent."""

from __future__ import annotations

import logging
import os
import signal
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from typing import IO, Any

from celery import current_app, shared_task
from celery.signals import (
    beat_init,
    before_task_publish,
    task_postrun,
    task_prerun,
    worker_init,
    worker_process_init,
)
from django.conf import settings
from django.db import transaction
from kombu.exceptions import OperationalError

from portal.common import filebroker
from portal.remote import context
from portal.remote.errors import RateLimited, Unavailable

logger = logging.getLogger(__name__)

TRACE_HEADER = "portal_trace_id"
WATCH_SECONDS = 0.5

AGAIN: dict[str, Any] = {
    "autoretry_for": (Unavailable, RateLimited),
    "retry_backoff": 2,
    "retry_backoff_max": 60,
    "retry_jitter": True,
    "max_retries": 5,
}

_contexts: dict[str, ExitStack] = {}
_lock: list[IO[str]] = []


def task(
    *, asks_api: bool = True, **options: Any
) -> Callable[[Callable[..., None]], Any]:
    """Make a function a Celery task; one that asks the API tries again when it is away."""
    decorate: Callable[[Callable[..., None]], Any] = shared_task(
        **(AGAIN if asks_api else {}) | options
    )
    return decorate


def connect() -> None:
    """Tie the functions of this module to Celery's signals."""
    before_task_publish.connect(carry_trace, weak=False)
    task_prerun.connect(enter_context, weak=False)
    task_postrun.connect(leave_context, weak=False)
    worker_init.connect(begin_worker, weak=False)
    worker_process_init.connect(begin_pool_process, weak=False)
    beat_init.connect(begin_beat, weak=False)


def send_task(name: str, *args: str) -> None:
    """Ask for a task by its name once the local database has what it needs.

    A broker that is away breaks no page: the clock asks again for what must not be lost.
    """
    transaction.on_commit(lambda: _hand_over(name, args))


def _hand_over(name: str, args: tuple[str, ...]) -> None:
    try:
        current_app.send_task(name, args=list(args))
    except OperationalError:
        logger.warning("The broker did not take the task %s.", name)


def carry_trace(headers: dict[str, Any] | None = None, **kwargs: Any) -> None:
    """Send the trace of the page or task that asks for a task along with it."""
    here = context.current()
    if here is not None and headers is not None:
        headers.setdefault(TRACE_HEADER, here.trace_id)


def enter_context(task_id: str, task: Any, **kwargs: Any) -> None:
    """Give a task a trace and a memo of its own, in nobody's name."""
    stack = ExitStack()
    stack.enter_context(context.scope(trace_id=task.request.get(TRACE_HEADER)))
    _contexts[task_id] = stack


def leave_context(task_id: str, **kwargs: Any) -> None:
    """Close what ``enter_context`` opened."""
    stack = _contexts.pop(task_id, None)
    if stack is not None:
        stack.close()


def begin_worker(**kwargs: Any) -> None:
    """Prepare the embedded broker for its one worker."""
    if uses_files():
        _lock.append(filebroker.take_folder())
        filebroker.put_back()
        follow_parent()


def begin_pool_process(**kwargs: Any) -> None:
    """Let go of what the worker's main process holds, and end when it does."""
    while _lock:
        _lock.pop().close()
    follow_parent()


def begin_beat(**kwargs: Any) -> None:
    """End the embedded clock with the command that started it."""
    if uses_files():
        follow_parent()


def uses_files() -> bool:
    """Say whether the broker is the embedded one."""
    return str(settings.CELERY_BROKER_URL).startswith("safefile:")


def follow_parent() -> None:
    """End this process when its parent has, even if that was killed outright."""
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(WATCH_SECONDS)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, name="follow-parent", daemon=True).start()
