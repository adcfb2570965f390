"""What the portal reports of what people did."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from portal.platform.models import Event
from portal.sandbox import clock, times
from portal.sandbox.http import Answer, body, created, route
from portal.sandbox.rules.loading import Field, load, text


def anything(value: Any) -> Any:
    """Read whatever it is."""
    return value


FIELDS = {
    "event_type": Field(text(255), required=True),
    "data": Field(anything, required=True),
}


@route("POST", "/events")
def create_event(request: HttpRequest) -> Answer:
    event = Event.objects.create(created_at=clock.now(), **load(body(request), FIELDS))
    return created(
        {
            "data": {
                "created_at": times.iso(event.created_at),
                "data": event.data,
                "event_type": event.event_type,
                "id": event.pk,
            }
        }
    )
