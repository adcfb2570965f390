"""The audit log only grows."""

from __future__ import annotations

import uuid

import pytest

from portal.common.audit import record
from portal.common.models import AuditEvent
from portal.remote import context

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return record(
        actor=None,
        action="changed",
        model="services.service",
        object_id=uuid.UUID(int=7),
        object_repr="Parking permits",
        before={"organisation": uuid.UUID(int=1)},
        after={"organisation": None},
    )


def test_an_event_says_what_changed_in_plain_json(event):
    found = AuditEvent.objects.get(pk=event.pk)

    assert found.before == {"organisation": "00000000-0000-0000-0000-000000000001"}
    assert found.after == {"organisation": None}


def test_an_event_carries_the_trace_of_its_page():
    with context.scope(trace_id="t" * 32):
        made = record(
            actor="Pat", action="added", model="x.y", object_id=1, object_repr="One"
        )

    assert made.trace_id == "t" * 32


@pytest.mark.parametrize(
    "change",
    [
        lambda event: event.save(),
        lambda event: event.delete(),
        lambda event: AuditEvent.objects.update(action="x"),
        lambda event: AuditEvent.objects.all().delete(),
    ],
)
def test_an_event_is_neither_changed_nor_deleted(event, change):
    with pytest.raises(TypeError, match="cannot be"):
        change(event)

    assert AuditEvent.objects.get().action == "changed"
