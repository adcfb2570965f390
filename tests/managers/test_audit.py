"""What the API accepts of the portal's own saves is in the audit log, once."""

from __future__ import annotations

import pytest
from django.db import DatabaseError
from django.db.models.signals import post_delete, post_save

from portal.api_keys.models import ApiKey
from portal.common import audit
from portal.common.models import AuditEvent
from portal.remote import context
from portal.remote.errors import Rejected
from portal.services.models import Service, ServiceCallbackApi, ServiceSmsSender
from tests.builders import api_key, new_id, service, user

pytestmark = pytest.mark.django_db
ONE = service(name="Parking permits")
ANN = user(name="Ann Example")


@pytest.fixture
def parking(api):
    api.get(f"/service/{ONE['id']}", json={"data": ONE})
    return Service.objects.get(pk=ONE["id"])


@pytest.fixture
def heard():
    """The signals that came, as (signal, instance)."""
    came = []

    def hear(signal, instance, **kwargs):
        came.append((signal, instance))

    for signal in (post_save, post_delete):
        signal.connect(hear)
    yield came
    for signal in (post_save, post_delete):
        signal.disconnect(hear)


def test_a_save_is_recorded_with_what_changed(api, parking):
    api.get(f"/user/{ANN['id']}", json={"data": ANN})
    api.post(f"/service/{ONE['id']}", json={"data": {**ONE, "rate_limit": 9}})
    parking.rate_limit = 9

    with context.scope(user_id=ANN["id"]) as scope:
        parking.save()

    event = AuditEvent.objects.get()
    assert (event.action, event.model) == ("changed", "services.service")
    assert (event.object_id, event.object_repr) == (ONE["id"], "Parking permits")
    assert (event.before, event.after) == ({"rate_limit": 3000}, {"rate_limit": 9})
    assert (str(event.actor_id), event.actor_name) == (ANN["id"], "Ann Example")
    assert event.trace_id == scope.trace_id


def test_what_nobody_is_signed_in_for_is_the_portals_doing(api, parking):
    api.post(f"/service/{ONE['id']}", json={"data": ONE})

    Service.objects.grant(parking, ["email"])

    event = AuditEvent.objects.get()
    assert (event.actor_id, event.actor_name) == (None, "The portal")
    assert event.after == {"permissions": ["email"]}


def test_a_refused_save_is_neither_signalled_nor_recorded(api, parking, heard):
    api.post(f"/service/{ONE['id']}", status=400, json={"message": {"name": ["No"]}})
    parking.name = "Taken"

    with pytest.raises(Rejected):
        parking.save()

    assert heard == []
    assert not AuditEvent.objects.exists()


def test_a_save_without_a_change_is_not_recorded(parking, heard):
    parking.save()

    assert heard == []
    assert not AuditEvent.objects.exists()


def test_making_and_ending_are_recorded(api, heard):
    made = {"id": new_id(), "service_id": ONE["id"], "sms_sender": "BINS"}
    api.post(f"/service/{ONE['id']}/sms-sender", status=201, json=made)
    api.post(f"/service/{ONE['id']}/sms-sender/{made['id']}/archive", json={})

    sender = ServiceSmsSender.objects.create(
        service_id=ONE["id"], sms_sender="BINS", is_default=False
    )
    sender.delete()

    assert [signal for signal, _ in heard if _ == sender] == [post_save, post_delete]
    last, first = AuditEvent.objects.all()
    assert (first.action, first.after["sms_sender"]) == ("added", "BINS")
    assert (last.action, last.object_id) == ("archived", made["id"])


def test_an_ended_key_is_called_revoked(api):
    key = api_key()
    api.get(f"/service/{ONE['id']}/api-keys", json={"apiKeys": [key]})
    api.post(f"/service/{ONE['id']}/api-key/revoke/{key['id']}", status=202)

    ApiKey.objects.get(service=ONE["id"], pk=key["id"]).delete()

    assert AuditEvent.objects.get().action == "revoked"


def test_every_row_of_an_update_is_recorded(api):
    two = [service(name="One"), service(name="Two")]
    api.get("/service", json={"data": two})
    for one in two:
        api.post(f"/service/{one['id']}", json={"data": {**one, "notes": "Seen"}})

    assert Service.objects.filter(active=True).update(notes="Seen") == 2

    found = AuditEvent.objects.values_list("object_repr", flat=True)
    assert set(found) == {"One", "Two"}


def test_secrets_stay_out_of_the_log(api):
    made = {"id": new_id(), "service_id": ONE["id"]}
    api.post(f"/service/{ONE['id']}/callback-api", status=201, json={"data": made})

    ServiceCallbackApi.objects.create(
        service_id=ONE["id"],
        url="https://example.gov.uk",
        bearer_token="very-secret",
        callback_type="complaint",
        updated_by_id=ANN["id"],
    )

    event = AuditEvent.objects.get()
    assert event.after["url"] == "https://example.gov.uk"
    assert "very-secret" not in str(event.after)


def test_who_tells_it_in_words_of_their_own_is_the_only_one_to(api, parking):
    api.post(f"/service/{ONE['id']}", json={"data": ONE})

    with audit.telling():
        Service.objects.make_live(parking, live=True)
    audit.record(
        actor="Ann",
        action="made live",
        model="services.service",
        object_id=parking.pk,
        object_repr="Parking permits",
    )

    assert AuditEvent.objects.get().action == "made live"


def test_a_log_that_fails_does_not_undo_what_the_api_did(
    api, parking, monkeypatch, caplog
):
    def broken(**fields):
        raise DatabaseError("full")

    monkeypatch.setattr(audit.AuditEvent.objects, "create", broken)
    api.post(f"/service/{ONE['id']}", json={"data": {**ONE, "notes": "Seen"}})
    parking.notes = "Seen"

    parking.save()

    assert "Not in the audit log: services.service" in caplog.text
