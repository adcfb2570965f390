"""What happened to a service, from the versions that the API keeps."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from portal.remote.answers import reading
from portal.remote.values import parse_time
from portal.services.models import Service

# What the API changes by itself whenever a version is made.
SERVICE, API_KEY = "service", "api-key"
SAME_MOMENT = datetime.timedelta(seconds=10)
NO_CHANGE = frozenset({"version", "updated_at", "created_at", "created_by_id", "id"})


@dataclass(frozen=True)
class Event:
    """One thing that somebody did: when, who by id, and what in words."""

    at: datetime.datetime
    by_id: str
    kind: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Note:
    """What the portal itself wrote down of a change: more than the API tells of its versions."""

    at: datetime.datetime
    by_id: str
    lines: tuple[str, ...]

    def is_about(self, event: Event) -> bool:
        """Tell whether it is the same person's change of that moment."""
        is_near = abs(self.at - event.at) < SAME_MOMENT
        return event.kind == SERVICE and self.by_id == event.by_id and is_near


@dataclass(frozen=True)
class Day:
    """The events of one day, the newest first; each with the name of who did it."""

    day: datetime.date
    events: list[tuple[Event, str]]


def events_of(answer: Mapping[str, Any], notes: Iterable[Note] = ()) -> list[Event]:
    """Read ``GET /service/<id>/history``, the newest first.

    Where the API does not tell what changed, the portal's notes do.
    """
    with reading():
        found = [
            *_of_versions(answer["service_history"]),
            *_of_keys(answer["api_key_history"]),
        ]
    known = list(notes)
    told = [event if event.lines else _explained(event, known) for event in found]
    return sorted(told, key=lambda event: event.at, reverse=True)


def _explained(event: Event, notes: list[Note]) -> Event:
    lines = next((note.lines for note in notes if note.is_about(event)), ())
    return replace(event, lines=lines or (_("Changed the settings"),))


def line_of(what: str, before: str, after: str) -> str:
    """Say that something has another value now."""
    values = {"what": what, "before": before, "after": after}
    return _("%(what)s: %(before)s is now %(after)s") % values


def days_of(events: Iterable[Event], names: Mapping[str, str]) -> list[Day]:
    """Group events by day; ``names`` maps ids of people to their names."""
    return [
        Day(day, [(event, names.get(event.by_id, "")) for event in group])
        for day, group in groupby(
            events, key=lambda event: timezone.localtime(event.at).date()
        )
    ]


def _of_versions(rows: list[dict[str, Any]]) -> Iterable[Event]:
    versions = sorted(rows, key=lambda row: int(row["version"]))
    for first in versions[:1]:
        made = _("Created the service “%(name)s”") % {"name": first["name"]}
        yield Event(parse_time(first["created_at"]), _who(first), SERVICE, (made,))
    for old, new in pairwise(versions):
        lines = tuple(
            _line(name, old.get(name), new[name])
            for name in new
            if name not in NO_CHANGE and new[name] != old.get(name)
        )
        at = parse_time(new["updated_at"] or new["created_at"])
        yield Event(at, _who(new), SERVICE, lines)


def _of_keys(rows: list[dict[str, Any]]) -> Iterable[Event]:
    ended: set[str] = set()
    made: set[str] = set()
    for row in rows:
        pk, named = str(row["id"]), {"name": row["name"]}
        if pk not in made:
            made.add(pk)
            told = _("Created the API key “%(name)s”") % named
            yield Event(parse_time(row["created_at"]), _who(row), API_KEY, (told,))
        if row["expiry_date"] and pk not in ended:
            ended.add(pk)
            told = _("Revoked the API key “%(name)s”") % named
            at = parse_time(row["updated_at"] or row["expiry_date"])
            yield Event(at, _who(row), API_KEY, (told,))


def _line(name: str, before: Any, after: Any) -> str:
    if name == "restricted":
        return _("Put back into trial mode") if after else _("Made the service live")
    if name == "active":
        return _("Made active again") if after else _("Archived the service")
    label = capfirst(str(_field(name).verbose_name))
    return line_of(label, _words(before), _words(after))


def _field(name: str) -> models.Field[Any, Any]:
    field = Service._meta.get_field(name)
    assert isinstance(field, models.Field)  # noqa: S101 - columns, not relations to it
    return field


def _words(value: Any) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return f"{value:,}" if isinstance(value, int) else f"“{value}”"


def _who(row: Mapping[str, Any]) -> str:
    return str(row["created_by_id"] or "")
