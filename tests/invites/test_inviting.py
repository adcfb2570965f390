"""Inviting people to a team, once more if need be, and withdrawing invitations."""

from __future__ import annotations

import json

import pytest

from portal.common.models import AuditEvent
from tests.builders import folder, invitation, user
from tests.invites.conftest import API, BASE
from tests.users.personas import SERVICE_ID, USER_ID, staff

pytestmark = pytest.mark.django_db

INVITE = f"{BASE}/users/invite"
FOLDER = folder(service_id=SERVICE_ID)
PENDING = invitation(service=SERVICE_ID, email_address="waits@example.gov.uk")
CANCEL = f"{BASE}/cancel-invited-user/{PENDING['id']}"
RESEND = f"{BASE}/resend-invitation/{PENDING['id']}"


def body(call):
    return json.loads(call.request.body)


@pytest.fixture
def manager(signed_in):
    """The browser of somebody who manages the service."""
    return signed_in(staff("manage_service"))


@pytest.fixture(autouse=True)
def team(api, known_service):
    """Two members and one open invitation."""
    ann = user(services=[SERVICE_ID], permissions={SERVICE_ID: []})
    api.get(f"{API}/users", json={"data": [staff("manage_service"), ann]})
    api.get(f"{API}/invite", json={"data": [PENDING]})
    api.get(f"{API}/template-folder", json={"template_folders": [FOLDER]})
    api.get(f"{API}/invite/{PENDING['id']}", json={"data": PENDING})


@pytest.fixture
def sends(api):
    """Let the API send an invitation."""
    return api.post(f"{API}/invite", status=201, json={"data": invitation()})


def test_somebody_is_invited(manager, sends):
    response = manager.post(
        INVITE,
        {
            "email_address": " new@example.com ",
            "permissions": ["send_messages", "view_activity"],
            "folders": [FOLDER["id"]],
        },
    )

    asked = body(sends.calls[0])
    assert response["Location"] == f"{BASE}/users"
    assert asked == {
        "service": SERVICE_ID,
        "email_address": "new@example.com",
        "from_user": USER_ID,
        "created_by": USER_ID,
        "permissions": "send_emails,send_letters,send_texts,view_activity",
        "auth_type": "sms_auth",
        "invite_link_host": "http://localhost:8000",
        "folder_permissions": [FOLDER["id"]],
    }
    assert AuditEvent.objects.get().action == "added"


def test_all_folders_are_ticked_at_first(manager):
    assert manager.get(INVITE).context["form"].initial["folders"] == [FOLDER["id"]]


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("", "Enter an email address"),
        ("nobody", "correct format"),
        ("SANDY@example.gov.uk", "cannot invite yourself"),
        ("Ann@example.gov.uk", "in the team already"),
        ("waits@example.gov.uk", "invited already"),
    ],
)
def test_nobody_is_invited_twice(manager, sends, address, sentence):
    response = manager.post(
        INVITE, {"email_address": address, "permissions": ["send_messages"]}
    )

    assert response.status_code == 400
    assert sentence in response.context["form"].errors["email_address"][0]
    assert response.context["form"]["permissions"].value() == ["send_messages"]
    assert sends.call_count == 0


def test_the_service_may_choose_how_people_sign_in(manager, sends, known_service):
    known_service(permissions=["email_auth"])

    manager.post(
        INVITE, {"email_address": "new@example.com", "auth_type": "email_auth"}
    )

    assert body(sends.calls[0])["auth_type"] == "email_auth"


def test_the_address_of_a_known_person_is_filled_in(manager, api):
    known = user(email_address="known@example.gov.uk")
    api.get(f"/user/{known['id']}", json={"data": known})

    page = manager.get(f"{INVITE}/{known['id']}").content.decode()

    assert 'value="known@example.gov.uk"' in page


def test_nobody_unknown_is_invited_by_id(manager, api):
    api.get("/user/<id>", status=404, json={"message": "No result found"})

    assert manager.get(f"{INVITE}/{USER_ID[:-1]}9").status_code == 404


def test_cancelling_is_asked_first_and_done_then(manager, api):
    asked = api.post(f"{API}/invite/{PENDING['id']}", json={"data": PENDING})

    page = manager.get(CANCEL).content.decode()
    assert asked.call_count == 0
    response = manager.post(CANCEL)

    assert "Cancel the invitation to waits@example.gov.uk?" in page
    assert response["Location"] == f"{BASE}/users"
    assert body(asked.calls[0]) == {"status": "cancelled", "created_by": USER_ID}
    assert AuditEvent.objects.get().action == "cancelled"


def test_sending_again_makes_a_new_link_and_ends_the_old_one(manager, api, sends):
    ended = api.post(f"{API}/invite/{PENDING['id']}", json={"data": PENDING})

    response = manager.post(RESEND)

    assert response["Location"] == f"{BASE}/users"
    asked = body(sends.calls[0])
    assert asked["email_address"] == PENDING["email_address"]
    assert asked["permissions"] == "send_emails,send_letters,send_texts,view_activity"
    assert body(ended.calls[0])["status"] == "cancelled"


@pytest.mark.parametrize("page", [CANCEL, RESEND])
@pytest.mark.parametrize("status", ["accepted", "cancelled"])
def test_an_answered_invitation_stays_as_it_is(manager, api, page, status):
    told = {**PENDING, "status": status}
    api.replace("GET", api.url(f"{API}/invite/{PENDING['id']}"), json={"data": told})

    assert manager.post(page).status_code == 404
