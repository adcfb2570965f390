from __future__ import annotations

import datetime
import uuid
from types import SimpleNamespace

import pytest

from portal.common import audit
from portal.common.models import AuditEvent
from portal.remote import context

pytestmark = pytest.mark.django_db


class Person(SimpleNamespace):
    def __str__(self):
        return self.name


ANN = Person(pk=uuid.uuid4(), name="Ann Example")


def record(**fields):
    given = {
        "actor": ANN,
        "action": "changed",
        "model": "services.service",
        "object_id": "1",
        "object_repr": "Permits",
    }
    return audit.record(**given | fields)


def test_an_event_says_who_did_what_to_what():
    record(before={"name": "Old"}, after={"name": "New"})

    event = AuditEvent.objects.get()
    assert (event.actor_id, event.actor_name) == (ANN.pk, "Ann Example")
    assert (event.before, event.after) == ({"name": "Old"}, {"name": "New"})
    assert str(event) == "Ann Example changed Permits"


def test_an_event_belongs_to_the_trace_of_its_page():
    with context.scope() as scope:
        event = record()

    assert event.trace_id == scope.trace_id


def test_values_of_every_kind_can_be_kept():
    pk = uuid.uuid4()
    day = datetime.date(2026, 1, 5)

    event = record(after={"id": pk, "day": day, "odd": {1}})

    assert event.after == {"id": str(pk), "day": "2026-01-05", "odd": "{1}"}


def test_a_long_name_is_cut():
    assert len(record(object_repr="x" * 300).object_repr) == 200


def test_an_event_cannot_be_changed_or_deleted():
    event = record()

    with pytest.raises(TypeError, match="cannot be changed"):
        event.save()
    with pytest.raises(TypeError, match="cannot be deleted"):
        event.delete()


def test_newer_events_come_first():
    first, second = record(), record()

    assert list(AuditEvent.objects.all()) == [second, first]
