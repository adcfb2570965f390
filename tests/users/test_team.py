"""The team of a service: who is shown, what managers change, who leaves."""

from __future__ import annotations

import csv
import io
import json

import pytest

from portal.common.models import AuditEvent
from portal.users.actions import team as team_actions
from portal.users.identity import SHOWN_PERMISSIONS
from tests.builders import folder, invitation, user
from tests.users.personas import (
    ORGANISATION_ID,
    SERVICE_ID,
    USER_ID,
    outsider,
    staff,
)

pytestmark = pytest.mark.django_db

TEAM = f"/services/{SERVICE_ID}/users"
API = f"/service/{SERVICE_ID}"
ANN_ID = "22222222-0000-4000-8000-000000000007"
ANN = f"{TEAM}/{ANN_ID}"
FOLDERS = [
    folder(
        id=f"66666666-0000-4000-8000-00000000000{n}",
        service_id=SERVICE_ID,
        name=f"Folder {n}",
    )
    for n in (1, 2)
]
REFUSAL = {"result": "error", "message": "service would have too few users"}


def body(call):
    return json.loads(call.request.body)


def ann(*permissions, **overrides):
    stored = [one for name in permissions for one in SHOWN_PERMISSIONS[name]]
    return user(
        id=ANN_ID,
        services=[SERVICE_ID],
        permissions={SERVICE_ID: stored},
        **{"logged_in_at": "2026-01-07T10:30:00.000000Z", **overrides},
    )


@pytest.fixture(autouse=True)
def events(monkeypatch):
    """The events that are recorded, as a list of types and data."""
    told = []
    monkeypatch.setattr(
        team_actions,
        "record_event",
        lambda event_type, data, user_id: told.append((event_type, data)),
    )
    return told


@pytest.fixture
def manager(signed_in):
    """The browser of somebody who manages the service."""
    return signed_in(staff("manage_service", "view_activity"))


@pytest.fixture
def team(api):
    """Let the API list the team: `team(ann(...), invited=[...], folders=[...])`."""

    def tell(*members, invited=(), folders=()):
        api.get(f"{API}/users", json={"data": [staff("manage_service"), *members]})
        api.get(f"{API}/invite", json={"data": list(invited)})
        api.get(f"{API}/template-folder", json={"template_folders": list(folders)})

    return tell


def test_the_list_tells_what_everybody_may_do_and_when_they_came_last(manager, team):
    seen = {**FOLDERS[0], "users_with_permission": [ANN_ID]}
    team(ann("send_messages"), folders=[seen, FOLDERS[1]])

    page = manager.get(TEAM).content.decode()

    section = page[page.index("Ann Example") : page.index("(you)")]
    assert section.count("Can:") == 1
    assert section.count("Cannot:") == 4
    assert "Can see the folder Folder 1" in section
    assert "Signs in with: Text message code" in section
    assert "Last signed in on 7 January" in section
    assert f'href="{ANN}"' in section


def test_invitations_stand_in_the_list_while_they_wait(manager, team):
    team(
        invited=[
            invitation(email_address="waits@example.gov.uk"),
            invitation(email_address="came@example.gov.uk", status="accepted"),
            invitation(email_address="was-not-to@example.gov.uk", status="cancelled"),
        ]
    )

    page = manager.get(TEAM).content.decode()

    assert "waits@example.gov.uk" in page
    assert "Cancel invitation" in page
    assert "Send the invitation again" in page
    assert "came@example.gov.uk" not in page
    assert "was-not-to@example.gov.uk" not in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("search=ann", ["Ann Example"]),
        ("search=EXAMPLE.gov+sandy", ["Sandy Sender"]),
        ("permission=send_messages", ["Ann Example"]),
        ("permission=manage_service", ["Sandy Sender"]),
        ("permission=manage_service&search=ann", []),
        ("permission=nonsense", ["Ann Example", "Sandy Sender"]),
    ],
)
def test_people_are_found_by_name_address_and_permission(manager, team, query, found):
    team(ann("send_messages"))

    page = manager.get(f"{TEAM}?{query}", headers={"HX-Target": "team"})

    text = page.content.decode()
    assert "<html" not in text
    assert [name for name in ("Ann Example", "Sandy Sender") if name in text] == found


def test_the_list_is_one_round_of_calls(manager, team, api_calls):
    team(ann())
    manager.get(TEAM)
    api_calls.clear()

    manager.get(TEAM)

    assert sorted(call.route for call in api_calls) == [
        "/service/<id>/invite",
        "/service/<id>/users",
    ]


def test_those_who_do_not_manage_change_nothing(signed_in, team):
    team(ann(), invited=[invitation()])

    page = signed_in(staff("send_messages")).get(TEAM).content.decode()

    assert "Ann Example" in page
    for offered in (
        "Change details",
        "Cancel invitation",
        "Invite a team member",
        "CSV",
    ):
        assert offered not in page


def test_people_of_the_organisation_look_and_download(
    signed_in,
    team,
    known_service,
):
    known_service(organisation=ORGANISATION_ID)
    team(ann())
    browser = signed_in(outsider(organisations=[ORGANISATION_ID]))

    page = browser.get(TEAM).content.decode()

    assert "Download the team" in page
    assert "Change details" not in page
    assert browser.get(f"{TEAM}.csv").status_code == 200


def test_the_team_can_be_taken_away_as_a_file(manager, team):
    seen = {**FOLDERS[0], "users_with_permission": [ANN_ID]}
    team(
        ann("send_messages", name="=Ann"),
        invited=[invitation(email_address="new@example.gov.uk")],
        folders=[seen],
    )

    response = manager.get(f"{TEAM}.csv")

    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    found = {row["Email address"]: row for row in rows}
    assert response["Content-Disposition"] == 'attachment; filename="team-members.csv"'
    assert found["ann@example.gov.uk"] == {
        "Name": "'=Ann",
        "Email address": "ann@example.gov.uk",
        "Status": "Active",
        "See dashboard": "No",
        "Send messages": "Yes",
        "Add and edit templates": "No",
        "Manage settings, team and usage": "No",
        "Manage API integration": "No",
        "Folders": "Folder 1",
        "Signs in with": "Text message code",
        "Last signed in": "2026-01-07 10:30",
    }
    assert found["new@example.gov.uk"]["Status"] == "Invited"


# --- what somebody may do


def test_permissions_and_folders_are_replaced(manager, team, api):
    team(ann("send_messages"), folders=FOLDERS)
    asked = api.post(f"/user/{ANN_ID}/service/{SERVICE_ID}/permission", status=204)
    chosen = [FOLDERS[1]["id"]]

    response = manager.post(ANN, {"permissions": ["manage_service"], "folders": chosen})

    assert response["Location"] == TEAM
    assert body(asked.calls[0]) == {
        "permissions": [
            {"permission": "manage_settings"},
            {"permission": "manage_users"},
        ],
        "folder_permissions": chosen,
    }
    written = AuditEvent.objects.get()
    assert written.before["permissions"] == ["send_messages"]
    assert written.after["permissions"] == ["manage_service"]


def test_the_form_shows_what_is(manager, team):
    seen = {**FOLDERS[0], "users_with_permission": [ANN_ID]}
    team(ann("send_messages"), folders=[seen, FOLDERS[1]])

    form = manager.get(ANN).context["form"]

    assert form.initial["permissions"] == ["send_messages"]
    assert form.initial["folders"] == [FOLDERS[0]["id"]]
    assert "auth_type" not in form.fields


def test_how_people_sign_in_is_asked_where_the_service_decides(
    manager,
    team,
    api,
    known_service,
):
    known_service(permissions=["email_auth"])
    team(ann())
    api.post(f"/user/{ANN_ID}/service/{SERVICE_ID}/permission", status=204)
    asked = api.post(f"/user/{ANN_ID}", json={"data": ann()})

    response = manager.post(ANN, {"auth_type": "email_auth"})

    assert response.status_code == 302
    assert body(asked.calls[0]) == {"auth_type": "email_auth"}


def test_a_security_key_stays(manager, team, known_service):
    known_service(permissions=["email_auth"])
    team(ann(auth_type="webauthn_auth"))

    response = manager.get(ANN)

    assert "auth_type" not in response.context["form"].fields
    assert "signs in with a security key" in response.content.decode()


@pytest.mark.parametrize(
    ("restricted", "sentence"),
    [(True, "at least 1 person"), (False, "at least 2 people")],
)
def test_a_service_keeps_those_who_manage_it(
    manager,
    team,
    api,
    known_service,
    restricted,
    sentence,
):
    known_service(restricted=restricted)
    team(ann("manage_service"))
    api.post(
        f"/user/{ANN_ID}/service/{SERVICE_ID}/permission", status=400, json=REFUSAL
    )

    response = manager.post(ANN, {"permissions": ["send_messages"]})

    assert response.status_code == 400
    assert sentence in response.context["form"].errors["permissions"][0]
    assert not AuditEvent.objects.exists()


def test_people_of_other_teams_are_not_found(manager, team):
    team()

    assert manager.get(ANN).status_code == 404
    assert manager.post(f"{ANN}/delete").status_code == 404
    assert manager.get(f"{ANN}/edit-email").status_code == 404


# --- leaving


def test_removing_is_asked_first(manager, team):
    team(ann())

    page = manager.get(f"{ANN}?delete=yes").content.decode()

    assert "Are you sure you want to remove Ann Example" in page
    assert f'action="{ANN}/delete"' in page


def test_somebody_is_removed(manager, team, api):
    team(ann())
    asked = api.delete(f"{API}/users/{ANN_ID}", status=204)

    response = manager.post(f"{ANN}/delete")

    assert response["Location"] == TEAM
    assert asked.call_count == 1
    assert AuditEvent.objects.get().action == "removed"


def test_the_last_who_manages_cannot_go(manager, team, api):
    team(ann())
    refusal = {"result": "error", "message": "User cannot be removed from the service"}
    api.delete(f"{API}/users/{ANN_ID}", status=400, json=refusal)

    response = manager.post(f"{ANN}/delete", follow=True)

    assert "at least 2 people" in response.content.decode()


def test_who_removes_themselves_is_sent_to_their_other_services(manager, team, api):
    team(ann())
    api.delete(f"{API}/users/{USER_ID}", status=204)

    response = manager.post(f"{TEAM}/{USER_ID}/delete")

    assert response["Location"] == "/your-services"


# --- address and number


@pytest.mark.parametrize(
    ("page", "field", "value", "event"),
    [
        ("edit-email", "email_address", "new@example.gov.uk", "update_user_email"),
        (
            "edit-mobile-number",
            "mobile_number",
            "07700900999",
            "update_user_mobile_number",
        ),
    ],
)
def test_a_contact_is_changed_once_it_is_confirmed(
    manager, team, api, events, page, field, value, event
):
    team(ann())
    api.post("/user/email", status=404, json={"message": "No result found"})
    asked = api.post(f"/user/{ANN_ID}", json={"data": ann(**{field: value})})

    entered = manager.post(f"{ANN}/{page}", {field: value})
    shown = manager.get(entered["Location"]).content.decode()
    assert asked.call_count == 0
    response = manager.post(entered["Location"])

    assert entered["Location"] == f"{ANN}/{page}/confirm"
    assert value in shown
    assert response["Location"] == TEAM
    assert body(asked.calls[0]) == {field: value, "updated_by": USER_ID}
    assert [kind for kind, _data in events] == [event]


def test_nothing_is_confirmed_that_was_not_entered(manager, team):
    team(ann())

    response = manager.post(f"{ANN}/edit-email/confirm")

    assert response["Location"] == f"{ANN}/edit-email"


def test_an_address_of_somebody_else_is_refused(manager, team, api):
    team(ann())
    api.post("/user/email", json={"data": staff()})

    response = manager.post(
        f"{ANN}/edit-email", {"email_address": "sandy@example.gov.uk"}
    )

    assert response.status_code == 400
    assert "Somebody else has" in response.context["form"].errors["email_address"][0]


def test_the_number_is_not_shown_in_full(manager, team):
    team(ann(mobile_number="07700900123"))

    page = manager.get(ANN).content.decode()

    assert "07700900123" not in page
    assert "0770 • • • • 123" in page
