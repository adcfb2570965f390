from __future__ import annotations

from collections import Counter

import pytest

from tests.sandbox.conftest import running


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    with running(tmp_path_factory.mktemp("demo"), SANDBOX_SPEED="1") as started:
        yield started


@pytest.fixture(scope="module")
def busiest(demo):
    services = demo.get("/service")["data"]
    return next(row for row in services if row["name"] == "Riverside bin collections")


def test_there_are_services_on_trial_live_and_archived(demo):
    services = demo.get("/service")["data"]

    states = Counter((row["active"], row["restricted"]) for row in services)

    assert states[True, False] > 10
    assert states[True, True] > 10
    assert states[False, True] > 2


def test_a_live_service_can_be_changed(demo, busiest):
    change = {"notes": "Ring first", "created_by": busiest["created_by"]}

    changed = demo.post(f"/service/{busiest['id']}", change)["data"]

    assert changed["notes"] == "Ring first"


def test_the_people_to_sign_in_as_can_sign_in(demo):
    answer = demo.session.get(f"{demo.base_url}/_sandbox/people.json", timeout=10)
    people = answer.json()

    assert len({person["role"] for person in people}) == len(people) > 8
    for person in people:
        user = demo.post("/user/email", {"email": person["email_address"]})["data"]
        if user["failed_login_count"] < 10:
            path = f"/user/{user['id']}/verify/password"
            demo.post(path, {"password": person["password"]}, 204)


def test_the_last_week_has_messages_in_many_states(demo, busiest):
    found = demo.get(f"/service/{busiest['id']}/notifications?page_size=1000")

    statuses = Counter(row["status"] for row in found["notifications"])

    assert len(statuses) >= 4
    assert statuses["delivered"] > 100


def test_the_year_has_figures_for_every_month_that_it_was_live(demo, busiest):
    report = "/platform-stats/daily-volumes-report"
    days = demo.get(f"{report}?start_date=2000-01-01&end_date=2100-01-01")

    assert len(days) > 300


def test_jobs_are_finished_and_waiting(demo, busiest):
    jobs = demo.get(f"/service/{busiest['id']}/job")["data"]

    assert {job["job_status"] for job in jobs} >= {"finished", "scheduled"}


def test_the_same_number_makes_the_same_demo(demo, busiest, tmp_path):
    with running(tmp_path) as again:
        services = again.get("/service")["data"]

    assert busiest["id"] in {row["id"] for row in services}


def test_another_number_makes_another_demo(busiest, tmp_path):
    with running(tmp_path, "--seed", "2") as other:
        services = other.get("/service")["data"]

    assert busiest["id"] not in {row["id"] for row in services}


def test_letters_have_come_back_and_readers_want_no_more(demo, busiest):
    service = f"/service/{busiest['id']}"

    days = demo.get(f"{service}/returned-letter-summary")
    waiting, made = demo.get(f"{service}/unsubscribe-request-reports-summary")
    figures = demo.get(f"{service}/unsubscribe-request-statistics")

    assert len(days) == 2
    assert waiting["batch_id"] is None
    assert made["batch_id"]
    assert figures["unsubscribe_requests_count"] == waiting["count"] + made["count"]
