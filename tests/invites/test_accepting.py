"""Following the link of an invitation to a service."""

from __future__ import annotations

import json

import pytest
from itsdangerous import URLSafeTimedSerializer

from portal.common.models import AuditEvent
from portal.invites import actions
from portal.invites.invitations import ExpiredInvitation, UnknownInvitation
from tests.builders import organisation_invitation
from tests.invites.conftest import API, BASE, LINK, TOKEN
from tests.users.personas import ORGANISATION_ID, USER_ID, outsider, person, staff

pytestmark = pytest.mark.django_db


def body(call):
    return json.loads(call.request.body)


@pytest.fixture
def accepts(api):
    """Let the API take an accepted invitation; gives what it was sent."""

    def register(invite):
        return {
            "add": api.post(f"{API}/users/{USER_ID}", status=201, json={"data": {}}),
            "user": api.post(f"/user/{USER_ID}", json={"data": person()}),
            "accept": api.post(f"{API}/invite/{invite['id']}", json={"data": {}}),
            "event": api.post("/events", status=201, json={"data": {}}),
        }

    return register


def test_somebody_without_an_account_is_led_to_make_one(client, api, invited):
    invited()
    api.post("/user/email", status=404, json={"message": "No result found"})

    response = client.get(LINK)

    assert response["Location"] == (
        f"/register-from-invite?next=%2Finvitation%2F{TOKEN}"
    )
    assert client.session["invitation"] == {"kind": "service", "token": TOKEN}


def test_somebody_with_an_account_signs_in_and_comes_back(client, api, invited):
    invited()
    api.post("/user/email", json={"data": person()})

    response = client.get(LINK)

    assert response["Location"] == f"/sign-in?next=%2Finvitation%2F{TOKEN}"


def test_looking_at_the_link_accepts_nothing(signed_in, invited):
    invited()

    page = signed_in(outsider()).get(LINK).content.decode()

    assert "Join “Parking permits”" in page
    assert "Morgan Manager has invited you" in page
    assert 'data-portal="auto-submit"' in page


def test_accepting_puts_the_person_into_the_team(signed_in, invited, accepts):
    folder = "66666666-0000-4000-8000-000000000001"
    invite = invited(
        permissions="manage_settings,manage_users", folder_permissions=[folder]
    )
    asked = accepts(invite)

    response = signed_in(outsider()).post(LINK)

    assert response["Location"] == BASE
    assert body(asked["add"].calls[0]) == {
        "permissions": [
            {"permission": "manage_settings"},
            {"permission": "manage_users"},
        ],
        "folder_permissions": [folder],
    }
    assert body(asked["accept"].calls[0]) == {"status": "accepted"}
    assert body(asked["user"].calls[0]).keys() == {"email_access_validated_at"}
    event = body(asked["event"].calls[0])
    assert event["event_type"] == "add_user_to_service"
    assert event["data"]["ui_permissions"] == ["manage_service"]
    assert AuditEvent.objects.get().action == "accepted"


@pytest.mark.parametrize(
    ("permissions", "auth_type", "own", "expected"),
    [
        (["email_auth"], "email_auth", {}, "email_auth"),
        (["email_auth"], "sms_auth", {"auth_type": "email_auth"}, "sms_auth"),
        ([], "email_auth", {}, None),
        (["email_auth"], "email_auth", {"auth_type": "webauthn_auth"}, None),
        (
            ["email_auth"],
            "sms_auth",
            {"auth_type": "email_auth", "mobile_number": None},
            None,
        ),
    ],
    ids=["email", "phone", "not the service's choice", "security key", "no phone"],
)
def test_a_service_may_choose_how_its_people_sign_in(
    signed_in, invited, accepts, known_service, permissions, auth_type, own, expected
):
    known_service(permissions=permissions)
    asked = accepts(invited(auth_type=auth_type))

    signed_in(outsider(**own)).post(LINK)

    assert body(asked["user"].calls[0]).get("auth_type") == expected


def test_who_is_in_the_team_already_is_not_added_again(signed_in, invited, accepts):
    asked = accepts(invited())

    response = signed_in(staff("view_activity")).post(LINK)

    assert response["Location"] == BASE
    assert asked["add"].call_count == 0
    assert asked["accept"].call_count == 1


def test_a_second_click_joins_once(signed_in, invited, accepts, api):
    asked = accepts(invited())
    told = {"result": "error", "message": "already part of service"}
    refused = api.replace(
        "POST", api.url(f"{API}/users/{USER_ID}"), status=400, json=told
    )
    browser = signed_in(outsider())
    api.get(f"/user/{USER_ID}", json={"data": staff("view_activity")})

    response = browser.post(LINK)

    assert response["Location"] == BASE
    assert refused.call_count == asked["accept"].call_count == 1
    assert asked["event"].call_count == 0


def test_somebody_else_may_not_accept(signed_in, invited, accepts):
    asked = accepts(invited())
    browser = signed_in(outsider(email_address="other@example.gov.uk"))

    for send in (browser.get, browser.post):
        response = send(LINK)

        assert response.status_code == 403
        assert "signed in as other@example.gov.uk" in response.content.decode()
    assert asked["add"].call_count == asked["accept"].call_count == 0


def test_the_address_may_be_written_in_other_letters(signed_in, invited):
    invited()

    response = signed_in(outsider(email_address="Sandy@Example.gov.UK")).get(LINK)

    assert response.status_code == 200


def test_a_cancelled_invitation_says_whom_to_ask(client, invited):
    invited(status="cancelled")

    response = client.get(LINK)

    assert response.status_code == 410
    assert "Ask Morgan Manager for another one" in response.content.decode()


def test_an_accepted_invitation_leads_to_the_service(client, invited):
    invited(status="accepted")

    assert client.get(LINK)["Location"] == BASE


def link_of(settings, seconds_ago):
    serializer = URLSafeTimedSerializer(settings.SECRET_KEY)
    serializer.default_signer.get_timestamp, kept = (
        lambda self: kept(self) - seconds_ago,
        serializer.default_signer.get_timestamp,
    )
    try:
        return serializer.dumps("an id", salt=settings.DANGEROUS_SALT)
    finally:
        serializer.default_signer.get_timestamp = kept


@pytest.mark.parametrize(
    ("seconds_ago", "error"),
    [(3 * 24 * 3600, ExpiredInvitation), (0, UnknownInvitation)],
)
def test_a_link_is_refused_because_it_is_old_or_wrong(
    api, settings, seconds_ago, error
):
    token = link_of(settings, seconds_ago)
    refusal = {"result": "error", "message": {"invitation": "Something in a sentence"}}
    api.get("/invite/service/check/<id>", status=400, json=refusal)

    with pytest.raises(UnknownInvitation) as raised:
        actions.read_invitation(kind="service", token=token)

    assert raised.type is error


def test_an_old_link_says_so_without_the_apis_words(client, api, settings):
    refusal = {
        "message": {"invitation": "Your invitation to GOV.UK Notify has expired"}
    }
    api.get("/invite/service/check/<id>", status=400, json=refusal)

    old = client.get(f"/invitation/{link_of(settings, 3 * 24 * 3600)}")
    wrong = client.get("/invitation/garbage")

    assert (old.status_code, wrong.status_code) == (410, 404)
    assert "The invitation has expired" in old.content.decode()
    assert "GOV.UK" not in old.content.decode()
    assert "Copy the whole link" in wrong.content.decode()


def test_an_odd_token_stays_one_part_of_the_address(client, api):
    asked = api.get(
        "/invite/service/check/a%3Fb%23c", status=400, json={"message": "no"}
    )

    client.get("/invitation/a%3Fb%23c")

    assert asked.call_count == 1


def test_an_invitation_to_an_organisation_is_accepted(signed_in, api):
    told = organisation_invitation(
        organisation=ORGANISATION_ID, email_address="sandy@example.gov.uk"
    )
    api.get(f"/invite/organisation/check/{TOKEN}", json={"data": told})
    add = api.post(
        f"/organisations/{ORGANISATION_ID}/users/{USER_ID}", json={"data": {}}
    )
    accept = api.post(
        f"/organisation/{ORGANISATION_ID}/invite/{told['id']}", json={"data": {}}
    )
    api.get(f"/organisations/{ORGANISATION_ID}", json={"name": "Council"})

    response = signed_in(outsider()).post(f"/organisation-invitation/{TOKEN}")

    assert response["Location"] == "/your-services"
    assert body(add.calls[0]) == {
        "permissions": [{"permission": "can_make_services_live"}]
    }
    assert body(accept.calls[0]) == {"status": "accepted"}
