from __future__ import annotations

import datetime

import jwt
import pytest
import requests

from tests.sandbox.conftest import PLATFORM_ADMIN, SECRET, new_service

MISSING = "33333333-0000-4000-8000-000000000000"
TODAY = datetime.datetime.now(datetime.UTC).date()


def test_only_one_algorithm_signs_tokens(sandbox):
    token = jwt.encode({"iss": "notify-admin"}, SECRET * 2, algorithm="HS512")

    answer = requests.get(
        f"{sandbox.base_url}/provider-details",
        headers={"Authorization": f"Bearer {token}"},
        timeout=10,
    )

    assert answer.status_code == 403
    assert answer.json()["message"]["token"] == [
        "Invalid token: algorithm used is not HS256"
    ]


def test_connections_stay_open(sandbox):
    answer = sandbox.call("GET", "/provider-details")

    assert answer.headers.get("Connection") != "close"
    assert answer.headers["Content-Length"] == str(len(answer.content))


def test_a_client_that_asks_for_it_is_told_that_the_connection_ends(sandbox):
    answer = requests.get(
        f"{sandbox.base_url}/_status", headers={"Connection": "close"}, timeout=10
    )

    assert answer.headers["Connection"] == "close"


def test_a_service_from_elsewhere_gets_no_answer(sandbox):
    answer = requests.get(
        f"{sandbox.base_url}/_sandbox/outbox",
        headers={"Host": "evil.example"},
        timeout=10,
    )

    assert answer.status_code == 400


def test_every_change_of_a_provider_is_a_version(sandbox):
    provider = next(
        row
        for row in sandbox.get("/provider-details")["provider_details"]
        if row["identifier"] == "firetext"
    )
    path = f"/provider-details/{provider['id']}"
    before = sandbox.get(f"{path}/versions")["data"]

    sandbox.post(path, {"created_by": PLATFORM_ADMIN, "priority": 60})

    after = sandbox.get(f"{path}/versions")["data"]
    assert len(after) == len(before) + 1
    assert after[0]["priority"] == 60


def test_a_provider_is_changed_by_somebody(sandbox):
    provider = sandbox.get("/provider-details")["provider_details"][0]

    sandbox.post(f"/provider-details/{provider['id']}", {"priority": 60}, 404)


@pytest.mark.parametrize(
    "report",
    [
        "data-for-billing-report",
        "data-for-dvla-billing-report",
        "volumes-by-service",
        "daily-volumes-report",
        "daily-sms-provider-volumes-report",
    ],
)
@pytest.mark.parametrize("day", ["", "2026-02-30", "01/02/2026"])
def test_reports_want_dates(sandbox, report, day):
    path = f"/platform-stats/{report}?start_date={TODAY}&end_date={day}"

    refused = sandbox.get(path, 400)

    assert refused["message"] == "Input must be a date in the format: YYYY-MM-DD"


def test_figures_of_the_platform_count_failures(
    sandbox, live_service, new_template, send
):
    before = sandbox.get("/platform-stats")["sms"]["failures"]["permanent-failure"]
    sent = send(live_service, new_template(live_service), to="07700900002")

    sandbox.wait_for(
        f"/service/{live_service['id']}/notifications/{sent['id']}",
        lambda found: found["status"],
        "permanent-failure",
    )

    after = sandbox.get("/platform-stats")["sms"]["failures"]["permanent-failure"]
    assert after > before


def test_an_id_that_belongs_to_nothing_is_not_found(sandbox):
    sandbox.post("/platform-admin/find-by-uuid", {"uuid": MISSING}, 404)


def test_sender_names_are_protected_however_they_are_spelt(sandbox):
    assert sandbox.get("/protected-sender-id/check?sender_id=h.m.r.c") is True


def test_a_service_keeps_its_own_allowance(sandbox, live_service):
    path = f"/service/{live_service['id']}/billing/free-sms-fragment-limit"

    sandbox.post(path, {"free_sms_fragment_limit": 5})

    assert sandbox.get(path)["free_sms_fragment_limit"] == 5


def test_an_allowance_is_not_negative(sandbox, live_service):
    path = f"/service/{live_service['id']}/billing/free-sms-fragment-limit"

    refused = sandbox.post(path, {"free_sms_fragment_limit": -1}, 400)

    assert "less than the minimum" in refused["errors"][0]["message"]


def test_an_unknown_service_used_nothing(sandbox):
    path = f"/service/{MISSING}/billing/monthly-usage?year=2026"

    assert sandbox.get(path) == []


def test_a_number_that_is_taken_cannot_be_given_again(sandbox, person, live_service):
    free = sandbox.get("/inbound-number/available")["data"]
    given = {"inbound_number_id": free[-1]["id"]}
    sandbox.post(f"/inbound-number/service/{live_service['id']}", given, 201)
    other = new_service(sandbox, person)

    sandbox.post(f"/inbound-number/service/{other['id']}", given, 404)


def test_an_archived_number_is_no_longer_free(sandbox, live_service):
    free = sandbox.get("/inbound-number/available")["data"]
    given = {"inbound_number_id": free[-1]["id"]}
    path = f"/service/{live_service['id']}/inbound-sms/remove"
    sandbox.post(f"/inbound-number/service/{live_service['id']}", given, 201)

    sandbox.post(path, {"archive": True})

    numbers = sandbox.get("/inbound-number/available")["data"]
    assert free[-1]["id"] not in {number["id"] for number in numbers}


def test_a_foreign_unsubscribe_link_does_nothing(
    sandbox, live_service, new_template, send
):
    template = new_template(live_service, "email", has_unsubscribe_link=True)
    sent = send(live_service, template, to="one@example.com")

    refused = sandbox.post(f"/unsubscribe/{sent['id']}/garbage", {}, 404)

    assert refused["message"]["unsubscribe request"]
    path = f"/service/{live_service['id']}/unsubscribe-request-statistics"
    assert sandbox.get(path) == {}
