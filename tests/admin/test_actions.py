"""Actions that ask first."""

from __future__ import annotations

import json

import pytest
import requests

from portal.common.models import AuditEvent
from tests.admin.forms import sent
from tests.builders import organisation, provider, service, user

SERVICES = "/admin/services/service/"
USERS = "/admin/users/user/"
COUNCIL = organisation(name="Example Council")
LIVE = service(name="Parking permits")
TRIAL = service(name="Library cards", restricted=True)
PAUSED = service(name="Paused", active=False)
OLD = service(name="_archived_2026-01-31_12:00:00_Old", active=False)


@pytest.fixture
def services(api):
    api.assert_all_requests_are_fired = False
    api.get("/service", json={"data": [LIVE, TRIAL, PAUSED, OLD]})
    api.get("/organisations", json=[COUNCIL])
    api.get(f"/organisations/{COUNCIL['id']}", json=COUNCIL)
    for one in (LIVE, TRIAL, PAUSED, OLD):
        api.get(f"/service/{one['id']}", json={"data": one})


def do(pat, action, *things, path=SERVICES, **more):
    data = {"action": action, "_selected_action": [one["id"] for one in things]}
    return pat.post(path, {**data, **more}, follow=True)


def body_of(call, path):
    request = call.request
    is_it = request.method == "POST" and request.url.endswith(path)
    return json.loads(request.body)["service_id"] if is_it else None


@pytest.mark.parametrize(
    ("action", "one", "words", "body", "told"),
    [
        ("suspend", LIVE, "suspend these services?", {"active": False}, "suspended"),
        ("resume", PAUSED, "resume these services?", {"active": True}, "resumed"),
        (
            *("make_live", TRIAL, "make these services live?"),
            *({"restricted": False, "sms_message_limit": 250_000}, "made live"),
        ),
        (
            *("back_to_trial", LIVE, "back to trial?"),
            *({"restricted": True, "sms_message_limit": 50}, "back to trial"),
        ),
    ],
)
def test_the_state_of_a_service_changes_after_a_yes(
    pat, services, api, action, one, words, body, told
):
    path = f"/service/{one['id']}"
    api.post(path, json={"data": {**one, **body}})

    page = do(pat, action, one).content.decode()
    assert words in page
    assert one["name"] in page
    assert sent(api, path) is None
    page = do(pat, action, one, post="yes").content.decode()

    assert "Done for one." in page
    assert sent(api, path).items() >= body.items()
    event = AuditEvent.objects.get()
    assert (event.action, event.object_repr) == (told, one["name"])


@pytest.mark.parametrize(
    ("action", "one", "words"),
    [
        ("suspend", PAUSED, "Paused: It is not active."),
        ("resume", OLD, "Old: It is not suspended."),
        ("make_live", LIVE, "Parking permits: It is not a trial service."),
        ("back_to_trial", TRIAL, "Library cards: It is not live."),
    ],
)
def test_what_an_action_does_not_fit_is_left_out(pat, services, action, one, words):
    page = do(pat, action, one, post="yes").content.decode()

    assert words in page
    assert "Done for" not in page
    assert AuditEvent.objects.count() == 0


def test_services_move_to_an_organisation(pat, services, api):
    path = f"/organisations/{COUNCIL['id']}/service"
    api.post(path, status=204)

    page = do(pat, "move", LIVE, TRIAL)
    assert b"Which organisation" in page.content
    page = do(pat, "move", LIVE, TRIAL, post="yes")
    assert page.status_code == 400
    assert b"This field is required" in page.content
    page = do(pat, "move", LIVE, TRIAL, post="yes", organisation=COUNCIL["id"])

    assert b"Done for 2." in page.content
    moved = [sent_to for call in api.calls if (sent_to := body_of(call, path))]
    assert sorted(moved) == sorted([LIVE["id"], TRIAL["id"]])
    assert {event.action for event in AuditEvent.objects.all()} == {"moved"}
    history = pat.get(f"{SERVICES}{TRIAL['id']}/history/").content.decode()
    assert "Example Council" in history
    assert COUNCIL["id"] not in history


def test_a_refusal_stops_one_and_an_outage_all_the_rest(pat, services, api):
    told = {"result": "error", "message": "Not this one"}
    second, third = (service(name=name) for name in ("Second", "Third"))
    for one in (second, third):
        api.get(f"/service/{one['id']}", json={"data": one})
    api.post(f"/service/{LIVE['id']}", status=400, json=told)
    api.post(f"/service/{second['id']}", body=requests.ConnectionError())

    page = do(pat, "suspend", LIVE, second, third, post="yes").content.decode()

    assert "Parking permits: Not this one" in page
    assert "Second: " in page
    assert "One more was not tried." in page
    assert "Done for" not in page
    assert AuditEvent.objects.count() == 0


def test_too_many_at_once_are_refused(pat, api):
    many = [service(name=f"Service {n}") for n in range(101)]
    api.get("/service", json={"data": many})

    page = do(pat, "suspend", *many, select_across="1", index="0")

    assert b"Select at most 100 at a time." in page.content


def test_the_page_of_a_service_offers_what_fits_it(pat, services):
    page = pat.get(f"{SERVICES}{TRIAL['id']}/change/").content.decode()

    assert 'name="action" value="suspend"' in page
    assert 'name="action" value="make_live"' in page
    assert 'value="resume"' not in page
    assert 'value="back_to_trial"' not in page


def test_an_action_from_the_page_of_one_thing_asks_first(pat, services):
    page = do(pat, "suspend", LIVE, index="0")

    assert b"Are you sure that you want to suspend these services?" in page.content


def test_failed_sign_ins_are_reset(pat, api):
    ann = user(name="Ann", failed_login_count=10)
    bob = user(name="Bob")
    for person in (ann, bob):
        api.get(f"/user/{person['id']}", json={"data": person})
    api.post("/platform-admin/users-list", json={"data": [ann, bob]})
    path = f"/user/{ann['id']}/reset-failed-login-count"
    api.post(path, json={"data": ann})

    page = do(pat, "reset_failed_logins", ann, bob, path=USERS, post="yes")

    assert b"Bob: There are no failed sign-ins to reset." in page.content
    assert b"Done for one." in page.content
    event = AuditEvent.objects.get()
    assert (event.action, event.after) == ("unlocked", {"failed_login_count": 0})


def test_providers_get_a_priority_with_a_reason(pat, api):
    mmg = provider(display_name="MMG", priority=30)
    path = f"/provider-details/{mmg['id']}"
    api.get("/provider-details", json={"provider_details": [mmg]})
    api.get(path, json={"provider_details": mmg})
    api.post(path, json={"provider_details": {**mmg, "priority": 60}})
    providers = "/admin/providers/providerdetails/"

    page = do(pat, "set_priority", mmg, path=providers, post="yes", priority="101")
    assert page.status_code == 400
    assert sent(api, path) is None
    given = {"priority": "60", "reason": "The other is slow"}
    do(pat, "set_priority", mmg, path=providers, post="yes", **given)

    assert sent(api, path).items() >= {**given, "priority": 60}.items()
    assert AuditEvent.objects.get().after == {**given, "priority": 60}
