"""Making an account: by oneself, and by an invitation."""

from __future__ import annotations

import json

import pytest
from django.contrib.auth import SESSION_KEY

from portal.users.addresses import is_of_public_sector
from tests.builders import invitation, organisation, service
from tests.users.personas import (
    SERVICE_ID,
    USER_ID,
    answer_user,
    outsider,
    person,
    sign_in,
)

pytestmark = pytest.mark.django_db

TYPED = {
    "name": "Sandy Sender",
    "email_address": "sandy@example.gov.uk",
    "mobile_number": "07700 900123",
    "password": "seven tall trees",
}
NOBODY = {"status": 404, "json": {"result": "error", "message": "No result found"}}


def body(call):
    return json.loads(call.request.body)


@pytest.fixture
def nobody(api):
    """Let the API know nobody of the address."""
    api.assert_all_requests_are_fired = False
    return api.post("/user/email", **NOBODY)


def test_a_new_person_gets_a_link(client, api, nobody):
    made = api.post("/user", status=201, json={"data": person(state="pending")})
    sent = api.post(f"/user/{USER_ID}/email-verification", status=204)

    response = client.post("/register", TYPED)
    page = client.get(response["Location"]).content.decode()

    assert response["Location"] == "/registration-continue"
    assert "sandy@example.gov.uk" in page
    assert body(made.calls[0]) == {**TYPED, "auth_type": "sms_auth"}
    assert body(sent.calls[0])["to"] == "sandy@example.gov.uk"
    assert SESSION_KEY not in client.session


@pytest.mark.parametrize(
    ("state", "path"),
    [("active", "email-already-registered"), ("pending", "email-verification")],
)
def test_nobody_learns_who_has_an_account(client, api, state, path):
    api.assert_all_requests_are_fired = False
    api.post("/user/email", json={"data": person(state=state)})
    made = api.post("/user", status=201, json={"data": person()})
    sent = api.post(f"/user/{USER_ID}/{path}", status=204)

    response = client.post("/register", TYPED)

    assert response["Location"] == "/registration-continue"
    assert sent.call_count == 1
    assert made.call_count == 0
    assert "signing_in" not in client.session


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", " ", "Enter your full name."),
        ("email_address", "", "Enter your email address."),
        ("email_address", "sandy", "correct format"),
        ("mobile_number", "", "Enter your mobile number."),
        ("mobile_number", "12", "too short"),
        ("mobile_number", "020 7946 0999", "not look like a UK mobile"),
        ("password", "short", "at least 8 characters"),
        ("password", "password1", "harder to guess"),
    ],
)
def test_what_is_wrong_is_told_at_the_field_and_the_rest_is_kept(
    client, nobody, field, value, sentence
):
    response = client.post("/register", {**TYPED, field: value})

    form = response.context["form"]
    assert response.status_code == 400
    assert list(form.errors) == [field]
    assert sentence in form.errors[field][0]
    html = response.content.decode()
    assert all(
        typed in html
        for name, typed in TYPED.items()
        if name not in (field, "password")
    )
    assert TYPED["password"] not in html


def test_numbers_of_other_countries_are_taken(client, api, nobody):
    made = api.post("/user", status=201, json={"data": person()})
    api.post(f"/user/{USER_ID}/email-verification", status=204)

    client.post("/register", {**TYPED, "mobile_number": "+1 202-555-0104"})

    assert body(made.calls[0])["mobile_number"] == "+1 202-555-0104"


def test_what_the_api_refuses_is_told_at_the_field(client, api, nobody):
    refusal = {
        "message": {"mobile_number": ["Invalid phone number: Not enough digits"]}
    }
    api.post("/user", status=400, json=refusal)

    response = client.post("/register", TYPED)

    assert "mobile_number" in response.context["form"].errors


@pytest.mark.parametrize(
    ("domains", "address", "expected"),
    [
        (["gov.uk"], "a@cabinet-office.gov.uk", True),
        (["gov.uk"], "a@GOV.UK", True),
        (["gov.uk"], "a@notgov.uk", False),
        (["gov.uk"], "a@gov.uk.example.com", False),
        (["gov.uk"], "a@parks.example", True),
        (["gov.uk"], "a@north.parks.example", True),
        ([], "a@gov.uk", False),
        (["*"], "a@anything.example", True),
    ],
)
def test_the_platform_is_for_some_addresses(api, settings, domains, address, expected):
    settings.PORTAL_EMAIL_DOMAINS = domains
    api.assert_all_requests_are_fired = False
    api.get("/organisations", json=[organisation(domains=["Parks.example"])])

    assert is_of_public_sector(address) is expected


def test_other_addresses_are_refused_with_the_way_out(client, api):
    api.get("/organisations", json=[])

    response = client.post("/register", {**TYPED, "email_address": "a@example.com"})

    assert "can invite you" in response.context["form"].errors["email_address"][0]


def test_one_address_is_not_flooded_with_mails(client, api, nobody):
    api.post("/user", status=201, json={"data": person()})
    sent = api.post(f"/user/{USER_ID}/email-verification", status=204)

    answers = [client.post("/register", TYPED) for _ in range(7)]

    assert sent.call_count == 5
    assert answers[-1].status_code == 400
    assert "Too many attempts" in answers[-1].content.decode()


def test_who_is_signed_in_has_an_account(client, api):
    sign_in(client, outsider(), api)

    assert client.get("/register")["Location"] == "/services-or-dashboard"


def test_the_page_that_tells_of_the_mail_needs_a_registration(client):
    assert client.get("/registration-continue")["Location"] == "/sign-in"


# --- invited

TOKEN = "abc.def"  # noqa: S105 - made up
FROM_INVITE = f"/register-from-invite?next=/invitation/{TOKEN}"
INVITED = {"name": "Sandy Sender", "mobile_number": "07700900123"}
INVITED |= {"password": TYPED["password"]}


@pytest.fixture
def invited(client, api, nobody):
    """Let the browser have followed a link: `invited(auth_type="email_auth")`."""

    def tell(**overrides):
        told = invitation(
            service=SERVICE_ID, email_address="sandy@example.gov.uk", **overrides
        )
        api.get(f"/invite/service/check/{TOKEN}", json={"data": told})
        api.get(f"/service/{SERVICE_ID}", json={"data": service(id=SERVICE_ID)})
        session = client.session
        session["invitation"] = {"kind": "service", "token": TOKEN}
        session.save()
        client.cookies["notify_portal_session"] = session.session_key
        return told

    return tell


def registers(api, user):
    """Let the API make the account, and know the person from then on."""
    api.replace("POST", api.url("/user/email"), json={"data": user})
    return api.post("/user", status=201, json={"data": user})


def test_an_invited_person_proves_the_phone_only(client, api, invited):
    invited()
    user = person(state="pending")
    made = registers(api, user)
    code = api.post(f"/user/{USER_ID}/sms-code", status=204)

    response = client.post(FROM_INVITE, INVITED)

    assert response["Location"] == f"/verify?next=%2Finvitation%2F{TOKEN}"
    assert code.call_count == 1
    assert body(made.calls[0]) == {
        **INVITED,
        "email_address": "sandy@example.gov.uk",
        "auth_type": "sms_auth",
    }


def test_who_signs_in_by_email_needs_no_phone(client, api, invited):
    invited(auth_type="email_auth")
    user = person(state="pending", auth_type="email_auth", mobile_number=None)
    registers(api, user)
    answer_user(api, user)
    answer_user(api, {**user, "state": "active"})
    api.post(f"/user/{USER_ID}/activate", json={"data": user})
    api.post("/events", status=201, json={"data": {}})

    page = client.get(FROM_INVITE).content.decode()
    response = client.post(
        FROM_INVITE, {"name": "Sandy", "password": TYPED["password"]}
    )

    assert "Mobile number" not in page
    assert response["Location"] == f"/invitation/{TOKEN}"
    assert client.session[SESSION_KEY] == USER_ID


def test_the_page_says_what_the_account_is_for(client, invited):
    invited()

    page = client.get(FROM_INVITE).content.decode()

    assert "“Parking permits”" in page
    assert "sandy@example.gov.uk" in page
    assert 'name="email_address"' not in page


def test_without_an_invitation_there_is_no_such_page(client):
    assert client.get("/register-from-invite").status_code == 404
    assert client.get("/register-from-org-invite").status_code == 404


def test_an_invitation_of_one_kind_is_none_of_the_other(client, invited):
    invited()

    assert client.get("/register-from-org-invite").status_code == 404


@pytest.mark.parametrize("status", ["cancelled", "accepted"])
def test_an_ended_invitation_makes_no_account(client, api, invited, status):
    invited(status=status)
    made = api.post("/user", status=201, json={"data": person()})

    response = client.post(FROM_INVITE, INVITED)

    assert response["Location"] == f"/invitation/{TOKEN}"
    assert made.call_count == 0
