"""Asking to join a service, and deciding about it."""

from __future__ import annotations

import json

import pytest

from portal.common.models import AuditEvent
from tests.builders import folder, join_request, organisation, service, user
from tests.invites.conftest import API, BASE
from tests.users.personas import (
    ORGANISATION_ID,
    SERVICE_ID,
    USER_ID,
    outsider,
    staff,
)

pytestmark = pytest.mark.django_db

MANAGER_ID = "22222222-0000-4000-8000-000000000007"
ASK = f"{BASE}/join/ask"
OTHER = service(name="Other service", restricted=True)


def body(call):
    return json.loads(call.request.body)


@pytest.fixture
def own_organisation(api):
    """Let the person's address belong to an organisation: `own_organisation(...)`."""

    def tell(permissions=("can_ask_to_join_a_service",), pk=ORGANISATION_ID):
        told = organisation(id=pk, permissions=list(permissions))
        api.get("/organisations/by-domain", json=told)

    return tell


@pytest.fixture
def managers(api, known_service):
    """Two people of the service, of whom one manages it."""
    known_service(organisation=ORGANISATION_ID)
    manager = user(
        id=MANAGER_ID,
        name="Morgan Manager",
        permissions={SERVICE_ID: ["manage_users", "manage_settings"]},
    )
    api.get(f"{API}/users", json={"data": [manager, user(name="Sam Sender")]})


def test_the_services_of_the_organisation_are_offered(signed_in, api, own_organisation):
    own_organisation()
    mine = service(id=SERVICE_ID, name="Mine")
    closed = service(name="Closed", active=False)
    rows = [mine, OTHER, closed, service(name="Another service")]
    api.get(f"/organisations/{ORGANISATION_ID}/services", json=rows)
    browser = signed_in(staff("view_activity"))

    form = browser.get("/join-a-service/choose").context["form"]
    response = browser.post("/join-a-service/choose", {"service": OTHER["id"]})

    assert [name for _pk, name in form.fields["service"].choices] == [
        "Another service",
        "Other service",
    ]
    assert response["Location"] == f"/services/{OTHER['id']}/join/ask"


@pytest.mark.parametrize("page", ["/join-a-service/choose", ASK])
def test_not_every_organisation_lets_people_ask(
    signed_in, own_organisation, known_service, page
):
    known_service(organisation=ORGANISATION_ID)
    own_organisation(permissions=())

    assert signed_in(outsider()).get(page).status_code == 403


def test_services_of_other_organisations_cannot_be_asked(
    signed_in, own_organisation, known_service
):
    known_service(organisation="33333333-0000-4000-8000-000000000009")
    own_organisation()

    assert signed_in(outsider()).get(ASK).status_code == 403


def test_managers_are_asked(signed_in, api, own_organisation, managers):
    own_organisation()
    asked = api.post(
        f"{API}/service-join-request",
        status=201,
        json={"service_join_request_id": join_request()["id"]},
    )
    browser = signed_in(outsider())

    form = browser.get(ASK).context["form"]
    response = browser.post(ASK, {"managers": [MANAGER_ID], "reason": "I work here"})
    page = browser.get(response["Location"]).content.decode()

    assert form.fields["managers"].choices == [(MANAGER_ID, "Morgan Manager")]
    assert body(asked.calls[0]) == {
        "requester_id": USER_ID,
        "contacted_user_ids": [MANAGER_ID],
        "reason": "I work here",
        "invite_link_host": "http://localhost:8000",
    }
    assert "We have emailed Morgan Manager" in page


def test_somebody_has_to_be_asked(signed_in, own_organisation, managers):
    own_organisation()

    response = signed_in(outsider()).post(ASK, {"reason": "I work here"})

    assert response.status_code == 400
    assert "at least one person" in response.context["form"].errors["managers"][0]
    assert "I work here" in response.content.decode()


def test_members_have_nothing_to_ask(signed_in, own_organisation, managers):
    own_organisation()

    assert signed_in(staff("view_activity")).get(ASK)["Location"] == BASE


# --- deciding

WISH = join_request(service_id=SERVICE_ID)
APPROVE = f"{BASE}/join-request/{WISH['id']}/approve"
CHOOSE = f"{BASE}/join-request/{WISH['id']}/choose-permissions"
REFUSED = f"{BASE}/join-request/{WISH['id']}/refused"


@pytest.fixture
def manager(signed_in):
    """The browser of somebody who manages the service."""
    return signed_in(staff("manage_service"))


@pytest.fixture
def wish(api):
    """Let the API know the request: `wish(status="approved")`."""

    def tell(**overrides):
        told = {**WISH, **overrides}
        api.get(f"{API}/service-join-request/{WISH['id']}", json=told)
        return api.post(f"{API}/service-join-request/{WISH['id']}", json=told)

    return tell


def test_who_asks_and_why_is_shown(manager, wish):
    wish()

    page = manager.get(APPROVE).content.decode()

    assert "Ann Example wants to join your service" in page
    assert "We work together" in page


def test_a_choice_has_to_be_made(manager, wish):
    asked = wish()

    response = manager.post(APPROVE)

    assert response.status_code == 400
    assert asked.call_count == 0


def test_saying_no_is_noted(manager, wish):
    asked = wish()

    response = manager.post(APPROVE, {"decision": "refuse"})

    assert response["Location"] == REFUSED
    assert body(asked.calls[0]) == {
        "status": "rejected",
        "status_changed_by_id": USER_ID,
    }
    assert AuditEvent.objects.get().action == "refused"


def test_saying_yes_leads_to_the_permissions(manager, wish):
    asked = wish()

    response = manager.post(APPROVE, {"decision": "approve"})

    assert response["Location"] == CHOOSE
    assert asked.call_count == 0


def test_the_person_joins_with_the_chosen_permissions(manager, wish, api):
    asked = wish()
    seen = folder(service_id=SERVICE_ID)
    api.get(f"{API}/template-folder", json={"template_folders": [seen]})

    response = manager.post(
        CHOOSE, {"permissions": ["send_messages"], "folders": [seen["id"]]}
    )

    assert response["Location"] == f"{BASE}/users"
    assert body(asked.calls[0]) == {
        "status": "approved",
        "status_changed_by_id": USER_ID,
        "permissions": ["send_emails", "send_letters", "send_texts"],
        "folder_permissions": [seen["id"]],
    }


DECIDED = {
    "status_changed_by": {"id": MANAGER_ID, "name": "Morgan Manager"},
    "status_changed_at": "2026-01-06T09:00:00.000000Z",
}


@pytest.mark.parametrize("page", [APPROVE, CHOOSE])
@pytest.mark.parametrize(
    ("overrides", "sentence"),
    [
        ({"status": "approved", **DECIDED}, "Morgan Manager approved the request"),
        ({"status": "rejected", **DECIDED}, "Morgan Manager refused the request"),
        ({"status": "cancelled", **DECIDED}, "Morgan Manager closed the request"),
        (
            {"requester": {**WISH["requester"], "belongs_to_service": [SERVICE_ID]}},
            "Ann Example is in the team",
        ),
    ],
)
def test_a_decision_stays(manager, wish, page, overrides, sentence):
    asked = wish(**overrides)

    response = manager.post(page, {"decision": "refuse"})

    assert sentence in response.content.decode()
    assert asked.call_count == 0


def test_a_request_to_another_service_is_not_found(manager, api):
    api.get(
        f"{API}/service-join-request/{WISH['id']}",
        status=404,
        json={"message": "No result found"},
    )

    assert manager.get(APPROVE).status_code == 404


def test_who_has_joined_meanwhile_is_not_asked_about_again(manager, wish, api):
    wish()
    api.get(f"{API}/template-folder", json={"template_folders": []})
    api.replace(
        "POST",
        api.url(f"{API}/service-join-request/{WISH['id']}"),
        status=400,
        json={"result": "error", "message": "user-already-in-service"},
    )
    joined = {**WISH["requester"], "belongs_to_service": [SERVICE_ID]}
    api.get(
        f"{API}/service-join-request/{WISH['id']}", json={**WISH, "requester": joined}
    )

    response = manager.post(CHOOSE, {"permissions": ["send_messages"]})

    assert "Ann Example is in the team" in response.content.decode()
