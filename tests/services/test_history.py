"""What happened to a service, in words."""

from __future__ import annotations

import pytest
from django.utils import timezone

from portal.common import audit
from portal.users.models import User
from tests.builders import new_id, user
from tests.services.conftest import API, BASE
from tests.users.personas import SERVICE_ID, USER_ID, staff

pytestmark = pytest.mark.django_db

GONE = "22222222-0000-4000-8000-000000000008"


def version(number, day, **overrides):
    return {
        "id": SERVICE_ID,
        "version": number,
        "name": "Trees",
        "active": True,
        "restricted": True,
        "email_message_limit": 50,
        "created_by_id": USER_ID,
        "created_at": "2026-01-05T09:00:00.000000Z",
        "updated_at": f"2026-01-{day:02}T10:00:00.000000Z" if number > 1 else None,
        **overrides,
    }


def key(**overrides):
    return {
        "id": new_id(),
        "name": "Website",
        "service_id": SERVICE_ID,
        "created_at": "2026-01-06T09:00:00.000000Z",
        "created_by_id": USER_ID,
        "expiry_date": None,
        "updated_at": None,
        **overrides,
    }


@pytest.fixture
def told(api, signed_in):
    """Let the API tell versions and keys; gives the text of the page."""

    def tell(*versions, keys=(), query=""):
        data = {"service_history": list(versions), "api_key_history": list(keys)}
        api.get(f"{API}/history", json={"data": data})
        api.get(f"{API}/users", json={"data": [staff("manage_service")]})
        gone = user(id=GONE, name="Gwen Gone")
        api.get(f"/user/{GONE}", json={"data": gone})
        browser = signed_in(staff("manage_service"))
        return browser.get(f"{BASE}/history{query}").content.decode()

    return tell


def test_every_change_is_told_in_words_the_newest_first(told):
    page = told(
        version(1, 5),
        version(2, 6, name="Tree care"),
        version(3, 7, name="Tree care", restricted=False, email_message_limit=250_000),
    )

    lines = (
        "Made the service live",
        "Name: “Trees” is now “Tree care”",
        "Created the service “Trees”",
    )
    assert [page.index(line) for line in lines] == sorted(map(page.index, lines))
    assert "Emails a day: 50 is now 250,000" in page
    assert "Sandy Sender, 10am" in page or "Sandy Sender, 10:00am" in page
    assert "7 January" in page


def test_keys_are_made_and_revoked(told):
    made = key()
    revoked = {
        **made,
        "expiry_date": "2026-01-08T09:00:00.000000Z",
        "updated_at": "2026-01-08T09:00:00.000000Z",
    }

    page = told(version(1, 5), keys=[made, revoked])

    assert page.count("Created the API key “Website”") == 1
    assert page.count("Revoked the API key “Website”") == 1


@pytest.mark.parametrize(
    ("show", "has_service", "has_key"),
    [("", True, True), ("service", True, False), ("api-key", False, True)],
)
def test_one_kind_can_be_shown(told, show, has_service, has_key):
    page = told(version(1, 5), keys=[key()], query=f"?show={show}")

    assert ("Created the service" in page) is has_service
    assert ("Created the API key" in page) is has_key


def test_those_who_have_left_are_named(told):
    assert "Gwen Gone" in told(version(1, 5, created_by_id=GONE))


def test_a_version_without_a_change_that_the_api_tells_of(told):
    assert "Changed the settings" in told(version(1, 5), version(2, 6))


def test_the_portals_own_notes_tell_what_the_api_does_not(told):
    audit.record(
        actor=User(pk=USER_ID, name="Sandy Sender"),
        action="changed",
        model="services.service",
        object_id=SERVICE_ID,
        object_repr="Trees",
        before={"has_active_go_live_request": False},
        after={"has_active_go_live_request": True},
    )
    now = timezone.now().isoformat()

    page = told(version(1, 5), version(2, 6, updated_at=now), version(3, 7))

    assert page.count("Asks to go live: No is now Yes") == 1
    assert page.count("Changed the settings") == 1
