"""The page on which the sandbox's time is moved."""

from __future__ import annotations

import datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from portal.sandbox import clock, times
from portal.sandbox.api.own.common import acted, given, own, page, wants_json
from portal.sandbox.refusals import Refusal

CLOCK = "/_sandbox/clock"
UNITS = ("days", "hours", "minutes", "seconds")
HOW = (
    'Send "set" (a time, 2030-01-31T09:00), "reset" (true), or how far to go on: '
    '"days", "hours", "minutes", "seconds".'
)


@own("GET", CLOCK)
def show(request: HttpRequest) -> Any:
    if wants_json(request):
        return clock_shape()
    return clock_page(request)


@own("POST", CLOCK)
def move(request: HttpRequest) -> Any:
    try:
        change(given(request))
    except Refusal as refusal:
        if wants_json(request):
            raise
        return clock_page(request, str(refusal.message), 400)
    return acted(request, CLOCK, clock_shape())


@own("DELETE", CLOCK)
def reset(request: HttpRequest) -> dict[str, Any]:
    clock.reset()
    return clock_shape()


def clock_shape() -> dict[str, Any]:
    """The time here, in UTC and in London, and how far it is from the real one."""
    now = clock.now()
    return {
        "now": times.iso(now),
        "london": timezone.localtime(now).isoformat(timespec="seconds"),
        "moved_by_seconds": round(clock.moved_by().total_seconds()),
    }


def clock_page(request: HttpRequest, error: str = "", status: int = 200) -> Any:
    """The page, with what was wrong with the last try."""
    context = {
        "now": clock.now(),
        "moved_by": clock.moved_by(),
        "error": error,
        "typed": request.POST.get("set", ""),
    }
    return page(request, "clock.html", context, status)


def change(data: dict[str, Any]) -> None:
    """Do what a caller asks; refuse what cannot be understood."""
    try:
        if data.get("reset"):
            clock.reset()
        elif "set" in data:
            clock.move_to(moment(str(data["set"])))
        elif any(unit in data for unit in UNITS):
            steps = {unit: float(data.get(unit, 0)) for unit in UNITS}
            clock.move(datetime.timedelta(**steps))
        else:
            raise Refusal(HOW)
    except (TypeError, ValueError, OverflowError) as error:
        raise Refusal(f"The time cannot be moved so: {error} {HOW}") from error


def moment(text: str) -> datetime.datetime:
    """Read a time in ISO form; without a zone it is London's."""
    found = datetime.datetime.fromisoformat(text)
    return found if found.tzinfo else timezone.make_aware(found)
