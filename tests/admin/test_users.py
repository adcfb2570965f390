"""People in the admin."""

from __future__ import annotations

import pytest

from portal.common.models import AuditEvent
from tests.admin.forms import form_of, rows, sent
from tests.builders import service, user

LIST = "/admin/users/user/"
PARKING = service(name="Parking permits")
ANN = user(name="Ann", email_address="ann@example.gov.uk", services=[PARKING["id"]])
BOB = user(name="Bob", email_address="bob@example.gov.uk", state="inactive")
CHANGE = f"{LIST}{ANN['id']}/change/"


@pytest.fixture
def ann(api):
    api.get(f"/user/{ANN['id']}", json={"data": ANN})
    api.get("/service", json={"data": [PARKING]})


def test_the_list_of_active_people_is_one_call(pat, api, asked):
    line = {**ANN, "services": [{"id": PARKING["id"], "name": "Parking permits"}]}
    api.post("/platform-admin/users-list", json={"data": [line]})

    assert rows(pat.get(LIST)) == ["Ann"]
    assert asked() == ["POST /platform-admin/users-list"]


def test_finding_by_address_reads_those_found(pat, ann, api, asked):
    api.get(f"/user/{BOB['id']}", json={"data": BOB})
    brief = ("id", "name", "email_address", "mobile_number")
    found = [{name: person[name] for name in brief} for person in (ANN, BOB)]
    api.post("/user/find-users-by-email", json={"data": found})

    page = pat.get(f"{LIST}?q=example")

    assert rows(page) == ["Ann", "Bob"]
    assert sent(api, "/user/find-users-by-email") == {"email": "example"}
    assert sorted(asked()) == [
        "GET /user/<id>",
        "GET /user/<id>",
        "POST /user/find-users-by-email",
    ]


def test_too_many_people_are_a_sentence(pat, api):
    found = [{"id": user()["id"], "name": "N"} for _ in range(101)]
    api.post("/user/find-users-by-email", json={"data": found})

    page = pat.get(f"{LIST}?q=gov")

    assert page.status_code == 200
    assert b"101 people have" in page.content


def test_the_change_page_names_the_services(pat, ann, asked):
    page = pat.get(CHANGE)

    assert b"Parking permits" in page.content
    assert asked() == ["GET /user/<id>", "GET /service"]


def test_a_changed_address_tells_who_changed_it(pat, ann, api):
    api.post(f"/user/{ANN['id']}", json={"data": ANN})
    data = form_of(pat.get(CHANGE)) | {"email_address": "ann2@example.gov.uk"}

    assert pat.post(CHANGE, data).status_code == 302

    body = sent(api, f"/user/{ANN['id']}")
    assert body.pop("updated_by")
    assert body == {"email_address": "ann2@example.gov.uk"}
    assert AuditEvent.objects.get().before == {"email_address": "ann@example.gov.uk"}


def test_nobody_is_made_a_platform_admin(pat, ann):
    data = form_of(pat.get(CHANGE)) | {"platform_admin": "on"}

    page = pat.post(CHANGE, data)

    assert page.context["adminform"].form.errors == {
        "platform_admin": ["Nobody can be made a platform admin through the API."]
    }


def test_a_refusal_without_a_field_is_shown_above(pat, ann, api):
    told = "Mobile number must be set if auth_type is set to sms_auth"
    api.post(
        f"/user/{ANN['id']}", status=400, json={"result": "error", "message": told}
    )
    pat.post(f"{LIST}reveal/")
    data = form_of(pat.get(CHANGE)) | {"mobile_number": ""}

    page = pat.post(CHANGE, data)

    assert page.context["adminform"].form.errors == {"__all__": [told]}


def test_people_are_not_added_here(pat):
    assert pat.get(f"{LIST}add/").status_code == 403


def test_a_person_is_archived(pat, ann, api):
    api.post(f"/user/{ANN['id']}/archive", status=204)

    response = pat.post(f"{LIST}{ANN['id']}/delete/", {"post": "yes"})

    assert response.status_code == 302
    assert AuditEvent.objects.get().action == "archived"
