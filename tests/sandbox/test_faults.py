"""Routes that fail on purpose."""

from __future__ import annotations

import threading
import time

import pytest
import requests

from tests.sandbox.conftest import running

FAULTS = "/_sandbox/faults.json"
STATUS = "/_status"


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory):
    """A sandbox whose routes these tests may break."""
    with running(tmp_path_factory.mktemp("faults"), "--empty") as started:
        yield started


@pytest.fixture(autouse=True)
def cleared(sandbox):
    yield
    sandbox.delete(FAULTS)


def fault(sandbox, kind, route="/service", **values):
    data = {"method": "GET", "route": route, "kind": kind} | values
    return sandbox.post(FAULTS, data, 201)


def test_a_route_answers_the_status_asked_for(sandbox):
    fault(sandbox, "status", status=503)

    assert sandbox.call("GET", "/service").status_code == 503
    assert sandbox.call("GET", "/organisations").status_code == 200
    assert sandbox.call("POST", "/service").status_code == 400


def test_it_ends_after_so_many_requests(sandbox):
    fault(sandbox, "status", times=2)

    answers = [sandbox.call("GET", "/service").status_code for _ in range(3)]

    assert answers == [500, 500, 200]
    assert sandbox.get(FAULTS) == {"faults": []}


@pytest.mark.parametrize(
    "route",
    ["/user/{user_id}", "/user/<uuid:user_id>", "/user/*", "/**", "/u*r/**"],
)
def test_parts_of_a_route_stand_for_anything(sandbox, route):
    fault(sandbox, "status", route, status=418)

    path = "/user/22222222-0000-4000-8000-000000000001"
    assert sandbox.call("GET", path).status_code == 418


def test_one_part_is_not_several(sandbox):
    fault(sandbox, "status", "/service/*")

    user = "/user/22222222-0000-4000-8000-000000000001"
    assert sandbox.call("GET", "/service/x/y").status_code == 404
    assert sandbox.call("GET", user).status_code == 200


def test_an_answer_can_come_late(sandbox):
    fault(sandbox, "slow", seconds=0.7)

    begun = time.monotonic()
    sandbox.get("/service")

    assert time.monotonic() - begun >= 0.7


def test_an_answer_can_be_cut_short(sandbox):
    fault(sandbox, "malformed")

    answer = sandbox.call("GET", "/service")

    assert answer.status_code == 200
    with pytest.raises(ValueError, match="Expecting|Unterminated|delimiter"):
        answer.json()


def test_values_can_have_other_types(sandbox):
    real = sandbox.get("/provider-details")["provider_details"]
    fault(sandbox, "wrong-types", "/provider-details")

    wrong = sandbox.get("/provider-details")["provider_details"]

    assert set(wrong["0"]) == set(real[0])
    assert all(type(wrong["0"][key]) is not type(real[0][key]) for key in real[0])


def test_a_connection_can_end_without_an_answer(sandbox):
    fault(sandbox, "dropped", times=1)

    with pytest.raises(requests.ConnectionError):
        sandbox.call("GET", "/service")
    assert sandbox.call("GET", "/service").status_code == 200


def test_a_write_can_be_done_and_its_answer_lost(sandbox):
    fault(sandbox, "lost", "/organisations", method="POST")
    data = {
        "name": "Lost and found",
        "crown": True,
        "organisation_type": "central",
    }

    with pytest.raises(requests.ConnectionError):
        sandbox.call("POST", "/organisations", data)

    names = [one["name"] for one in sandbox.get("/organisations")]
    assert "Lost and found" in names


def test_a_request_can_hang_until_the_fault_is_cleared(sandbox):
    made = fault(sandbox, "hanging", times=2)
    ended = []

    def ask():
        try:
            sandbox.call("GET", "/service")
        except requests.ConnectionError:
            ended.append(True)

    asking = threading.Thread(target=ask)
    asking.start()
    sandbox.wait_for(FAULTS, lambda found: found["faults"][0]["times"], 1)
    assert asking.is_alive()

    requests.delete(
        f"{sandbox.base_url}{FAULTS}", params={"id": made["id"]}, timeout=10
    )
    asking.join(10)

    assert ended == [True]


def test_the_sandboxes_own_pages_never_fail(sandbox):
    fault(sandbox, "status", "/**", method="*")

    assert len(sandbox.get(FAULTS)["faults"]) == 1


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"kind": "nonsense"}, "kind"),
        ({"route": "service"}, "route"),
        ({"route": 7}, "route"),
        ({"method": "PUT"}, "method"),
        ({"status": 200}, "status"),
        ({"status": "many"}, "status"),
        ({"seconds": -1}, "seconds"),
        ({"times": 0}, "times"),
    ],
)
def test_a_fault_that_is_none_is_refused_by_the_fields_name(sandbox, wrong, named):
    data = {"method": "GET", "route": "/service", "kind": "status"} | wrong

    refused = sandbox.post(FAULTS, data, 400)

    assert refused["message"].startswith(f"{named} must be")


def test_clearing_what_is_not_there_is_not_found(sandbox):
    sandbox.delete(f"{FAULTS}?id=unknown", 404)


def test_people_add_and_clear_faults_on_a_page(sandbox):
    page = f"{sandbox.base_url}/_sandbox/faults"
    form = {"method": "GET", "route": "/service/*", "kind": "status", "times": ""}

    added = requests.post(page, data=form, timeout=10)
    listed = sandbox.get(FAULTS)["faults"]
    cleared = requests.post(page, data={"clear": "1"}, timeout=10)
    wrong = requests.post(page, data=form | {"route": "no path"}, timeout=10)

    assert "/service/*" in added.text
    assert listed[0]["times"] is None
    assert "Nothing is wrong" in cleared.text
    assert wrong.status_code == 400
    assert 'value="no path"' in wrong.text


def test_pages_of_other_sites_cannot_break_anything(sandbox):
    answer = requests.post(
        f"{sandbox.base_url}{FAULTS}",
        json={"route": "/**", "kind": "status"},
        headers={"Origin": "http://evil.example"},
        timeout=10,
    )

    assert answer.status_code == 403
    assert sandbox.get(FAULTS) == {"faults": []}
