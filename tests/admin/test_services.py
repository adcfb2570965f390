"""Services in the admin."""

from __future__ import annotations

import json
import re

import pytest

from portal.common.models import AuditEvent
from tests.admin.forms import form_of, rows, sent
from tests.builders import organisation, service, user

LIST = "/admin/services/service/"
COUNCIL = organisation(name="Example Council")
PARKING = service(name="Parking permits", organisation=COUNCIL["id"])
LIBRARY = service(name="Library cards", restricted=True)
OLD = service(name="_archived_2026-01-31_12:00:00_Old", active=False)
PAUSED = service(name="Paused", active=False)
CHANGE = f"{LIST}{PARKING['id']}/change/"


@pytest.fixture
def three(api):
    api.get("/service", json={"data": [PARKING, LIBRARY, OLD, PAUSED]})
    api.get("/organisations", json=[COUNCIL])
    api.get(f"/organisations/{COUNCIL['id']}", json=COUNCIL)
    api.get(f"/service/{PARKING['id']}", json={"data": PARKING})


def test_the_list_costs_one_call_for_rows_and_one_for_their_organisations(
    pat, three, asked
):
    page = pat.get(LIST)

    assert rows(page) == ["Library cards", "Parking permits", OLD["name"], "Paused"]
    assert page.context["cl"].result_count == 4
    assert b"Example Council" in page.content
    assert asked() == ["GET /service", "GET /organisations/<id>"]


def test_the_list_is_paged_with_an_exact_count(pat, api, asked):
    many = [service(name=f"Service {n:03}") for n in range(120)]
    api.get("/service", json={"data": many})

    page = pat.get(f"{LIST}?p=2")

    assert rows(page)[0] == "Service 100"
    assert page.context["cl"].result_count == 120
    assert asked() == ["GET /service"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=parking", ["Parking permits"]),
        ("q=council", ["Parking permits"]),
        ("state=trial", ["Library cards"]),
        ("state=archived", [OLD["name"]]),
        ("state=suspended", ["Paused"]),
        ("o=-1", ["Paused", "Parking permits", "Library cards", OLD["name"]]),
        ("organisation_type__exact=local", []),
    ],
)
def test_the_list_is_searched_filtered_and_ordered(pat, three, query, found):
    assert rows(pat.get(f"{LIST}?{query}")) == found


def test_the_change_page_costs_the_service_and_its_organisation(pat, three, asked):
    page = pat.get(CHANGE)

    assert page.status_code == 200
    assert b"Archive" in page.content
    assert asked() == ["GET /service/<id>", "GET /organisations/<id>"]


def test_a_change_sends_what_changed_and_is_audited(pat, three, api, asked):
    api.post(f"/service/{PARKING['id']}", json={"data": {**PARKING, "name": "Permits"}})
    data = form_of(pat.get(CHANGE)) | {"name": "Permits"}
    asked()

    response = pat.post(CHANGE, data)

    assert response.status_code == 302
    body = sent(api, f"/service/{PARKING['id']}")
    assert body.pop("created_by")
    assert body == {"name": "Permits"}
    assert asked().count("POST /service/<id>") == 1
    event = AuditEvent.objects.get()
    assert (event.action, event.model) == ("changed", "services.service")
    assert (event.before, event.after) == (
        {"name": "Parking permits"},
        {"name": "Permits"},
    )
    assert event.actor_name == "Pat Platform"
    history = pat.get(f"{LIST}{PARKING['id']}/history/").content.decode()
    assert re.search(
        r"Pat Platform.*Changed.*Name.*Parking permits.*Permits",
        history,
        re.DOTALL,
    )


def test_saving_without_a_change_sends_and_logs_nothing(pat, three, asked):
    data = form_of(pat.get(CHANGE))
    asked()

    assert pat.post(CHANGE, data).status_code == 302

    assert [call for call in asked() if call.startswith("POST")] == []
    assert AuditEvent.objects.count() == 0


def test_permissions_are_replaced_as_a_whole(pat, three, api):
    api.post(f"/service/{PARKING['id']}", json={"data": PARKING})
    data = form_of(pat.get(CHANGE)) | {"permissions": ["sms", "inbound_sms"]}

    assert pat.post(CHANGE, data).status_code == 302

    body = sent(api, f"/service/{PARKING['id']}")
    assert body["permissions"] == ["inbound_sms", "sms"]
    assert AuditEvent.objects.get().after == {"permissions": ["sms", "inbound_sms"]}


def test_a_trial_service_goes_live_with_the_limits_of_a_live_one(pat, three, api):
    path = f"/service/{LIBRARY['id']}"
    live = {**LIBRARY, "restricted": False, "sms_message_limit": 250_000}
    api.get(path, json={"data": LIBRARY})
    api.post(path, json={"data": live})
    page = f"{LIST}{LIBRARY['id']}/change/"
    data = form_of(pat.get(page)) | {"notes": "Checked"}
    data.pop("restricted")

    assert pat.post(page, data).status_code == 302

    rest, going = [call.request.body for call in api.calls if call.request.body][-2:]
    assert json.loads(going).items() >= {"restricted": False}.items()
    assert json.loads(going)["sms_message_limit"] == 250_000
    assert json.loads(rest).keys() == {"notes", "created_by"}
    event = AuditEvent.objects.get()
    assert event.before == {"restricted": True, "notes": None}


def test_a_refused_name_is_an_error_of_the_name_and_nothing_is_lost(pat, three, api):
    told = {"normalised_service_name": ["Duplicate service name"]}
    api.post(
        f"/service/{PARKING['id']}",
        status=400,
        json={"result": "error", "message": told},
    )
    data = form_of(pat.get(CHANGE)) | {"name": "Taken", "notes": "keep me"}

    page = pat.post(CHANGE, data)

    assert page.status_code == 200
    assert page.context["adminform"].form.errors == {"name": ["Duplicate service name"]}
    assert b"keep me" in page.content
    assert AuditEvent.objects.count() == 0


def test_a_service_moves_to_another_organisation(pat, three, api):
    other = organisation(name="Other Council")
    api.get(f"/organisations/{other['id']}", json=other)
    api.post(f"/organisations/{other['id']}/service", status=204)
    data = form_of(pat.get(CHANGE)) | {"organisation": other["id"]}

    assert pat.post(CHANGE, data).status_code == 302

    assert sent(api, f"/organisations/{other['id']}/service") == {
        "service_id": PARKING["id"]
    }


def test_a_service_cannot_leave_its_organisation(pat, three):
    data = form_of(pat.get(CHANGE)) | {"organisation": ""}

    page = pat.post(CHANGE, data)

    errors = page.context["adminform"].form.errors
    assert errors == {
        "organisation": ["A service cannot be taken out of its organisation."]
    }


def test_adding_a_service(pat, api, asked):
    api.post("/service", status=201, json={"data": PARKING})
    api.get(f"/service/{PARKING['id']}", json={"data": PARKING})
    assert pat.get(f"{LIST}add/").status_code == 200
    assert asked() == []
    data = {
        "name": "Parking permits",
        "organisation_type": "local",
        "restricted": "on",
        "sms_message_limit": 50,
        "international_sms_message_limit": 50,
        "email_message_limit": 50,
        "letter_message_limit": 50,
    }

    response = pat.post(f"{LIST}add/", data)

    assert response.status_code == 302, response.context["errors"]
    assert asked() == ["POST /service", "GET /service/<id>"]
    assert sent(api, "/service")["restricted"] is True
    assert AuditEvent.objects.get().action == "added"


def test_archiving_asks_first_then_tells_the_api_and_the_log(pat, three, api, asked):
    api.get(f"/service/{PARKING['id']}/users", json={"data": [user()]})
    api.post(f"/service/{PARKING['id']}/archive", status=204)
    page = pat.get(f"{LIST}{PARKING['id']}/delete/")
    assert b"archive the service" in page.content
    assert asked() == ["GET /service/<id>"]

    response = pat.post(f"{LIST}{PARKING['id']}/delete/", {"post": "yes"})

    assert response.status_code == 302
    assert asked()[-2:] == ["GET /service/<id>/users", "POST /service/<id>/archive"]
    assert AuditEvent.objects.get().action == "archived"


def test_a_refused_archiving_is_told_and_not_logged(pat, three, api):
    api.get(f"/service/{PARKING['id']}/users", json={"data": []})
    api.post(
        f"/service/{PARKING['id']}/archive",
        status=400,
        json={"result": "error", "message": "Not now"},
    )

    page = pat.post(f"{LIST}{PARKING['id']}/delete/", {"post": "yes"}, follow=True)

    assert b"Not now" in page.content
    assert AuditEvent.objects.count() == 0


def test_an_archived_service_has_no_archive_button(pat, api):
    api.get(f"/service/{OLD['id']}", json={"data": OLD})

    page = pat.get(f"{LIST}{OLD['id']}/change/")

    assert b"deletelink" not in page.content
    assert pat.get(f"{LIST}{OLD['id']}/delete/").status_code == 403


def test_archiving_the_selected_ones_asks_first(pat, three, api, asked):
    api.get(f"/service/{PARKING['id']}/users", json={"data": []})
    api.post(f"/service/{PARKING['id']}/archive", status=204)
    data = {"action": "remove_selected", "_selected_action": [PARKING["id"]]}

    page = pat.post(LIST, data)
    assert b"Are you sure that you want to archive these services?" in page.content
    response = pat.post(LIST, {**data, "post": "yes"})

    assert response.status_code == 302
    assert asked().count("POST /service/<id>/archive") == 1
    assert AuditEvent.objects.get().object_repr == "Parking permits"


def test_an_unknown_service_is_no_page(pat, api):
    api.get("/service/<id>", status=404, json={"message": "No result found"})

    response = pat.get(f"{LIST}{LIBRARY['id']}/change/")

    assert (response.status_code, response["Location"]) == (302, "/admin/")


def test_the_autocomplete_finds_by_name_in_one_call(pat, api, asked):
    brief = {name: PARKING[name] for name in ("id", "name", "active", "restricted")}
    api.get("/service/find-services-by-name", json={"data": [brief]})

    found = pat.get(
        "/admin/autocomplete/",
        {
            "app_label": "message_templates",
            "model_name": "template",
            "field_name": "service",
            "term": "park",
        },
    )

    assert [line["text"] for line in found.json()["results"]] == ["Parking permits"]
    assert asked() == ["GET /service/find-services-by-name"]


def test_no_counts_by_filter_are_offered_as_the_api_has_none(pat, three):
    page = pat.get(f"{LIST}?_facets=True")

    assert page.status_code == 200
    assert b"Show counts" not in page.content
