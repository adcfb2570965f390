"""Received messages as JSON."""

from __future__ import annotations

import pytest

from tests.builders import notification, received
from tests.inbound.conftest import API, BASE
from tests.users.personas import staff

pytestmark = pytest.mark.django_db


def test_a_script_gets_the_inbox_that_the_page_shows(viewer, api):
    row = received(content="Which trees?")
    api.get(f"{API}/inbound-sms/most-recent", json={"data": [row], "has_next": False})

    told = viewer.get(f"{BASE}/inbox.json").json()

    assert told == {
        "messages": [
            {
                "id": row["id"],
                "user_number": "07700 900001",
                "content": "Which trees?",
                "created_at": "2026-01-05T09:00:00Z",
            }
        ],
        "page": 1,
        "has_next": False,
    }


def test_there_is_no_inbox_without_a_number(signed_in, known_service):
    known_service(permissions=["sms"])

    response = signed_in(staff("view_activity")).get(f"{BASE}/inbox.json")

    assert response.status_code == 403


def test_a_conversation_is_told_in_the_order_of_time(viewer, api):
    row = received(content="Which trees?")
    answer = notification(notification_type="sms", status="delivered")
    api.get(f"{API}/inbound-sms/{row['id']}", json=row)
    api.post(f"{API}/inbound-sms", json={"data": [row]})
    api.post(f"{API}/notifications", json={"notifications": [answer], "links": {}})

    told = viewer.get(f"{BASE}/conversation/{row['id']}.json").json()

    assert told["user_number"] == "07700 900001"
    assert {(m["is_received"], m["status"]) for m in told["messages"]} == {
        (True, "received"),
        (False, "delivered"),
    }
