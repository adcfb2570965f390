"""Security keys: registered, named and deleted on one's account, and used to sign in."""

from __future__ import annotations

import base64
import json

import pytest
from django.contrib.auth import SESSION_KEY
from fido2 import cbor

from portal.common.models import AuditEvent
from portal.platform import actions as platform_actions
from tests import builders
from tests.users.personas import (
    SUPERUSER_ID,
    answer_user,
    outsider,
    sign_in,
    superuser,
)
from tests.users.soft_key import SoftKey

pytestmark = pytest.mark.django_db

LIST = "/your-account/security-keys"
REGISTER, CHECK, ASK = (
    *("/webauthn/register", "/webauthn/authenticate"),
    "/two-factor-webauthn",
)
KEY_ID = "88888888-0000-4000-8000-000000000001"
OTHER_ID = "88888888-0000-4000-8000-000000000002"
HERE = {"headers": {"Host": "localhost:8000"}}
BY_KEY = {"auth_type": "webauthn_auth"}
LONG_AGO = "2020-01-01T00:00:00.000000Z"


@pytest.fixture(autouse=True)
def _portal(settings, api, monkeypatch):
    settings.ADMIN_BASE_URL = "http://localhost:8000"
    api.assert_all_requests_are_fired = False

    class AtOnce:
        def __init__(self, target, args, daemon):
            self.start = lambda: target(*args)

    monkeypatch.setattr(platform_actions, "Thread", AtOnce)
    api.post("/events", json={"data": {}}, status=201)


@pytest.fixture
def me(client, api):
    """Return a function that signs a platform admin in, who has the keys given."""

    def come(*keys, **overrides):
        user = superuser(**overrides)
        sign_in(client, user, api)
        has_keys(api, *keys)
        return user

    return come


@pytest.fixture
def signing_in(client, api):
    """Return a function that gives the right password of somebody with the keys given."""

    def come(*keys, **overrides):
        user = superuser(**BY_KEY | overrides)
        api.post("/user/email", json={"data": user})
        api.post(f"/user/{SUPERUSER_ID}/verify/password", status=204)
        answer_user(api, user)
        has_keys(api, *keys)
        typed = {"email_address": user["email_address"], "password": "correct horse"}
        return client.post("/sign-in?next=/pricing", typed, **HERE)

    return come


def has_keys(api, *keys):
    known = [
        builders.security_key(
            id=pk, name=name, user_id=SUPERUSER_ID, credential_data=data
        )
        for pk, name, data in keys
    ]
    api.get(f"/user/{SUPERUSER_ID}/webauthn", json={"data": known})


def kept(key, pk=KEY_ID, name="Blue key"):
    return pk, name, key.kept


def options(client, path):
    response = client.get(path, **HERE)
    assert response["Content-Type"] == "application/json"
    return response.json()


def outcome(api, status=204):
    return api.post(
        f"/user/{SUPERUSER_ID}/complete/webauthn-login",
        status=status,
        json={"message": "Maximum login count exceeded"} if status == 403 else None,
    )


def sent(call):
    return json.loads(call.calls[-1].request.body)


# --- registering


def takes_key(api):
    made = builders.security_key(id=KEY_ID, user_id=SUPERUSER_ID)
    return api.post(f"/user/{SUPERUSER_ID}/webauthn", status=201, json={"data": made})


def test_a_key_is_registered_and_used_from_then_on(client, me, api):
    user, key = me(), SoftKey()
    made = takes_key(api)
    change = api.post(f"/user/{SUPERUSER_ID}", json={"data": user | BY_KEY})

    answer = key.register(options(client, REGISTER))
    done = client.post(REGISTER, {"credential": answer}, follow=True, **HERE)

    posted = sent(made)
    assert posted["name"] == "Security key 1"
    assert cbor.decode(base64.b64decode(posted["credential_data"])) == bytes(key.data)
    assert sent(change) == BY_KEY
    assert b"You are asked for it when you sign in next." in done.content
    recorded = {(event.model, event.action) for event in AuditEvent.objects.all()}
    assert recorded == {
        ("users.webauthncredential", "added"),
        ("users.user", "changed"),
    }
    assert posted["credential_data"] not in str(
        [event.after for event in AuditEvent.objects.all()]
    )


def test_a_second_key_changes_only_the_list(client, me, api):
    first, second = SoftKey(), SoftKey()
    me(kept(first), **BY_KEY)
    made = takes_key(api)

    asked = options(client, REGISTER)
    client.post(REGISTER, {"credential": second.register(asked)}, **HERE)

    assert len(asked["publicKey"]["excludeCredentials"]) == 1
    assert sent(made)["name"] == "Security key 2"


@pytest.mark.parametrize("answer", ["", "nonsense", "{}"])
def test_an_answer_that_is_none_registers_nothing(client, me, api, answer):
    me()
    made = takes_key(api)
    options(client, REGISTER)

    response = client.post(REGISTER, {"credential": answer}, **HERE)

    assert response.status_code == 400
    assert b"The security key was not registered. Try again." in response.content
    assert made.call_count == 0


def test_an_answer_serves_once(client, me, api):
    user, key = me(), SoftKey()
    made = takes_key(api)
    api.post(f"/user/{SUPERUSER_ID}", json={"data": user | BY_KEY})
    answer = {"credential": key.register(options(client, REGISTER))}

    client.post(REGISTER, answer, **HERE)
    client.post(REGISTER, answer, **HERE)

    assert made.call_count == 1


# --- the list


def test_keys_are_listed_and_a_second_one_is_advised(client, me):
    me(kept(SoftKey()), **BY_KEY)

    html = client.get(LIST, **HERE).content.decode()

    assert "Blue key" in html
    assert "Never used" in html
    assert "Register a second key" in html
    assert f"{LIST}/{KEY_ID}/manage" in html


def test_a_key_gets_a_name(client, me, api):
    me(kept(SoftKey()), **BY_KEY)
    renamed = builders.security_key(id=KEY_ID, name="Red key")
    call = api.post(f"/user/{SUPERUSER_ID}/webauthn/{KEY_ID}", json={"data": renamed})

    done = client.post(f"{LIST}/{KEY_ID}/manage", {"name": "Red key"}, follow=True)

    assert sent(call) == {"name": "Red key"}
    assert b"The name has been changed." in done.content
    assert AuditEvent.objects.get().after == {"name": "Red key"}


def test_a_key_needs_a_name(client, me):
    me(kept(SoftKey()), **BY_KEY)

    response = client.post(f"{LIST}/{KEY_ID}/manage", {"name": ""})

    assert response.status_code == 400
    assert b"Enter a name for the security key." in response.content


def test_a_key_is_deleted_after_a_question(client, me, api):
    me(kept(SoftKey()), kept(SoftKey(), OTHER_ID, "Old key"), **BY_KEY)
    call = api.delete(f"/user/{SUPERUSER_ID}/webauthn/{OTHER_ID}", status=204)
    page = f"{LIST}/{OTHER_ID}/delete"

    assert page in client.get(f"{LIST}/{OTHER_ID}/manage").content.decode()
    assert "delete “Old key”?" in client.get(page).content.decode()
    assert call.call_count == 0
    done = client.post(page, follow=True)

    assert call.call_count == 1
    assert "“Old key” has been deleted." in done.content.decode()


def test_the_only_key_cannot_be_deleted(client, me):
    me(kept(SoftKey()), **BY_KEY)
    page = f"{LIST}/{KEY_ID}/delete"

    assert page not in client.get(f"{LIST}/{KEY_ID}/manage").content.decode()
    for send in (client.get, client.post):
        assert (
            b"cannot delete your only security key" in send(page, follow=True).content
        )


def test_what_the_api_keeps_stays(client, me, api):
    me(kept(SoftKey()), kept(SoftKey(), OTHER_ID), **BY_KEY)
    api.delete(
        f"/user/{SUPERUSER_ID}/webauthn/{KEY_ID}",
        status=400,
        json={"message": "Cannot delete last remaining webauthn credential for user"},
    )

    done = client.post(f"{LIST}/{KEY_ID}/delete", follow=True)

    assert b"cannot delete your only security key" in done.content


@pytest.mark.parametrize("action", ["manage", "delete"])
def test_a_key_of_somebody_else_is_unknown(client, me, action):
    me(kept(SoftKey()), **BY_KEY)

    assert client.get(f"{LIST}/{OTHER_ID}/{action}").status_code == 404
    assert client.post(f"{LIST}/{OTHER_ID}/{action}").status_code == 404


def test_only_those_may_have_keys_whom_the_api_lets(client, api):
    sign_in(client, outsider(), api)

    for path in (LIST, REGISTER, f"{LIST}/{KEY_ID}/manage"):
        assert client.get(path).status_code == 403
    assert client.post(REGISTER).status_code == 403


def test_under_another_name_the_page_says_where_keys_work(client, me):
    me()

    html = client.get(LIST, headers={"Host": "127.0.0.1:8000"}).content.decode()

    assert 'href="http://localhost:8000"' in html
    assert "data-key" not in html


def test_the_page_tells_browsers_that_cannot(client, me):
    me()

    html = client.get(LIST, **HERE).content.decode()

    assert "Security keys need JavaScript" in html
    assert 'hidden data-key="unsupported"' in html


# --- signing in


def test_a_password_and_a_key_sign_in(client, signing_in, api):
    key = SoftKey()
    assert signing_in(kept(key))["Location"] == f"{ASK}?next=%2Fpricing"
    told = outcome(api)
    page = client.get(f"{ASK}?next=/pricing", **HERE).content.decode()
    assert 'action="/webauthn/authenticate?next=/pricing"' in page

    answer = key.sign(options(client, CHECK))
    done = client.post(f"{CHECK}?next=/pricing", {"credential": answer}, **HERE)

    assert done["Location"] == "/pricing"
    assert client.session[SESSION_KEY] == SUPERUSER_ID
    assert sent(told) == {"successful": True, "webauthn_credential_id": KEY_ID}


def test_another_key_does_not_and_is_counted(client, signing_in, api):
    signing_in(kept(SoftKey()))
    told = outcome(api)

    answer = SoftKey().sign(options(client, CHECK))
    response = client.post(CHECK, {"credential": answer}, **HERE)

    assert response.status_code == 400
    assert b"This is not a security key of your account." in response.content
    assert sent(told) == {"successful": False, "webauthn_credential_id": None}
    assert SESSION_KEY not in client.session


@pytest.mark.parametrize("is_right", [True, False])
def test_too_many_wrong_keys_lock_and_the_page_says_so(
    client, signing_in, api, is_right
):
    key = SoftKey()
    signing_in(kept(key))
    outcome(api, 403)

    answer = (key if is_right else SoftKey()).sign(options(client, CHECK))
    response = client.post(CHECK, {"credential": answer}, **HERE)

    assert response.status_code == 400
    assert b"Too many wrong security keys." in response.content
    assert SESSION_KEY not in client.session


def test_an_answer_signs_in_once(client, signing_in, api):
    key = SoftKey()
    signing_in(kept(key))
    told = outcome(api, 403)
    answer = {"credential": key.sign(options(client, CHECK))}
    client.post(CHECK, answer, **HERE)

    response = client.post(CHECK, answer, **HERE)

    assert b"That took too long." in response.content
    assert told.call_count == 1


def test_a_key_does_not_pass_for_somebody_who_gets_codes(client, signing_in, api):
    key = SoftKey()
    api.post(f"/user/{SUPERUSER_ID}/sms-code", status=204)
    assert "/two-factor-sms" in signing_in(kept(key), auth_type="sms_auth")["Location"]

    for path in (ASK, CHECK):
        assert client.get(path)["Location"] == "/two-factor-sms"


@pytest.mark.parametrize(
    "path",
    [
        "/two-factor-sms",
        "/send-new-code",
        "/email-not-received",
        "/send-new-email-token",
    ],
)
def test_who_has_a_key_cannot_do_without(client, signing_in, path):
    signing_in(kept(SoftKey()))

    assert client.get(path)["Location"] == ASK


def test_after_90_days_a_link_comes_as_well(client, signing_in, api):
    key = SoftKey()
    signing_in(kept(key), email_access_validated_at=LONG_AGO)
    outcome(api)
    mail = api.post(f"/user/{SUPERUSER_ID}/email-code", status=204)

    answer = key.sign(options(client, CHECK))
    response = client.post(CHECK, {"credential": answer}, **HERE)

    assert response["Location"] == "/re-validate-email"
    assert mail.call_count == 1
    assert SESSION_KEY not in client.session


@pytest.mark.parametrize("path", [ASK, CHECK])
def test_without_a_password_a_key_is_not_asked_for(client, path):
    assert client.get(path)["Location"] == "/sign-in"
