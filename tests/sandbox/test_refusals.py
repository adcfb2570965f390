"""Refusals and rules that no recorded scenario shows."""

from __future__ import annotations

import uuid

import pytest

from tests.sandbox.conftest import new_person

UNKNOWN = str(uuid.uuid4())


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("inbound_sms", "inbound"),
        ("delivery_status", "delivery receipt"),
        ("returned_letter", "returned letter"),
    ],
)
def test_a_callback_that_is_not_there_is_named(sandbox, service, kind, name):
    path = f"/service/{service['id']}/callback-api/{UNKNOWN}?callback_type={kind}"

    refused = sandbox.delete(path, 404)

    assert refused["message"] == f"Service {name} API not found"


def test_an_email_needs_a_subject_when_it_is_changed(sandbox, service, new_template):
    template = new_template(service, "email")
    path = f"/service/{service['id']}/template/{template['id']}"

    refused = sandbox.post(path, {"subject": " "}, 400)

    assert refused["message"] == {"subject": ["Invalid template subject"]}


def test_who_saves_a_template_as_it_was_makes_a_version(
    sandbox, service, new_template, person
):
    template = new_template(service)
    path = f"/service/{service['id']}/template/{template['id']}"
    same = {"content": template["content"]}

    unchanged = sandbox.post(path, same | {"created_by": person["id"]})["data"]
    other = new_person(sandbox)
    signed = sandbox.post(path, same | {"created_by": other["id"]})["data"]

    assert unchanged["version"] == 1
    assert (signed["version"], signed["created_by"]) == (2, other["id"])


@pytest.mark.parametrize(
    ("method", "path", "message"),
    [
        (
            "GET",
            "unsubscribe-request-report/{unknown}",
            "No report available for {unknown}",
        ),
        (
            "POST",
            "create-unsubscribe-request-report",
            {
                "summary_data": "summary data needed to create an unsubscribe request "
                "report is missing"
            },
        ),
        (
            "POST",
            "process-unsubscribe-request-report/{unknown}",
            {"marked_as_completed": "missing data for required field"},
        ),
    ],
)
def test_a_report_of_unsubscribing_that_is_not_there(
    sandbox, service, method, path, message
):
    path = f"/service/{service['id']}/{path}".format(unknown=UNKNOWN)
    if isinstance(message, str):
        message = message.format(unknown=UNKNOWN)

    answer = sandbox.call(method, path, {})

    assert answer.status_code == 400
    assert answer.json()["message"] == message


def test_a_batch_that_is_not_there_cannot_be_processed(sandbox, service):
    path = f"/service/{service['id']}/process-unsubscribe-request-report/{UNKNOWN}"

    refused = sandbox.post(path, {"report_has_been_processed": True}, 400)

    told = f"No UnsubscribeRequestReport found for id:{UNKNOWN}"
    assert refused["message"] == {"batch_id": told}


def test_with_permissions_nothing_else_of_an_organisation_changes(sandbox):
    data = {"crown": True, "organisation_type": "central"}
    name = f"Organisation {uuid.uuid4()}"
    made = sandbox.post("/organisations", data | {"name": name})
    path = f"/organisations/{made['id']}"

    sandbox.post(path, {"permissions": [], "name": "Other"}, 204)

    found = sandbox.get(path)
    assert (found["name"], found["permissions"]) == (name, [])


def test_a_key_says_who_revoked_it(sandbox, service, person):
    path = f"/service/{service['id']}"
    data = {"name": "A key", "key_type": "normal", "created_by": person["id"]}
    sandbox.post(f"{path}/api-key", data)
    [key] = sandbox.get(f"{path}/api-keys")["apiKeys"]
    other = new_person(sandbox)
    revoke = f"{path}/api-key/revoke/{key['id']}"

    sandbox.post(revoke, {"created_by": UNKNOWN}, 404)
    sandbox.post(revoke, {"created_by": other["id"]}, 202)

    history = sandbox.get(f"{path}/history")["data"]["api_key_history"]
    assert [row["created_by_id"] for row in history] == [person["id"], other["id"]]
    assert sandbox.call("GET", f"{path}/api-keys/{key['id']}").status_code == 404


def test_a_folder_is_seen_by_the_services_people_only(sandbox, service):
    path = f"/service/{service['id']}/template-folder"
    folder = sandbox.post(path, {"name": "A folder", "parent_id": None})["data"]
    stranger = new_person(sandbox)
    data = {"name": "A folder", "users_with_permission": [stranger["id"]]}

    sandbox.post(f"{path}/{folder['id']}", data, 404)


def test_nobody_signs_in_by_a_landline(sandbox, person):
    refused = sandbox.post(
        f"/user/{person['id']}", {"mobile_number": "020 7946 0000"}, 400
    )

    [told] = refused["message"]["mobile_number"]
    assert told.startswith("Invalid phone number: This does not look like a UK mobile")


@pytest.mark.parametrize("body", [[], "text", 5])
@pytest.mark.parametrize(
    "path",
    ["/service", "/service/{service}", "/user/{user}/verify/password"],
)
def test_a_body_that_is_no_object_is_refused(sandbox, service, person, path, body):
    path = path.format(service=service["id"], user=person["id"])

    answer = sandbox.call("POST", path, body)

    assert answer.status_code == 400
    assert answer.json()["message"]


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"agreement_signed_at": "soon"}, "agreement_signed_at"),
        ({"can_approve_own_go_live_requests": "yes"}, "can_approve"),
    ],
)
def test_a_value_of_another_type_is_refused_by_name(sandbox, change, named):
    data = {"crown": True, "organisation_type": "central"}
    made = sandbox.post("/organisations", data | {"name": str(uuid.uuid4())})

    refused = sandbox.post(f"/organisations/{made['id']}", change, 400)

    assert named in str(refused["message"])


@pytest.mark.parametrize("year", ["0", "-1", "99999", "soon"])
def test_a_year_that_is_none_is_refused(sandbox, service, year):
    for path in ("monthly-usage", "yearly-usage-summary"):
        refused = sandbox.get(
            f"/service/{service['id']}/billing/{path}?year={year}", 400
        )
        assert refused["message"] == "No valid year provided"


def test_a_search_has_one_page_and_no_other_filters(
    sandbox, live_service, new_template, send
):
    template = new_template(live_service)
    for _ in range(3):
        send(live_service, template, to="07700900321")
    path = f"/service/{live_service['id']}/notifications"

    found = sandbox.post(path, {"to": "900321", "page_size": 2, "page": 2})
    listed = sandbox.get(f"{path}?page_size=2&count_pages=False")

    assert len(found["notifications"]) == 3
    assert listed["links"] == {}
    assert sandbox.post(path, {"to": 5}, 400)["message"] == {
        "to": ["Not a valid string."]
    }
