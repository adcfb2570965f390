"""Organisations in the admin."""

from __future__ import annotations

import pytest

from portal.common.models import AuditEvent
from tests.admin.forms import form_of, rows, sent
from tests.builders import new_id, organisation

LIST = "/admin/organisations/organisation/"
COUNCIL = organisation(name="Example Council")
MINISTRY = organisation(name="Ministry", organisation_type="central", active=False)
PATH = f"/organisations/{COUNCIL['id']}"
CHANGE = f"{LIST}{COUNCIL['id']}/change/"


@pytest.fixture
def two(api):
    brief = ("id", "name", "active", "organisation_type", "domains")
    lines = [{name: org[name] for name in brief} for org in (MINISTRY, COUNCIL)]
    api.get(
        "/organisations", json=[{**line, "count_of_live_services": 7} for line in lines]
    )
    api.get(PATH, json=COUNCIL)
    blue = {"id": new_id(), "name": "Council blue", "brand_type": "org"}
    api.get(f"{PATH}/email-branding-pool", json={"data": [blue]})
    api.get(f"{PATH}/letter-branding-pool", json={"data": []})
    api.assert_all_requests_are_fired = False


def test_the_list_is_one_cached_call(pat, two, asked):
    assert rows(pat.get(LIST)) == ["Example Council", "Ministry"]
    assert asked() == ["GET /organisations"]

    assert rows(pat.get(f"{LIST}?q=min&active__exact=0")) == ["Ministry"]
    assert asked() == []


def test_the_change_page_asks_for_its_brandings_too_and_once(pat, two, asked):
    page = pat.get(CHANGE).content.decode()

    assert "example.gov.uk" in page
    assert "Council blue</a>" in page
    assert asked() == [
        "GET /organisations/<id>",
        "GET /organisations/<id>/email-branding-pool",
        "GET /organisations/<id>/letter-branding-pool",
    ]
    pat.get(CHANGE)
    assert asked() == ["GET /organisations/<id>"]


def test_a_change_sends_what_changed(pat, two, api, asked):
    api.post(PATH, status=204)
    data = form_of(pat.get(CHANGE)) | {"notes": "Call on Mondays"}
    asked()

    assert pat.post(CHANGE, data).status_code == 302

    assert sent(api, PATH) == {"notes": "Call on Mondays"}
    assert asked() == ["GET /organisations/<id>", "POST /organisations/<id>"]
    assert AuditEvent.objects.get().after == {"notes": "Call on Mondays"}


def test_domains_are_replaced_as_a_whole(pat, two, api):
    api.post(PATH, status=204)
    data = form_of(pat.get(CHANGE)) | {"domains": "Example.gov.uk\r\nother.gov.uk\r\n"}

    assert pat.post(CHANGE, data).status_code == 302

    assert sent(api, PATH) == {"domains": ["example.gov.uk", "other.gov.uk"]}


def test_adding_an_organisation(pat, api, asked):
    api.post("/organisations", status=201, json=COUNCIL)
    assert pat.get(f"{LIST}add/").status_code == 200
    data = {"name": "Example Council", "organisation_type": "local", "crown": "false"}

    response = pat.post(f"{LIST}add/", data)

    assert response.status_code == 302
    assert asked() == ["POST /organisations"]
    event = AuditEvent.objects.get()
    assert (event.action, event.object_id) == ("added", COUNCIL["id"])


def test_a_name_in_use_is_shown_on_the_form(pat, api):
    api.post(
        "/organisations",
        status=400,
        json={"result": "error", "message": "Organisation name already exists"},
    )
    data = {"name": "Example Council", "organisation_type": "local", "crown": "false"}

    page = pat.post(f"{LIST}add/", data)

    assert page.context["adminform"].form.errors == {
        "__all__": ["Organisation name already exists"]
    }


def test_archiving_with_services_is_refused_in_the_apis_words(pat, two, api):
    told = "Cannot archive an organisation with active services"
    api.post(f"{PATH}/archive", status=400, json={"result": "error", "message": told})

    page = pat.post(f"{LIST}{COUNCIL['id']}/delete/", {"post": "yes"}, follow=True)

    assert told in page.content.decode()
    assert AuditEvent.objects.count() == 0
