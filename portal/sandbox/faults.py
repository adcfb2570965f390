"""Bad days on demand: chosen routes are slow, fail, or answer nonsense."""

from __future__ import annotations

import json
import re
import threading
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from portal.sandbox.http import respond

Next = Callable[[HttpRequest], HttpResponseBase]
OWN_PAGES, NOT_OWN = "/_sandbox/", "/_sandbox/template-preview/"
METHODS = ("*", "GET", "POST", "DELETE")
KINDS = {
    "slow": "answers some seconds late",
    "status": "answers with a status, and does nothing",
    "malformed": "does what is asked, and answers with half of the JSON",
    "wrong-types": "does what is asked, and answers with values of other types",
    "dropped": "ends the connection, and does nothing",
    "lost": "does what is asked, and ends the connection without an answer",
    "hanging": "answers nothing until it is cleared, ten minutes at most",
}
LOWEST, HIGHEST = 400, 599
LONGEST_SECONDS = 600.0
SEGMENT, REST = "[^/]+", ".+"
PARAMETER = re.compile(r"\{[^}]*\}|<[^>]*>|\*\*|\*")


@dataclass
class Fault:
    """What goes wrong, where, and how many more times (None: until it is cleared)."""

    method: str
    route: str
    kind: str
    status: int = 500
    seconds: float = 5.0
    times: int | None = None
    id: str = field(default_factory=lambda: uuid.uuid4().hex)
    cleared: threading.Event = field(default_factory=threading.Event)

    def matches(self, request: HttpRequest) -> bool:
        """Whether a request is one of those that go wrong."""
        is_method = self.method in ("*", request.method)
        return is_method and bool(pattern(self.route).fullmatch(request.path))

    def shape(self) -> dict[str, Any]:
        """The fault as programs read it."""
        names = ("id", "method", "route", "kind", "status", "seconds", "times")
        return {name: getattr(self, name) for name in names}


_faults: list[Fault] = []
_lock = threading.Lock()


def pattern(route: str) -> re.Pattern[str]:
    """A route with its parameters as ``{x}``, ``<x>`` or ``*``; ``**`` is all the rest."""
    parts, end = [], 0
    for found in PARAMETER.finditer(route):
        parts.append(re.escape(route[end : found.start()]))
        parts.append(REST if found.group() == "**" else SEGMENT)
        end = found.end()
    return re.compile("".join(parts) + re.escape(route[end:]))


def active() -> list[Fault]:
    """The faults that are still to come."""
    with _lock:
        return list(_faults)


def add(data: dict[str, Any]) -> Fault:
    """Add a fault; ``ValueError`` says what is wrong with it."""
    fault = Fault(
        method=_one_of("method", data.get("method", "*"), METHODS),
        route=_route(data.get("route")),
        kind=_one_of("kind", data.get("kind"), tuple(KINDS)),
        status=int(_number("status", data.get("status", 500), LOWEST, HIGHEST)),
        seconds=_number("seconds", data.get("seconds", 5), 0, LONGEST_SECONDS),
        times=_times(data.get("times")),
    )
    with _lock:
        _faults.append(fault)
    return fault


def clear(fault_id: str | None = None) -> bool:
    """End the fault of that id, or all; say whether there was nothing wrong with that."""
    with _lock:
        ended = [fault for fault in _faults if fault_id in (None, fault.id)]
        _faults[:] = [fault for fault in _faults if fault not in ended]
    for fault in ended:
        fault.cleared.set()
    return bool(ended) or fault_id is None


def take(request: HttpRequest) -> Fault | None:
    """The first fault that a request meets, counted; the sandbox's own pages have none."""
    if request.path.startswith(OWN_PAGES) and not request.path.startswith(NOT_OWN):
        return None
    with _lock:
        fault = next((fault for fault in _faults if fault.matches(request)), None)
        if fault is not None and fault.times is not None:
            fault.times -= 1
            if fault.times == 0:
                _faults.remove(fault)
    return fault


def _one_of(name: str, value: Any, allowed: tuple[str, ...]) -> str:
    if value not in allowed:
        raise ValueError(f"{name} must be one of: {', '.join(allowed)}.")
    return str(value)


def _route(value: Any) -> str:
    if not isinstance(value, str) or not value.startswith("/"):
        raise ValueError("route must be a path such as /service/{service_id}/job.")
    return value.partition("?")[0]


def _number(name: str, value: Any, least: float, most: float) -> float:
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = -1
    if not least <= number <= most:
        raise ValueError(f"{name} must be a number from {least} to {most}.")
    return number


def _times(value: Any) -> int | None:
    if value is None:
        return None
    return int(_number("times", value, 1, 1_000_000))


class FaultMiddleware:
    """Lets requests meet the faults that wait for them."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        fault = take(request)
        if fault is None:
            return self.get_response(request)
        return ACTS[fault.kind](fault, request, self.get_response)


def slow(fault: Fault, request: HttpRequest, following: Next) -> HttpResponseBase:
    """Wait, then answer."""
    fault.cleared.wait(fault.seconds)
    return following(request)


def fail(fault: Fault, request: HttpRequest, following: Next) -> HttpResponseBase:
    """Answer with a status."""
    told = f"The sandbox was asked to answer {fault.status} here."
    return respond({"result": "error", "message": told}, fault.status)


def cut(fault: Fault, request: HttpRequest, following: Next) -> HttpResponseBase:
    """Answer with the first half only."""
    answer = following(request)
    if isinstance(answer, HttpResponse):
        answer.content = answer.content[: len(answer.content) // 2] or b"{"
    return answer


def mistype(fault: Fault, request: HttpRequest, following: Next) -> HttpResponseBase:
    """Answer with other types."""
    answer = following(request)
    if isinstance(answer, HttpResponse) and answer.content:
        answer.content = json.dumps(other_type(json.loads(answer.content))).encode()
    return answer


def other_type(value: Any) -> Any:
    """A value of another type; objects keep their keys."""
    if isinstance(value, dict):
        return {key: other_type(one) for key, one in value.items()}
    if isinstance(value, list):
        return {str(place): other_type(one) for place, one in enumerate(value)}
    if isinstance(value, str):
        return 1
    return {} if value is None else str(value)


def drop(fault: Fault, request: HttpRequest, following: Next) -> HttpResponseBase:
    """End the connection."""
    request.META["sandbox.hang_up"]()
    return HttpResponse()


def lose(fault: Fault, request: HttpRequest, following: Next) -> HttpResponseBase:
    """Do it, then end the connection."""
    following(request)
    return drop(fault, request, following)


def hang(fault: Fault, request: HttpRequest, following: Next) -> HttpResponseBase:
    """Keep the caller waiting, then end the connection."""
    fault.cleared.wait(LONGEST_SECONDS)
    return drop(fault, request, following)


ACTS: dict[str, Callable[[Fault, HttpRequest, Next], HttpResponseBase]] = {
    "slow": slow,
    "status": fail,
    "malformed": cut,
    "wrong-types": mistype,
    "dropped": drop,
    "lost": lose,
    "hanging": hang,
}
