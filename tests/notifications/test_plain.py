"""Sent messages as JSON."""

from __future__ import annotations

import json

from tests.builders import notification
from tests.notifications.test_sent_list import (  # noqa: F401
    API,
    FIGURES,
    sent,
    signed_in,
    viewer,
)
from tests.users.personas import SERVICE_ID

BASE = f"/services/{SERVICE_ID}"


def test_a_script_gets_the_list_that_the_page_shows(viewer, sent):  # noqa: F811
    sent(
        notification(to="07700900999", status="permanent-failure"),
        links={"next": "/more"},
    )

    told = viewer.get(f"{BASE}/notifications.json").json()

    (row,) = told["notifications"]
    assert row["to"] == "07700900999"
    assert row["status"] == "permanent-failure"
    assert row["status_description"]
    assert row["created_at"].endswith("Z")
    assert told["page"] == 1
    assert told["has_next"] is True
    assert told["counts"] == {
        "total": 1212,
        "sending": 5,
        "delivered": 1105,
        "failed": 102,
    }


def test_kind_status_and_page_are_asked_for_as_on_the_page(viewer, sent, api):  # noqa: F811
    sent()

    told = viewer.get(f"{BASE}/notifications/sms.json?status=failed&page=2").json()

    url = next(c.request.url for c in api.calls if "/notifications?" in c.request.url)
    assert {"template_type=sms", "status=permanent-failure", "page=2"} <= set(
        url.split("?")[1].split("&")
    )
    assert told["counts"]["total"] == FIGURES["sms"]["requested"]
    assert told["page"] == 2


def test_a_recipient_is_searched_for_by_a_post(viewer, sent, api):  # noqa: F811
    sent(notification(to="07700900999"))

    response = viewer.post(f"{BASE}/notifications.json", {"to": "07700 900999"})

    bodies = [c.request.body for c in api.calls if c.request.method == "POST"]
    assert [json.loads(body)["to"] for body in bodies] == ["7700900999"]
    assert len(response.json()["notifications"]) == 1


def test_a_search_that_is_over_is_not_found(viewer, sent):  # noqa: F811
    sent()

    assert viewer.get(f"{BASE}/notifications.json?search=gone").status_code == 404


def test_one_message_is_told_with_what_to_do(viewer, api):  # noqa: F811
    row = notification(status="temporary-failure")
    api.get(f"{API}/notifications/{row['id']}", json=row)

    response = viewer.get(f"{BASE}/notification/{row['id']}.json")
    again = viewer.get(
        f"{BASE}/notification/{row['id']}.json",
        headers={"If-None-Match": response["ETag"]},
    )

    told = response.json()["notification"]
    assert told["id"] == row["id"]
    assert "Try again later" in told["advice"]
    assert again.status_code == 304
