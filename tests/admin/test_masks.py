"""Personal data is hidden until somebody asks for it."""

from __future__ import annotations

import time

import pytest

from portal.common.admin_columns import mask
from portal.common.admin_masks import REVEALED
from portal.common.audit import record
from portal.common.models import AuditEvent
from tests.builders import user
from tests.users.personas import sign_in, staff

LIST = "/admin/users/user/"
ANN = user(name="Ann", mobile_number="07700900123")
CHANGE = f"{LIST}{ANN['id']}/change/"


@pytest.fixture
def ann(api):
    api.assert_all_requests_are_fired = False
    api.post("/platform-admin/users-list", json={"data": [ANN]})
    api.get(f"/user/{ANN['id']}", json={"data": ANN})


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("07700900123", "•••123"),
        ("+44 7700 900 123", "•••123"),
        ("ann@example.gov.uk", "a•••@example.gov.uk"),
        ("Ann, 1 High Street, AB1 2CD", "•••"),
        ("12345", "•••"),
        ("", ""),
        (None, ""),
    ],
)
def test_what_is_left_of_personal_data(value, shown):
    assert mask(value) == shown


@pytest.mark.parametrize("path", [LIST, CHANGE])
def test_a_number_is_shown_after_asking_and_the_asking_is_audited(pat, ann, path):
    page = pat.get(path).content.decode()
    assert "•••123" in page
    assert "07700900123" not in page
    assert AuditEvent.objects.count() == 0

    response = pat.post(f"{LIST}reveal/", {"next": path, "object_id": ANN["id"]})

    assert response["Location"] == path
    assert "07700900123" in pat.get(path).content.decode()
    event = AuditEvent.objects.get()
    assert (event.action, event.model) == ("revealed", "users.user")
    assert (event.object_id, event.after) == (ANN["id"], {"fields": ["mobile_number"]})


def test_after_five_minutes_it_is_hidden_again(pat, ann):
    pat.post(f"{LIST}reveal/")
    session = pat.session
    session[REVEALED] = {"users.user": time.time() - 1}
    session.save()

    assert "07700900123" not in pat.get(CHANGE).content.decode()


def test_a_hidden_number_is_neither_changed_nor_lost(pat, ann, api):
    path = f"/user/{ANN['id']}"
    api.post(path, json={"data": ANN})
    data = {
        "name": "Anna",
        "email_address": ANN["email_address"],
        "auth_type": "sms_auth",
    }

    assert pat.post(CHANGE, {**data, "mobile_number": ""}).status_code == 302

    assert AuditEvent.objects.get().after.keys() == {
        *("name", "take_part_in_research", "receives_new_features_email"),
    }


def test_asking_needs_a_post(pat):
    assert pat.get(f"{LIST}reveal/").status_code == 405
    assert AuditEvent.objects.count() == 0


def test_asking_leads_to_no_other_site(pat):
    response = pat.post(f"{LIST}reveal/", {"next": "https://evil.example/"})

    assert response["Location"] == LIST


def test_staff_cannot_ask(client, api, db):
    sign_in(client, staff("manage_service"), api)

    response = client.post(f"{LIST}reveal/", follow=True)

    assert response.status_code == 403
    assert AuditEvent.objects.count() == 0


def test_the_history_hides_it_as_well(pat, ann):
    record(
        actor="Pat",
        action="changed",
        model="users.user",
        object_id=ANN["id"],
        object_repr="Ann",
        before={"mobile_number": None},
        after={"mobile_number": "07700900123"},
    )

    page = pat.get(f"{LIST}{ANN['id']}/history/").content.decode()

    assert "•••123" in page
    assert "07700900123" not in page
