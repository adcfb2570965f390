"""A form that takes several calls: what was saved before one of them was refused."""

from __future__ import annotations

import json

import pytest
import requests
import responses

from portal.common.models import AuditEvent
from tests.admin.forms import form_of
from tests.builders import organisation, service

COUNCIL = organisation(name="Example Council")
OTHER = organisation(name="Other Council")
TRIAL = service(name="Library cards", restricted=True, organisation=COUNCIL["id"])
PATH = f"/service/{TRIAL['id']}"
CHANGE = f"/admin/services/service/{TRIAL['id']}/change/"
REFUSED = {"result": "error", "message": "Not live"}


@pytest.fixture
def trial(api):
    api.assert_all_requests_are_fired = False
    api.get(PATH, json={"data": TRIAL})
    for one in (COUNCIL, OTHER):
        api.get(f"/organisations/{one['id']}", json=one)


def bodies(api):
    return [
        json.loads(call.request.body)
        for call in api.calls
        if call.request.method == "POST"
    ]


def going_live(pat, **more):
    data = form_of(pat.get(CHANGE)) | more
    data.pop("restricted")
    return data


def test_what_was_saved_before_a_refusal_is_said_and_audited(pat, trial, api):
    def answer(request):
        is_refused = "restricted" in json.loads(request.body)
        told = REFUSED if is_refused else {"data": {**TRIAL, "notes": "Checked"}}
        return (400 if is_refused else 200, {}, json.dumps(told))

    api.add_callback(responses.POST, api.url(PATH), callback=answer)

    page = pat.post(CHANGE, going_live(pat, notes="Checked"))

    assert page.context["adminform"].form.errors == {"__all__": ["Not live"]}
    words = page.content.decode()
    assert "Saved: Notes. Not saved: Trial: sends to its own team only." in words
    event = AuditEvent.objects.get()
    assert (event.before, event.after) == ({"notes": None}, {"notes": "Checked"})


def test_a_refusal_of_the_first_part_leaves_all_the_rest(pat, trial, api):
    told = {"result": "error", "message": {"name": ["Duplicate service name"]}}
    api.post(PATH, status=400, json=told)

    page = pat.post(CHANGE, going_live(pat, name="Taken", permissions=["sms"]))

    assert page.context["adminform"].form.errors == {"name": ["Duplicate service name"]}
    assert b"Not saved:" not in page.content
    assert [body.keys() - {"created_by"} for body in bodies(api)] == [{"name"}]
    assert AuditEvent.objects.count() == 0


def test_limits_that_were_typed_in_come_after_those_of_going_live(pat, trial, api):
    live = {**TRIAL, "restricted": False, "email_message_limit": 250_000}
    api.post(PATH, json={"data": live})

    response = pat.post(CHANGE, going_live(pat, email_message_limit="1000"))

    assert response.status_code == 302
    going, limits = bodies(api)
    assert going["restricted"] is False
    assert limits == {"email_message_limit": 1000, "created_by": limits["created_by"]}
    assert AuditEvent.objects.get().after.keys() == {
        "restricted",
        "email_message_limit",
    }


def test_an_outage_between_the_parts_is_audited_too(pat, trial, api):
    api.post(PATH, json={"data": {**TRIAL, "notes": "Checked"}})
    api.post(f"/organisations/{OTHER['id']}/service", body=requests.ConnectionError())
    data = form_of(pat.get(CHANGE)) | {"notes": "Checked", "organisation": OTHER["id"]}

    assert pat.post(CHANGE, data).status_code == 503

    assert AuditEvent.objects.get().after == {"notes": "Checked"}


def test_related_things_are_kept_and_shown_by_name(pat, trial, api):
    api.post(f"/organisations/{OTHER['id']}/service", status=204)
    data = form_of(pat.get(CHANGE)) | {"organisation": OTHER["id"]}

    assert pat.post(CHANGE, data).status_code == 302

    event = AuditEvent.objects.get()
    assert event.before["organisation"] == {
        "id": COUNCIL["id"],
        "name": "Example Council",
    }
    assert event.after["organisation"] == {"id": OTHER["id"], "name": "Other Council"}
    history = pat.get(CHANGE.replace("change", "history")).content.decode()
    assert "Example Council" in history
    assert "Other Council" in history
    assert OTHER["id"] not in history
