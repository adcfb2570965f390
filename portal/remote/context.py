"""What all calls of one page or one task share: trace, user, deadline and memo."""

from __future__ import annotations

import secrets
import time
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from portal.remote.errors import Unavailable


@dataclass
class RequestContext:
    """One mutable object in a ContextVar, so that threads with a copied context share it."""

    trace_id: str
    span_id: str
    user_id: str | None = None
    deadline: float | None = None
    memo: dict[Hashable, Any] = field(default_factory=dict)


_current: ContextVar[RequestContext | None] = ContextVar("remote_context", default=None)


def current() -> RequestContext | None:
    """Return the context of this page or task; None in a shell or outside of both."""
    return _current.get()


@contextmanager
def scope(
    *,
    user_id: str | None = None,
    trace_id: str | None = None,
    span_id: str | None = None,
    seconds: float | None = None,
) -> Iterator[RequestContext]:
    """Enter a context; ``seconds`` bounds all remote calls in it together.

    A nested scope keeps the outer one's trace, user and memo unless told otherwise,
    and can only bring the deadline nearer.
    """
    outer = current()
    inner = RequestContext(
        trace_id=trace_id or (outer.trace_id if outer else new_trace_id()),
        span_id=span_id or new_span_id(),
        user_id=user_id or (outer.user_id if outer else None),
        deadline=_nearest(outer.deadline if outer else None, seconds),
    )
    if outer is not None:
        inner.memo = outer.memo
    token = _current.set(inner)
    try:
        yield inner
    finally:
        _current.reset(token)


def set_user(user_id: object | None) -> None:
    """Name the person on whose behalf the calls of this context are made."""
    context = current()
    if context is not None:
        context.user_id = str(user_id) if user_id else None


def extend(seconds: float) -> None:
    """Give the calls of this page so many seconds from now, if they have fewer.

    For what people expect to wait for, such as a file that is looked at.
    """
    context = current()
    if context is not None and context.deadline is not None:
        context.deadline = max(context.deadline, time.monotonic() + seconds)


def remaining(limit: float) -> float:
    """Return the seconds left for one call, at most ``limit``.

    Raises Unavailable when the context's time is up.
    """
    context = current()
    if context is None or context.deadline is None:
        return limit
    left = context.deadline - time.monotonic()
    if left <= 0:
        raise Unavailable
    return min(limit, left)


def new_trace_id() -> str:
    """Make a 128-bit trace id."""
    return secrets.token_hex(16)


def new_span_id() -> str:
    """Make a 64-bit span id."""
    return secrets.token_hex(8)


def _nearest(deadline: float | None, seconds: float | None) -> float | None:
    if seconds is None:
        return deadline
    own = time.monotonic() + seconds
    return own if deadline is None else min(own, deadline)
