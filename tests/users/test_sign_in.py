"""Signing in: password, then a code or a link; what is refused and what is remembered."""

from __future__ import annotations

import json
import time

import pytest
import requests
from django.contrib.auth import SESSION_KEY
from itsdangerous import URLSafeTimedSerializer

from portal.platform import actions as platform_actions
from portal.users import throttle
from tests.users.personas import USER_ID, answer_user, person, sign_in, staff, superuser

pytestmark = pytest.mark.django_db

EMAIL = "sandy@example.gov.uk"
CREDENTIALS = {"email_address": EMAIL, "password": "correct horse"}
LONG_AGO = "2020-01-01T00:00:00.000000Z"


@pytest.fixture
def known(api):
    """Return a function that lets the API know a person, by address and by id."""
    api.assert_all_requests_are_fired = False

    def know(user):
        api.post("/user/email", json={"data": user})
        answer_user(api, user)
        api.post("/events", json={"data": {}}, status=201)
        return user

    return know


@pytest.fixture(autouse=True)
def events(monkeypatch):
    """Record events in place of a thread, so that none outlives its test."""

    class AtOnce:
        def __init__(self, target, args, daemon):
            self.start = lambda: target(*args)

    monkeypatch.setattr(platform_actions, "Thread", AtOnce)


def password_is(api, *, right):
    path = f"/user/{USER_ID}/verify/password"
    if right:
        api.post(path, status=204)
    else:
        api.post(path, status=400, json={"message": {"password": ["Incorrect"]}})


def code_is(api, *, right, message="Code not found"):
    path = f"/user/{USER_ID}/verify/code"
    if right:
        api.post(path, status=204)
    else:
        api.post(path, status=404, json={"result": "error", "message": message})


def sends(api, kind):
    return api.post(f"/user/{USER_ID}/{kind}-code", status=204)


def link(settings, **fields):
    serializer = URLSafeTimedSerializer(settings.SECRET_KEY)
    return serializer.dumps(json.dumps(fields), salt=settings.DANGEROUS_SALT)


def half_signed_in(client, api, known, user=None, **path):
    user = known(user or person())
    password_is(api, right=True)
    sends(api, "sms")
    client.post("/sign-in", CREDENTIALS)
    return user


def body(call):
    return json.loads(call.request.body)


def test_the_front_page_leads_to_sign_in(client):
    assert client.get("/")["Location"] == "/sign-in"


def test_a_password_and_a_code_sign_in(client, api, known):
    half_signed_in(client, api, known)
    code_is(api, right=True)

    response = client.post("/two-factor-sms", {"sms_code": "123 45"})

    assert response["Location"] == "/services-or-dashboard"
    assert client.session[SESSION_KEY] == USER_ID


def test_the_code_goes_to_the_persons_phone(client, api, known):
    known(person())
    password_is(api, right=True)
    sent = sends(api, "sms")

    response = client.post("/sign-in?next=/services/1", CREDENTIALS)

    assert response["Location"] == "/two-factor-sms?next=%2Fservices%2F1"
    assert body(sent.calls[0]) == {"to": "07700900001"}


def test_after_signing_in_people_go_where_they_wanted(client, api, known):
    half_signed_in(client, api, known)
    code_is(api, right=True)

    response = client.post(
        "/two-factor-sms?next=/services/1/templates", {"sms_code": "12345"}
    )

    assert response["Location"] == "/services/1/templates"


@pytest.mark.parametrize(
    "target", ["https://evil.test/", "//evil.test", "javascript:x"]
)
def test_nobody_is_sent_to_another_site(client, api, known, target):
    half_signed_in(client, api, known)
    code_is(api, right=True)

    response = client.post(f"/two-factor-sms?next={target}", {"sms_code": "12345"})

    assert response["Location"] == "/services-or-dashboard"


def test_the_platform_records_the_sign_in(client, api, known):
    half_signed_in(client, api, known)
    code_is(api, right=True)

    client.post(
        "/two-factor-sms", {"sms_code": "12345"}, headers={"User-Agent": "Firefox"}
    )

    event = next(
        body(call) for call in api.calls if call.request.url.endswith("/events")
    )
    assert event["event_type"] == "sucessful_login"
    assert event["data"]["user_id"] == USER_ID
    assert event["data"]["ip_address"] == "127.0.0.1"
    assert event["data"]["browser_fingerprint"]["user_agent_string"] == "Firefox"


def test_an_event_that_cannot_be_recorded_stops_nobody(client, api, known):
    half_signed_in(client, api, known)
    code_is(api, right=True)
    api.replace("POST", api.url("/events"), body=requests.ConnectionError())

    client.post("/two-factor-sms", {"sms_code": "12345"})

    assert client.session[SESSION_KEY] == USER_ID


def refusal(client):
    response = client.post("/sign-in", CREDENTIALS)
    return response.context["form"].error_list()


def test_an_unknown_address_a_wrong_password_and_a_locked_user_look_the_same(
    client, api, known
):
    api.assert_all_requests_are_fired = False
    api.post("/user/email", status=404, json={"message": "No result found"})
    unknown = refusal(client)
    api.reset()
    known(person())
    password_is(api, right=False)
    wrong = refusal(client)
    api.reset()
    known(person(failed_login_count=10))
    password_is(api, right=True)
    locked = refusal(client)

    assert unknown == wrong == locked
    assert "do not go together" in unknown[0][1]


def test_an_archived_user_cannot_sign_in(client, api, known):
    known(person(state="inactive"))
    password_is(api, right=True)

    assert refusal(client)


def test_an_api_that_is_away_does_not_look_like_a_wrong_password(client, api):
    api.post("/user/email", body=requests.ConnectionError())

    response = client.post("/sign-in", CREDENTIALS)

    assert response.status_code == 503


def test_the_page_of_an_outage_does_not_keep_the_password(client, api):
    api.post("/user/email", body=requests.ConnectionError())

    response = client.post("/sign-in", CREDENTIALS)

    assert EMAIL.encode() in response.content
    assert b"correct horse" not in response.content


def test_empty_fields_are_named(client):
    response = client.post("/sign-in", {})

    assert response.context["form"].error_list() == [
        ("id_email_address", "Enter your email address."),
        ("id_password", "Enter your password."),
    ]
    assert b"<title>Error: Sign in" in response.content


def test_too_many_attempts_have_to_wait(client, api, known):
    known(person())
    password_is(api, right=False)
    for _ in range(20):
        refusal(client)
    asked = len(api.calls)

    told = refusal(client)

    assert "Wait 10 minutes" in told[0][1]
    assert len(api.calls) == asked


def test_a_new_user_gets_the_verification_email_again(client, api, known):
    known(person(state="pending"))
    password_is(api, right=True)
    sent = api.post(f"/user/{USER_ID}/email-verification", status=204)

    response = client.post("/sign-in", CREDENTIALS, follow=True)

    assert body(sent.calls[0])["to"] == EMAIL
    assert b"Your account is not finished yet" in response.content
    assert sent.call_count == 1


def test_a_wrong_code_is_told_in_the_words_of_the_api(client, api, known):
    half_signed_in(client, api, known)
    code_is(api, right=False)

    response = client.post("/two-factor-sms", {"sms_code": "12345"})

    assert response.context["form"].errors["sms_code"] == ["Code not found"]
    assert SESSION_KEY not in client.session


def test_ten_wrong_codes_lock_and_the_page_says_what_to_do(client, api, known):
    half_signed_in(client, api, known)
    code_is(api, right=False)
    api.replace(
        "POST", api.url("/user/email"), json={"data": person(failed_login_count=10)}
    )

    response = client.post("/two-factor-sms", {"sms_code": "12345"})

    assert "Choose a new password" in response.context["form"].errors["sms_code"][0]


@pytest.mark.parametrize("code", ["", "1234", "abcde", "123456"])
def test_what_is_no_code_does_not_reach_the_api(client, api, known, code):
    half_signed_in(client, api, known)
    asked = len(api.calls)

    response = client.post("/two-factor-sms", {"sms_code": code})

    assert response.context["form"].errors["sms_code"]
    assert "verify/code" not in "".join(c.request.url for c in list(api.calls)[asked:])


def test_a_code_page_without_a_password_leads_to_sign_in(client):
    for path in ("/two-factor-sms", "/verify", "/text-not-received", "/send-new-code"):
        assert client.get(path)["Location"] == "/sign-in"


def test_an_hour_after_the_password_it_has_to_be_given_again(client, api, known):
    half_signed_in(client, api, known)
    session = client.session
    session["signing_in"]["at"] = time.time() - 3601
    session.save()

    assert client.get("/two-factor-sms")["Location"] == "/sign-in"


def test_after_90_days_a_link_comes_as_well_as_the_code(client, api, known):
    half_signed_in(client, api, known, person(email_access_validated_at=LONG_AGO))
    code_is(api, right=True)
    sent = sends(api, "email")

    response = client.post("/two-factor-sms?next=/services/1", {"sms_code": "12345"})

    assert response["Location"] == "/re-validate-email?next=%2Fservices%2F1"
    assert SESSION_KEY not in client.session
    assert body(sent.calls[0])["next"] == "/services/1"
    assert client.get("/re-validate-email").status_code == 200


def test_people_with_email_links_get_one(client, api, known, settings):
    known(person(auth_type="email_auth"))
    password_is(api, right=True)
    sent = sends(api, "email")

    response = client.post("/sign-in", CREDENTIALS)

    assert response["Location"] == "/two-factor-email-sent"
    assert body(sent.calls[0])["email_auth_link_host"] == settings.ADMIN_BASE_URL


def test_looking_at_a_link_does_not_use_it_up(client, api, settings):
    token = link(settings, user_id=USER_ID, secret_code="s")

    response = client.get(f"/email-auth/{token}")

    assert b'<form method="post"' in response.content
    assert not api.calls


def test_a_link_signs_in_anywhere(client, api, known, settings):
    known(person())
    code_is(api, right=True)

    response = client.post(
        f"/email-auth/{link(settings, user_id=USER_ID, secret_code='s')}?next=/services/1"
    )

    assert response["Location"] == "/services/1"
    assert client.session[SESSION_KEY] == USER_ID


def test_a_used_link_says_so(client, api, known, settings):
    known(person())
    code_is(api, right=False, message="Code has expired")

    response = client.post(
        f"/email-auth/{link(settings, user_id=USER_ID, secret_code='s')}"
    )

    assert response.status_code == 400
    assert b"The link has expired" in response.content
    assert SESSION_KEY not in client.session


def test_an_expired_or_broken_link_asks_nobody(client, api, settings, monkeypatch):
    token = link(settings, user_id=USER_ID, secret_code="s")
    monkeypatch.setattr("portal.users.views.two_factor.SIGN_IN_LINK_SECONDS", -1)

    for path in (f"/email-auth/{token}", "/email-auth/rubbish"):
        assert b"The link has expired" in client.get(path).content
        assert b"The link has expired" in client.post(path).content
    assert not api.calls


def test_another_code_can_be_asked_for(client, api, known):
    half_signed_in(client, api, known)

    page = client.get("/text-not-received?next=/services/1")
    response = client.get("/send-new-code?next=/services/1")

    assert b'href="/send-new-code?next=/services/1"' in page.content
    assert response["Location"] == "/two-factor-sms?next=%2Fservices%2F1"


def test_codes_cannot_be_asked_for_without_end(client, api, known):
    half_signed_in(client, api, known)
    for _ in range(8):
        client.get("/send-new-code")

    assert sum("sms-code" in call.request.url for call in api.calls) == 5
    assert b"You have asked too often" in client.get("/two-factor-sms").content


def test_another_link_can_be_asked_for(client, api, known):
    known(person(auth_type="email_auth"))
    password_is(api, right=True)
    sent = sends(api, "email")
    client.post("/sign-in", CREDENTIALS)

    assert client.get("/email-not-received").status_code == 200
    response = client.get("/send-new-email-token", follow=True)

    assert b"Email resent" in response.content
    assert sent.call_count == 2


@pytest.mark.parametrize("path", ["/email-not-received", "/send-new-email-token"])
def test_a_mailbox_does_not_replace_the_phone(client, api, known, path):
    half_signed_in(client, api, known)
    sent = sends(api, "email")

    response = client.get(path)

    assert response["Location"] == "/two-factor-sms"
    assert sent.call_count == 0


def test_after_the_code_the_link_can_be_asked_for_again(client, api, known):
    half_signed_in(client, api, known, person(email_access_validated_at=LONG_AGO))
    code_is(api, right=True)
    sent = sends(api, "email")
    client.post("/two-factor-sms", {"sms_code": "12345"})

    client.get("/send-new-email-token")

    assert sent.call_count == 2


@pytest.mark.parametrize("path", ["/two-factor-sms", "/send-new-code", "/verify"])
def test_people_with_email_links_get_no_codes(client, api, known, path):
    known(person(auth_type="email_auth"))
    password_is(api, right=True)
    sends(api, "email")
    client.post("/sign-in", CREDENTIALS)

    assert client.get(path)["Location"] == "/two-factor-email-sent"


def test_the_page_for_new_users_does_not_spare_others_the_email_check(
    client, api, known
):
    half_signed_in(client, api, known, person(email_access_validated_at=LONG_AGO))
    code_is(api, right=True)

    response = client.post("/verify", {"sms_code": "12345"})

    assert response["Location"] == "/two-factor-sms"
    assert SESSION_KEY not in client.session


def test_someone_signed_in_does_not_sign_in_again(client, api):
    sign_in(client, staff(), api)

    assert client.get("/sign-in")["Location"] == "/services-or-dashboard"


def test_signing_out_ends_the_session_here_and_at_the_api(client, api):
    sign_in(client, staff(), api)
    told = api.post(f"/user/{USER_ID}", json={"data": person()})

    response = client.get("/sign-out")

    assert response["Location"] == "/sign-in"
    assert SESSION_KEY not in client.session
    assert body(told.calls[0]) == {"current_session_id": None}


def test_signing_out_works_while_the_api_is_away(client, api):
    sign_in(client, staff())
    api.post(f"/user/{USER_ID}", body=requests.ConnectionError())

    client.get("/sign-out")

    assert SESSION_KEY not in client.session


def test_the_demo_lists_its_people_and_other_portals_do_not(client, api, settings):
    people = [{"name": "Ann", "email_address": "a@b.uk", "password": "p", "role": "r"}]
    plain = client.get("/sign-in").content
    settings.PORTAL_DEMO = True
    settings.PORTAL_DEMO_PEOPLE = "http://api.test/people.json"
    api.get("/people.json", json=people)

    demo = client.get("/sign-in").content

    assert b"a@b.uk" in demo
    assert b"outbox" in demo
    assert b"outbox" not in plain


def test_the_demos_sign_in_page_works_without_its_people(client, api, settings):
    settings.PORTAL_DEMO = True
    settings.PORTAL_DEMO_PEOPLE = "http://api.test/people.json"
    api.get("/people.json", body=requests.ConnectionError())

    assert client.get("/sign-in").status_code == 200


def test_the_throttle_counts_and_forgets():
    first = [throttle.allows("x", "a@b.uk", times=2, seconds=60) for _ in range(3)]

    assert first == [True, True, False]
    assert throttle.allows("x", "c@d.uk", times=2, seconds=60)
    assert throttle.allows("y", "a@b.uk", times=2, seconds=60)


def test_a_platform_admin_goes_to_their_services_too(client, api):
    sign_in(client, superuser(), api)

    assert client.get("/services-or-dashboard")["Location"] == "/your-services"


def test_someone_with_one_service_goes_straight_to_it(client, api):
    sign_in(client, staff(), api)

    assert (
        client.get("/accounts-or-dashboard", follow=False)["Location"]
        == "/services-or-dashboard"
    )
    assert client.get("/services-or-dashboard")["Location"].startswith("/services/1111")


def test_your_services_are_listed_live_ones_first(client, api, api_calls):
    sign_in(client, staff(), api)
    services = [
        {"id": "2", "name": "b trial", "restricted": True, "organisation": None},
        {"id": "1", "name": "Zebra", "restricted": False, "organisation": None},
        {"id": "3", "name": "apple", "restricted": False, "organisation": None},
    ]
    api.get(
        f"/user/{USER_ID}/organisations-and-services",
        json={"organisations": [{"id": "9", "name": "Council"}], "services": services},
    )

    page = client.get("/your-services").content.decode()

    assert page.index("apple") < page.index("Zebra") < page.index("b trial")
    assert "Council" in page
    assert len(api_calls) == 2
