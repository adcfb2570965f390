"""A number by which people can text a service."""

from __future__ import annotations

import json

import pytest

from portal.common.models import AuditEvent
from tests.builders import service
from tests.inbound.conftest import API, BASE
from tests.users.personas import SERVICE_ID, staff

pytestmark = pytest.mark.django_db

PAGE = f"{BASE}/service-settings/receive-text-messages"
NUMBER = f"/inbound-number/service/{SERVICE_ID}"


def body(call):
    return json.loads(call.request.body)


@pytest.fixture
def manager(signed_in):
    """The browser of somebody who manages the service."""
    return signed_in(staff("manage_service"))


@pytest.fixture
def changes(api):
    """Let the API change the service; gives what it was sent."""
    return api.post(API, json={"data": service(id=SERVICE_ID)})


def test_a_service_gets_a_number(manager, api, known_service, changes):
    known_service(permissions=["sms", "email"])
    given = api.post(NUMBER, status=201, json={})

    page = manager.get(PAGE).content.decode()
    response = manager.post(f"{PAGE}/start")

    assert f'href="{PAGE}/start"' in page
    assert response["Location"] == PAGE
    assert body(given.calls[0]) == {}
    assert body(changes.calls[0])["permissions"] == ["email", "inbound_sms", "sms"]
    assert AuditEvent.objects.get().after["permissions"] == [
        "email",
        "inbound_sms",
        "sms",
    ]


@pytest.mark.parametrize("status", [400, 404, 409])
def test_when_no_number_is_free_nothing_changes(
    manager, api, known_service, changes, status
):
    api.post(NUMBER, status=status, json={"message": "no number"})

    response = manager.post(f"{PAGE}/start", follow=True)

    assert "No number is free" in response.content.decode()
    assert changes.call_count == 0


def test_the_number_is_shown(manager, api, receiving):
    api.get(NUMBER, json={"data": {"number": "07700900500"}})

    assert "07700900500" in manager.get(PAGE).content.decode()


@pytest.mark.parametrize(
    ("used", "archive"), [("2026-01-05T09:00:00.000000Z", True), (None, False)]
)
def test_a_number_that_people_know_is_given_to_nobody_else(
    manager, api, receiving, changes, used, archive
):
    api.get(f"{API}/inbound-sms/most-recent-usage", json={"most_recent_date": used})
    taken = api.post(f"{API}/inbound-sms/remove", json={})

    response = manager.post(f"{PAGE}/stop")

    assert response["Location"] == f"{PAGE}/stop/success"
    assert body(taken.calls[0]) == {"archive": archive}
    assert body(changes.calls[0])["permissions"] == ["sms"]


def test_there_is_nothing_to_start_or_stop_twice(
    manager, api, receiving, known_service
):
    assert manager.post(f"{PAGE}/start")["Location"] == PAGE
    known_service(permissions=["sms"])
    api.replace("GET", api.url(API), json={"data": service(id=SERVICE_ID)})
