"""New passwords, and new users proving who they are."""

from __future__ import annotations

import json

import pytest
from django.contrib.auth import SESSION_KEY
from itsdangerous import URLSafeTimedSerializer

from portal.platform import actions as platform_actions
from tests.users.personas import USER_ID, answer_user, person

pytestmark = pytest.mark.django_db

EMAIL = "sandy@example.gov.uk"
PASSWORD = "a long new password"


@pytest.fixture
def known(api):
    api.assert_all_requests_are_fired = False

    def know(user):
        api.post("/user/email", json={"data": user})
        answer_user(api, user)
        api.post("/events", json={"data": {}}, status=201)
        api.post(f"/user/{USER_ID}", json={"data": user})
        api.post(f"/user/{USER_ID}/reset-failed-login-count", json={"data": user})
        api.post(f"/user/{USER_ID}/sms-code", status=204)
        api.post(f"/user/{USER_ID}/verify/code", status=204)
        return user

    return know


@pytest.fixture(autouse=True)
def events(monkeypatch):
    class AtOnce:
        def __init__(self, target, args, daemon):
            self.start = lambda: target(*args)

    monkeypatch.setattr(platform_actions, "Thread", AtOnce)


def link(settings, **fields):
    serializer = URLSafeTimedSerializer(settings.SECRET_KEY)
    return serializer.dumps(json.dumps(fields), salt=settings.DANGEROUS_SALT)


def reset_link(settings, created_at="2026-11-20 09:00:00.000000"):
    return f"/new-password/{link(settings, email=EMAIL, created_at=created_at)}"


def asked(api, end):
    return [
        json.loads(c.request.body)
        for c in api.calls
        if c.request.method == "POST" and c.request.url.endswith(end)
    ]


def test_a_link_for_a_new_password_is_sent(client, api):
    api.post("/user/reset-password", status=204)

    response = client.post("/forgot-password", {"email_address": EMAIL})

    assert b"Check your email" in response.content


def test_whether_an_address_is_known_does_not_show(client, api):
    api.post("/user/reset-password", status=204)
    known = client.post("/forgot-password", {"email_address": EMAIL})
    api.replace(
        "POST",
        api.url("/user/reset-password"),
        status=404,
        json={"message": "No result found"},
    )
    unknown = client.post("/forgot-password", {"email_address": "nobody@b.uk"})

    assert known.content == unknown.content


def test_links_cannot_be_asked_for_without_end(client, api):
    api.post("/user/reset-password", status=204)

    for _ in range(8):
        client.post("/forgot-password", {"email_address": EMAIL})

    assert len(api.calls) == 5


def test_an_address_must_be_one(client, api):
    response = client.post("/forgot-password", {"email_address": "nope"})

    assert response.context["form"].errors["email_address"]


def test_a_new_password_is_set_after_the_code_and_not_before(
    client, api, known, settings
):
    known(person(failed_login_count=10))
    set_password = api.post(f"/user/{USER_ID}/update-password", json={"data": person()})

    before = client.post(reset_link(settings), {"new_password": PASSWORD})
    count_before = set_password.call_count
    client.post("/two-factor-sms", {"sms_code": "12345"})

    assert before["Location"] == "/two-factor-sms"
    assert count_before == 0
    assert json.loads(set_password.calls[0].request.body) == {"_password": PASSWORD}
    assert client.session[SESSION_KEY] == USER_ID


def test_a_new_password_unlocks_and_proves_the_mailbox(client, api, known, settings):
    known(person(failed_login_count=10))

    client.post(reset_link(settings), {"new_password": PASSWORD})

    assert asked(api, "/reset-failed-login-count")
    assert "email_access_validated_at" in asked(api, f"/user/{USER_ID}")[0]


def test_a_waiting_password_cannot_be_read_from_the_session(
    client, api, known, settings
):
    known(person())

    client.post(reset_link(settings), {"new_password": PASSWORD})

    assert PASSWORD not in json.dumps(dict(client.session))


def test_a_link_does_not_unlock_without_end(client, api, known, settings):
    known(person())

    for _ in range(8):
        client.post(reset_link(settings), {"new_password": PASSWORD})

    assert len(asked(api, "/reset-failed-login-count")) == 5


def test_people_with_email_links_need_no_second_one(client, api, known, settings):
    known(person(auth_type="email_auth"))
    api.post(f"/user/{USER_ID}/update-password", json={"data": person()})

    client.post(reset_link(settings), {"new_password": PASSWORD})

    assert client.session[SESSION_KEY] == USER_ID


@pytest.mark.parametrize(
    ("password", "why"),
    [("", "Enter"), ("short", "8 characters"), ("password123", "harder to guess")],
)
def test_a_weak_password_is_refused(client, api, known, settings, password, why):
    known(person())

    response = client.post(reset_link(settings), {"new_password": password})

    assert why in response.context["form"].errors["new_password"][0]


def test_a_link_works_once(client, api, known, settings):
    known(person(password_changed_at="2026-11-20 10:00:00.000000"))

    response = client.get(reset_link(settings), follow=True)

    assert b"already been used" in response.content


def test_an_expired_link_leads_to_a_new_one(client, settings, monkeypatch):
    monkeypatch.setattr("portal.users.views.password.LINK_SECONDS", -1)

    response = client.get(reset_link(settings), follow=True)

    assert response.redirect_chain[0][0] == "/forgot-password"
    assert b"The link has expired" in response.content


@pytest.mark.parametrize("token", ["rubbish", "with/slash"])
def test_a_broken_link_leads_to_a_new_one(client, token):
    response = client.get(f"/new-password/{token}", follow=True)

    assert b"The link is not complete" in response.content


def test_a_link_without_a_time_is_refused(client, api, known, settings):
    known(person())

    assert client.get(reset_link(settings, created_at="rubbish")).status_code == 302


def test_a_verified_address_leads_to_the_phone(client, api, known, settings):
    known(person(state="pending"))

    response = client.get(f"/verify-email/{link(settings, user_id=USER_ID)}")

    assert response["Location"] == "/verify"
    assert client.get("/verify").status_code == 200


def test_a_right_code_activates_a_new_user(client, api, known, settings):
    known(person(state="pending"))
    api.post(f"/user/{USER_ID}/activate", json={"data": person()})
    client.get(f"/verify-email/{link(settings, user_id=USER_ID)}")
    api.remove("GET", api.url(f"/user/{USER_ID}"))
    api.get(f"/user/{USER_ID}", json={"data": person(state="pending")})
    api.get(f"/user/{USER_ID}", json={"data": person()})

    client.post("/verify", {"sms_code": "12345"})

    assert asked(api, "/verify/code") == [{"code_type": "sms", "code": "12345"}]


def test_an_unverified_number_can_be_corrected(client, api, known, settings):
    known(person(state="pending"))
    client.get(f"/verify-email/{link(settings, user_id=USER_ID)}")

    response = client.post("/text-not-received", {"mobile_number": "07700900999"})

    assert response["Location"] == "/verify"
    assert {"mobile_number": "07700900999"} in asked(api, f"/user/{USER_ID}")
    assert asked(api, "/sms-code")[-1]["to"] == "07700900999"


def test_a_number_the_api_refuses_is_told_at_the_field(client, api, known, settings):
    known(person(state="pending"))
    client.get(f"/verify-email/{link(settings, user_id=USER_ID)}")
    api.replace(
        "POST",
        api.url(f"/user/{USER_ID}"),
        status=400,
        json={
            "result": "error",
            "message": {"mobile_number": ["Invalid phone number"]},
        },
    )

    response = client.post("/text-not-received", {"mobile_number": "07700900555"})

    assert response.context["form"].errors["mobile_number"] == ["Invalid phone number"]


def test_a_verified_user_is_told_to_sign_in(client, api, known, settings):
    known(person())

    response = client.get(
        f"/verify-email/{link(settings, user_id=USER_ID)}", follow=True
    )

    assert b"verified already" in response.content


@pytest.mark.parametrize("seconds", [3600, -1])
def test_a_bad_or_old_verification_link_leads_to_sign_in(
    client, settings, monkeypatch, seconds
):
    monkeypatch.setattr("portal.users.views.verify.LINK_SECONDS", seconds)
    token = "rubbish" if seconds > 0 else link(settings, user_id=USER_ID)

    response = client.get(f"/verify-email/{token}", follow=True)

    assert response.redirect_chain[0][0] == "/sign-in"
    assert b"The link" in response.content
