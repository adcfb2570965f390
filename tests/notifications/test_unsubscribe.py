"""Requests to get no more e-mails: the team's pages and the recipient's."""

from __future__ import annotations

import csv
import io
import json

import pytest

from portal.common.models import AuditEvent
from tests.builders import new_id, service
from tests.users.personas import SERVICE_ID, sign_in, staff

BASE = f"/services/{SERVICE_ID}/unsubscribe-requests"
API = f"/service/{SERVICE_ID}"
LINK = f"/unsubscribe/{new_id()}/a.token"


def batch(**overrides):
    return {
        "batch_id": new_id(),
        "count": 3,
        "created_at": "2026-01-07T09:00:00.000000Z",
        "earliest_timestamp": "2026-01-05T09:00:00.000000Z",
        "is_a_batched_report": True,
        "latest_timestamp": "2026-01-06T09:00:00.000000Z",
        "processed_by_service_at": None,
        "service_id": SERVICE_ID,
        "will_be_archived_at": "2026-04-05T23:00:00.000000Z",
        **overrides,
    }


WAITING = batch(batch_id=None, created_at=None, is_a_batched_report=False, count=1)


@pytest.fixture
def viewer(db, client, api):
    api.get(API, json={"data": service(id=SERVICE_ID)})
    return sign_in(client, staff("view_activity"), api)


@pytest.fixture
def listed(api):
    def register(*batches):
        api.get(f"{API}/unsubscribe-request-reports-summary", json=list(batches))

    return register


def posted(api, path):
    return [
        json.loads(call.request.body)
        for call in api.calls
        if call.request.method == "POST" and call.request.url == api.url(path)
    ]


def test_batches_are_listed_with_what_was_done_about_them(viewer, listed):
    done = batch(processed_by_service_at="2026-01-08T09:00:00.000000Z")
    open_one = batch()
    listed(WAITING, open_one, done)

    page = viewer.get(f"{BASE}/summary").content.decode()

    for status in ("Not downloaded", "Downloaded", "Completed"):
        assert status in page
    assert f'href="{BASE}/reports/latest"' in page
    assert f'href="{BASE}/reports/{open_one["batch_id"]}"' in page
    assert "1 request" in page


def test_what_waits_becomes_a_report_by_a_button_and_not_by_a_link(viewer, listed, api):
    listed(WAITING)
    made = new_id()
    api.post(
        f"{API}/create-unsubscribe-request-report",
        status=201,
        json={"report_id": made},
    )

    page = viewer.get(f"{BASE}/reports/latest").content.decode()
    link = viewer.get(f"{BASE}/reports/batch-report")
    response = viewer.post(f"{BASE}/reports/batch-report")

    assert "Make the report" in page
    assert link["Location"] == f"{BASE}/reports/latest"
    assert response["Location"] == f"{BASE}/reports/{made}"
    assert posted(api, f"{API}/create-unsubscribe-request-report") == [
        {
            "count": 1,
            "earliest_timestamp": WAITING["earliest_timestamp"],
            "latest_timestamp": WAITING["latest_timestamp"],
        }
    ]


def test_a_batch_is_marked_as_completed_and_back(viewer, listed, api):
    one = batch()
    listed(one)
    path = f"{API}/process-unsubscribe-request-report/{one['batch_id']}"
    api.post(path, status=204)

    viewer.post(f"{BASE}/reports/{one['batch_id']}", {"processed": "yes"})

    assert posted(api, path) == [{"report_has_been_processed": True}]
    event = AuditEvent.objects.get()
    assert event.after == {"processed": True}


def test_saving_what_is_so_already_asks_for_nothing(viewer, listed, api):
    one = batch()
    listed(one)

    response = viewer.post(f"{BASE}/reports/{one['batch_id']}", {})

    assert response["Location"] == f"{BASE}/summary"
    assert AuditEvent.objects.count() == 0


def test_the_report_is_a_file_that_is_safe_to_open(viewer, listed, api):
    one = batch()
    listed(one)
    request = {
        "email_address": "=cmd@example.com",
        "original_file_name": "N/A",
        "template_name": "News",
        "template_sent_at": "2026-01-05 08:00:00",
        "unsubscribe_request_received_at": "2026-01-05 09:00:00",
    }
    answer = {"batch_id": one["batch_id"], "unsubscribe_requests": [request]}
    api.get(f"{API}/unsubscribe-request-report/{one['batch_id']}", json=answer)

    file = viewer.get(f"{BASE}/reports/download/{one['batch_id']}.csv")

    _headings, row = csv.reader(io.StringIO(file.content.decode("utf-8-sig")))
    assert "cmd@example.com" in row[0]
    assert not row[0].startswith("=")
    assert "2026-01-05-to-2026-01-06.csv" in file["Content-Disposition"]


@pytest.mark.parametrize("path", ["", "download/"])
def test_a_report_of_others_is_not_found(viewer, listed, api, path):
    api.assert_all_requests_are_fired = False
    listed(WAITING)
    api.get(
        f"{API}/unsubscribe-request-report/<id>",
        status=404,
        json={"result": "error", "message": "No result found"},
    )
    end = ".csv" if path else ""

    assert viewer.get(f"{BASE}/reports/{path}{new_id()}{end}").status_code == 404


def test_nothing_waits_then_there_is_no_latest_report(viewer, listed):
    listed(batch())

    assert viewer.get(f"{BASE}/reports/latest").status_code == 404


# --- the recipient


def test_opening_the_link_changes_nothing(client, api):
    page = client.get(LINK)

    assert b"Unsubscribe from these emails" in page.content
    assert len(api.calls) == 0


def test_the_button_unsubscribes_without_a_session(client, api):
    api.post(LINK, json={"result": "success", "message": "Unsubscribe successful"})

    response = client.post(LINK)

    assert response["Location"] == "/unsubscribe/confirmed"
    assert b"Request received" in client.get("/unsubscribe/confirmed").content


def test_a_link_that_is_not_the_apis_is_explained(client, api):
    told = {"unsubscribe request": "This is not a valid unsubscribe link."}
    api.post(LINK, status=404, json={"result": "error", "message": told})

    response = client.post(LINK)

    assert response.status_code == 404
    assert b"There is a problem with the link" in response.content


def test_the_example_sends_nothing(client, api):
    page = client.get("/unsubscribe/example").content.decode()
    done = client.post("/unsubscribe/example", follow=True).content.decode()

    assert "This is an example" in page
    assert "This is an example" in done
    assert len(api.calls) == 0
