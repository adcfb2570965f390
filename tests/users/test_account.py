"""Your account: what people see and change of their own."""

from __future__ import annotations

import json

import pytest
from django.contrib.auth import SESSION_KEY
from itsdangerous import URLSafeTimedSerializer

from portal.common.models import AuditEvent
from tests import builders
from tests.users.personas import (
    SERVICE_ID,
    SUPERUSER_ID,
    USER_ID,
    outsider,
    sign_in,
    superuser,
)

pytestmark = pytest.mark.django_db

HOME = "/your-account"
NEW_ADDRESS = "new@example.gov.uk"
NEW_NUMBER = "07700 900999"
PASSWORD = {"password": "correct horse"}
LATER = "2026-11-21 09:00:00.000000"
NEW_SESSION = "44444444-0000-4000-8000-000000000009"


@pytest.fixture(autouse=True)
def _domains(api):
    api.assert_all_requests_are_fired = False
    api.get("/organisations", json=[])


@pytest.fixture
def me(client, api):
    """Return a function that signs somebody in, whom the API then changes as asked."""

    def come(user=None, **session):
        known = dict(user or outsider())
        sign_in(client, known, **session)
        api.add_callback(
            "GET",
            api.url(f"/user/{known['id']}"),
            callback=lambda request: (200, {}, json.dumps({"data": known})),
        )

        def change(request):
            known.update(json.loads(request.body))
            return 200, {}, json.dumps({"data": known})

        api.add_callback("POST", api.url(f"/user/{known['id']}"), callback=change)
        return known

    return come


def password_is(api, *, right=True, user_id=USER_ID):
    status = 204 if right else 400
    return api.post(
        f"/user/{user_id}/verify/password",
        status=status,
        json=None if right else {"message": {"password": ["Incorrect password"]}},
    )


def nobody_has(api):
    return api.post("/user/email", status=404, json={"message": "No result found"})


def errors(response):
    assert response.status_code == 400
    return response.context["form"].error_list()


def sent(call):
    return json.loads(call.calls[-1].request.body)


def link(settings, **fields):
    serializer = URLSafeTimedSerializer(settings.SECRET_KEY)
    token = serializer.dumps(json.dumps(fields), salt=settings.DANGEROUS_SALT)
    return f"{HOME}/email/confirm/{token}"


def changes():
    return {
        (event.action, tuple(event.after)): event for event in AuditEvent.objects.all()
    }


# --- the page


def test_the_page_leads_to_everything_that_one_may_change(client, me):
    me()

    html = client.get(HOME).content.decode()

    for page in (
        *("name", "email", "mobile-number", "password"),
        *("take-part-in-user-research", "get-emails-about-new-features"),
    ):
        assert f'href="{HOME}/{page}"' in html
    assert "sandy@example.gov.uk" in html
    assert "07700900001" in html
    assert "Last changed 1 January 2025" in html


def test_the_page_asks_the_api_for_little(client, me, api, api_calls):
    me(superuser())
    api.get(f"/user/{SUPERUSER_ID}/webauthn", json={"data": []})

    client.get(HOME)

    assert {call.route for call in api_calls} <= {
        *("/user/<id>", "/user/<id>/webauthn", "/organisations"),
    }
    assert len(api_calls) <= 3


def test_what_one_may_not_change_is_not_offered(client, me):
    me(outsider(email_address="sandy@charity.example"))

    html = client.get(HOME).content.decode()

    assert f'href="{HOME}/email"' not in html
    assert "Security keys" not in html
    assert "platform admin view" not in html


def test_the_menu_leads_to_the_account(client, me):
    me()

    assert f'href="{HOME}" aria-current="page"' in client.get(HOME).content.decode()


# --- the name


def test_a_name_is_changed_and_the_change_recorded(client, me):
    known = me()

    response = client.post(f"{HOME}/name", {"name": " Sam Sender "}, follow=True)

    assert known["name"] == "Sam Sender"
    assert b"Your name has been changed." in response.content
    event = AuditEvent.objects.get()
    assert (event.actor_name, event.action) == ("Sam Sender", "changed")
    assert (event.before, event.after) == (
        {"name": "Sandy Sender"},
        {"name": "Sam Sender"},
    )


def test_a_name_is_needed(client, me):
    me()

    response = client.post(f"{HOME}/name", {"name": " "})

    assert errors(response) == [("id_name", "Enter your full name.")]


def test_the_same_name_changes_nothing(client, me, api_calls):
    me()

    client.post(f"{HOME}/name", {"name": "Sandy Sender"})

    assert [call for call in api_calls if call.method == "POST"] == []


def test_what_the_api_refuses_stands_at_the_field_and_what_was_typed_too(
    client, me, api
):
    me()
    api.replace(
        "POST",
        api.url(f"/user/{USER_ID}"),
        status=400,
        json={"message": {"name": ["Invalid name"]}},
    )

    response = client.post(f"{HOME}/name", {"name": "Sam"})

    assert errors(response) == [("id_name", "Invalid name")]
    html = response.content.decode()
    assert 'value="Sam"' in html
    assert ": Sandy Sender</span>" in html


# --- the e-mail address


def start_email_change(client, api):
    nobody_has(api)
    return client.post(f"{HOME}/email", {"email_address": NEW_ADDRESS})


def test_an_address_changes_by_password_and_link(client, me, api, settings):
    known = me()
    password_is(api)
    mail = api.post(f"/user/{USER_ID}/change-email-verification", status=204)

    assert start_email_change(client, api)["Location"] == f"{HOME}/email/authenticate"
    told = client.post(f"{HOME}/email/authenticate", PASSWORD, follow=True)
    assert sent(mail) == {"email": NEW_ADDRESS}
    assert "It works for an hour" in told.content.decode()
    assert NEW_ADDRESS in client.get(HOME).content.decode()
    assert known["email_address"] == "sandy@example.gov.uk"
    done = client.get(link(settings, user_id=USER_ID, email=NEW_ADDRESS), follow=True)

    assert known["email_address"] == NEW_ADDRESS
    assert b"Your email address has been changed." in done.content
    assert b"We have sent a link" not in done.content
    assert ("changed", ("email_address",)) in changes()


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("", "Enter your new email address."),
        ("nonsense", "Enter an email address in the correct format"),
        ("me@shop.example", "Enter the email address of a public sector organisation."),
    ],
)
def test_an_address_that_cannot_be_is_refused(client, me, address, told):
    me()

    response = client.post(f"{HOME}/email", {"email_address": address})

    assert errors(response)[0][1].startswith(told)
    assert f'value="{address}"' in response.content.decode() or not address


def test_an_address_of_somebody_else_is_refused(client, me, api):
    me()
    api.post("/user/email", json={"data": superuser(email_address=NEW_ADDRESS)})

    response = client.post(f"{HOME}/email", {"email_address": NEW_ADDRESS})

    assert errors(response)[0][1] == "Somebody else has this email address."


def test_the_address_of_today_in_other_letters_may_be_taken(client, me, api):
    me()
    api.post("/user/email", json={"data": outsider()})

    response = client.post(f"{HOME}/email", {"email_address": "Sandy@example.gov.uk"})

    assert response["Location"] == f"{HOME}/email/authenticate"


def test_people_of_other_domains_cannot_change_their_address(client, me):
    me(outsider(email_address="sandy@charity.example"))

    assert client.get(f"{HOME}/email").status_code == 403


def test_a_wrong_password_sends_no_link(client, me, api):
    me()
    start_email_change(client, api)
    password_is(api, right=False)

    response = client.post(f"{HOME}/email/authenticate", PASSWORD)

    assert errors(response) == [
        ("id_password", "This is not your password. Enter it again.")
    ]
    assert b"correct horse" not in response.content


def test_passwords_are_not_guessed_here(client, me, api):
    me()
    start_email_change(client, api)
    tried = password_is(api, right=False)
    for _ in range(10):
        client.post(f"{HOME}/email/authenticate", PASSWORD)

    response = client.post(f"{HOME}/email/authenticate", PASSWORD)

    assert "Wait 10 minutes" in errors(response)[0][1]
    assert tried.call_count == 10


def test_somebody_locked_is_led_to_a_new_password(client, me, api):
    me(outsider(failed_login_count=10))
    start_email_change(client, api)
    tried = password_is(api)

    response = client.post(f"{HOME}/email/authenticate", PASSWORD)

    assert "Forgotten your password?" in errors(response)[0][1]
    assert tried.call_count == 0


def test_links_are_limited(client, me, api):
    me()
    start_email_change(client, api)
    password_is(api)
    mail = api.post(f"/user/{USER_ID}/change-email-verification", status=204)
    for _ in range(5):
        client.post(f"{HOME}/email/authenticate", PASSWORD)

    response = client.post(f"{HOME}/email/authenticate", PASSWORD)

    assert "asked too often" in errors(response)[0][1]
    assert mail.call_count == 5


@pytest.mark.parametrize("page", ["email/authenticate", "mobile-number/authenticate"])
def test_a_password_is_asked_for_a_change_only(client, me, page):
    me()

    start = client.get(f"{HOME}/{page}")["Location"]

    assert start == f"{HOME}/{page.partition('/')[0]}"


def test_a_link_of_somebody_else_changes_nothing(client, me, settings):
    known = me()

    response = client.get(
        link(settings, user_id=SUPERUSER_ID, email=NEW_ADDRESS), follow=True
    )

    assert b"for another account" in response.content
    assert known["email_address"] == "sandy@example.gov.uk"


def test_a_damaged_link_changes_nothing(client, me):
    me()

    response = client.get(f"{HOME}/email/confirm/nonsense", follow=True)

    assert b"The link is not complete." in response.content


def test_an_old_link_changes_nothing(client, me, settings, monkeypatch):
    known = me()
    address = link(settings, user_id=USER_ID, email=NEW_ADDRESS)
    monkeypatch.setattr("portal.users.views.own_contacts.LINK_SECONDS", -1)

    response = client.get(address, follow=True)

    assert b"The link has expired." in response.content
    assert known["email_address"] == "sandy@example.gov.uk"


def test_an_address_that_was_taken_meanwhile_is_told(client, me, api, settings):
    me()
    api.replace(
        "POST",
        api.url(f"/user/{USER_ID}"),
        status=400,
        json={"message": {"email_address": ["Email address already in use"]}},
    )

    response = client.get(
        link(settings, user_id=USER_ID, email=NEW_ADDRESS), follow=True
    )

    assert b"Somebody else has this email address by now." in response.content


def test_who_follows_the_link_signed_out_comes_back_to_it(client, settings):
    address = link(settings, user_id=USER_ID, email=NEW_ADDRESS)

    assert "next=%2Fyour-account%2Femail%2Fconfirm" in client.get(address)["Location"]


# --- the mobile number


def start_mobile_change(client, api, number=NEW_NUMBER):
    client.post(f"{HOME}/mobile-number", {"mobile_number": number})
    password_is(api)
    code = api.post(f"/user/{USER_ID}/sms-code", status=204)
    response = client.post(f"{HOME}/mobile-number/authenticate", PASSWORD)
    assert response["Location"] == f"{HOME}/mobile-number/confirm"
    return code


def code_begins_a_session(api, known):
    def check(request):
        known["current_session_id"] = NEW_SESSION
        return 204, {}, ""

    api.add_callback("POST", api.url(f"/user/{USER_ID}/verify/code"), callback=check)


def test_a_number_changes_by_password_and_code(client, me, api):
    known = me()
    code = start_mobile_change(client, api)
    code_begins_a_session(api, known)

    assert sent(code) == {"to": NEW_NUMBER}
    assert NEW_NUMBER in client.get(f"{HOME}/mobile-number/confirm").content.decode()
    done = client.post(
        f"{HOME}/mobile-number/confirm", {"sms_code": "12345"}, follow=True
    )

    assert known["mobile_number"] == NEW_NUMBER
    assert b"Your mobile number has been changed." in done.content
    assert client.session[SESSION_KEY] == USER_ID
    assert ("changed", ("mobile_number",)) in changes()


def test_a_number_that_cannot_be_saved_signs_nobody_out(client, me, api):
    known = me()
    start_mobile_change(client, api)
    code_begins_a_session(api, known)
    api.replace("POST", api.url(f"/user/{USER_ID}"), status=503, json={})

    response = client.post(f"{HOME}/mobile-number/confirm", {"sms_code": "12345"})

    assert response.status_code == 503
    assert client.get(HOME).status_code == 200


def test_a_wrong_code_changes_nothing(client, me, api):
    known = me()
    start_mobile_change(client, api)
    api.post("/user/email", json={"data": known})
    api.post(
        f"/user/{USER_ID}/verify/code", status=404, json={"message": "Code not found"}
    )

    response = client.post(f"{HOME}/mobile-number/confirm", {"sms_code": "12345"})

    assert errors(response) == [("id_sms_code", "Code not found")]
    assert known["mobile_number"] == "07700900001"


def test_another_number_needs_the_password_again(client, me, api):
    me()
    start_mobile_change(client, api)

    client.post(f"{HOME}/mobile-number", {"mobile_number": "07700900777"})

    response = client.get(f"{HOME}/mobile-number/confirm")
    assert response["Location"] == f"{HOME}/mobile-number"


def test_codes_are_sent_again_but_not_for_ever(client, me, api):
    me()
    code = start_mobile_change(client, api)
    for _ in range(5):
        client.post(f"{HOME}/mobile-number/confirm", {"again": "yes"})

    told = client.get(f"{HOME}/mobile-number/confirm").content.decode()

    assert code.call_count == 5
    assert "asked too often" in told


@pytest.mark.parametrize(
    ("number", "told"),
    [
        ("", "Enter your new mobile number."),
        ("12", "too short"),
        ("+44 7700 900001", "This is your mobile number already."),
    ],
)
def test_a_number_that_cannot_be_is_refused(client, me, number, told):
    me()

    response = client.post(f"{HOME}/mobile-number", {"mobile_number": number})

    assert told in errors(response)[0][1]


def test_who_signs_in_by_email_may_delete_the_number(client, me):
    known = me(outsider(auth_type="email_auth"))
    page = f"{HOME}/mobile-number/delete"

    assert page in client.get(f"{HOME}/mobile-number").content.decode()
    assert b"Are you sure" in client.get(page).content
    assert known["mobile_number"]
    done = client.post(page, follow=True)

    assert known["mobile_number"] is None
    assert b"has been deleted" in done.content
    assert b"Not set" in done.content
    assert page not in client.get(f"{HOME}/mobile-number").content.decode()


@pytest.mark.parametrize("auth_type", ["sms_auth", "webauthn_auth"])
def test_who_needs_the_number_cannot_delete_it(client, me, auth_type):
    known = me(outsider(auth_type=auth_type))
    page = f"{HOME}/mobile-number/delete"

    assert page not in client.get(f"{HOME}/mobile-number").content.decode()
    assert client.get(page).status_code == client.post(page).status_code == 403
    assert known["mobile_number"]


# --- the password

OLD_AND_NEW = {"old_password": "correct horse", "new_password": "battery staple"}


def test_a_password_is_changed_and_nobody_else_stays_signed_in(client, me, api):
    known = me()
    before = client.session.session_key
    password_is(api)

    def change(request):
        known["password_changed_at"] = LATER
        return 200, {}, json.dumps({"data": known})

    api.add_callback(
        "POST", api.url(f"/user/{USER_ID}/update-password"), callback=change
    )

    done = client.post(f"{HOME}/password", OLD_AND_NEW, follow=True)

    assert b"Your password has been changed." in done.content
    assert client.session.session_key != before
    posted = next(c for c in api.calls if c.request.url.endswith("update-password"))
    assert json.loads(posted.request.body) == {"_password": "battery staple"}
    event = AuditEvent.objects.get()
    assert "staple" not in json.dumps([event.before, event.after])


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"old_password": ""}, "Enter your current password."),
        ({"new_password": ""}, "Enter a new password."),
        ({"new_password": "short"}, "must be at least 8 characters long"),
        ({"new_password": "password123"}, "harder to guess"),
        ({"new_password": "correct horse"}, "must differ from the current one"),
    ],
)
def test_a_password_that_cannot_be_is_refused(client, me, typed, told):
    me()

    response = client.post(f"{HOME}/password", OLD_AND_NEW | typed)

    assert told in errors(response)[0][1]


def test_the_wrong_current_password_is_told(client, me, api):
    me()
    password_is(api, right=False)

    response = client.post(f"{HOME}/password", OLD_AND_NEW)

    assert errors(response)[0] == (
        "id_old_password",
        "This is not your password. Enter it again.",
    )


# --- yes or no


@pytest.mark.parametrize(
    ("page", "field"),
    [
        ("take-part-in-user-research", "take_part_in_research"),
        ("get-emails-about-new-features", "receives_new_features_email"),
    ],
)
def test_a_setting_is_switched_off_and_on(client, me, page, field):
    known = me()

    assert b"checked" in client.get(f"{HOME}/{page}").content
    client.post(f"{HOME}/{page}", {"enabled": "no"})
    assert known[field] is False
    client.post(f"{HOME}/{page}", {"enabled": "yes"})

    assert known[field] is True


def test_yes_or_no_must_be_chosen(client, me):
    me()

    response = client.post(f"{HOME}/take-part-in-user-research", {"enabled": "x"})

    assert errors(response) == [("id_enabled_0", "Choose yes or no.")]


# --- the platform admin view

VIEW = f"{HOME}/disable-platform-admin-view"


def put_aside(client):
    return client.post(VIEW, {"enabled": "no"}, follow=True)


def test_a_platform_admin_may_look_at_the_portal_as_others_do(client, me, api):
    me(superuser())
    api.get(f"/user/{SUPERUSER_ID}/webauthn", json={"data": []})
    assert client.get("/platform-admin").status_code != 403

    told = put_aside(client)

    assert b"off until you sign in again" in told.content
    assert b'href="/platform-admin"' not in told.content
    assert client.get("/platform-admin").status_code == 403
    assert client.get("/admin/", follow=True).status_code == 403


def test_without_the_view_other_services_are_closed(client, me, api):
    me(superuser())
    api.get(f"/user/{SUPERUSER_ID}/webauthn", json={"data": []})
    api.get(f"/service/{SERVICE_ID}", json={"data": builders.service(id=SERVICE_ID)})
    put_aside(client)

    assert client.get(f"/services/{SERVICE_ID}/history").status_code == 403


def test_the_view_comes_back(client, me, api):
    me(superuser())
    api.get(f"/user/{SUPERUSER_ID}/webauthn", json={"data": []})
    put_aside(client)

    told = client.post(VIEW, {"enabled": "yes"}, follow=True)

    assert b'href="/platform-admin"' in told.content


def test_putting_the_view_aside_unmakes_no_platform_admin(client, me, api):
    known = me(superuser())
    api.get(f"/user/{SUPERUSER_ID}/webauthn", json={"data": []})
    put_aside(client)

    client.post(f"{HOME}/name", {"name": "Pat"})

    assert known["platform_admin"] is True
    assert known["name"] == "Pat"


def test_without_the_view_the_session_ends_as_soon_as_with_it(client, me):
    me(superuser(), admin_view_off=True, last_page_at=0)

    assert client.get(HOME).status_code == 401


def test_others_have_no_such_view(client, me):
    me()

    assert client.get(VIEW).status_code == 403


def test_nobody_signed_out_sees_an_account(client):
    assert client.get(HOME)["Location"] == "/sign-in?next=%2Fyour-account"
