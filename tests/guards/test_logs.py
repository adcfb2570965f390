"""The log tells what happened, and nothing about anyone."""

from __future__ import annotations

import logging
import re
import traceback

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from itsdangerous import URLSafeTimedSerializer

from tests.guards.world import EMAIL, SERVICE, SMS, down

PASSWORD = "correct-horse-battery"
CODE = "48151"
RECIPIENT = "07700900987"
BODY = "Your dog licence is ready"
FILE = f"phone number,name\n{RECIPIENT},Ann Bancroft\n"


def told(records):
    """Return everything that any handler could write of the records."""
    texts = []
    for record in records:
        texts.append(record.getMessage())
        texts += map(str, (v for k, v in vars(record).items() if k not in OBJECTS))
        if record.exc_info:
            texts += traceback.format_exception(*record.exc_info)
    return "\n".join(texts)


# A request and an exception's objects are written by no handler.
OBJECTS = {"request", "exc_info", "msg"}


def link(payload):
    signer = URLSafeTimedSerializer(settings.SECRET_KEY)
    return signer.dumps(payload, salt=settings.DANGEROUS_SALT)


@pytest.fixture
def log(caplog):
    caplog.set_level(logging.DEBUG)
    return caplog


@pytest.fixture
def person(world):
    who = next(
        person
        for person in world.people.values()
        if person["permissions"].get(SERVICE)
        and len(person["permissions"][SERVICE]) > 4
    )
    world.people = {who["id"]: who}
    return who


def sign_in(browser, person):
    typed = {"email_address": person["email_address"], "password": PASSWORD}
    browser.client.post("/sign-in", typed)
    return browser.client.post("/two-factor-sms", {"sms_code": CODE})


def test_a_day_at_work_leaves_no_personal_data_in_the_log(visit, world, person, log):
    browser = visit("anonymous")
    client = browser.client
    assert sign_in(browser, person).status_code == 302
    base = f"/services/{SERVICE}"
    client.get(base)
    client.get(f"{base}/templates?search={BODY}")
    client.post(
        f"{base}/templates/{EMAIL}/edit",
        {"name": "Licence", "subject": BODY, "content": f"{BODY} ((name))"},
    )
    for step, value in enumerate((RECIPIENT, "Ann Bancroft")):
        client.post(f"{base}/send/{SMS}/one-off/step-{step}", {"value": value})
    assert client.get(f"{base}/template/{SMS}/notification/check").status_code == 200
    sent = client.post(f"{base}/template/{SMS}/notification/check")
    assert sent.status_code == 302
    client.post(f"{base}/notifications", {"to": RECIPIENT})
    client.get(f"{base}/notifications?search=nonsense")
    upload = SimpleUploadedFile("Ann Bancroft.csv", FILE.encode())
    checked = client.post(f"{base}/send/{SMS}/csv", {"file": upload})
    assert checked.status_code == 302
    client.get(checked["Location"])
    client.post(f"{base}/start-job/{checked['Location'].rsplit('/')[-1]}")
    wrong = SimpleUploadedFile("Ann Bancroft.csv", FILE.replace("0", "O").encode())
    checked = client.post(f"{base}/send/{SMS}/csv", {"file": wrong})
    page = f"{checked['Location']}/correct"
    assert client.get(page).status_code == 200
    assert client.post(page, {"cell-2-0": RECIPIENT}).status_code == 302
    client.get(f"{base}/download-notifications.csv")
    session = client.session.session_key
    client.get("/sign-out")

    text = told(log.records)

    for secret in (
        PASSWORD,
        CODE,
        RECIPIENT,
        RECIPIENT[1:],
        BODY,
        "Bancroft",
        person["email_address"],
        person["mobile_number"],
        person["name"],
        session,
        settings.ADMIN_CLIENT_SECRET,
        settings.SECRET_KEY,
        "Bearer",
    ):
        assert secret not in text, secret
    assert "GET /service/<id>" in text


@pytest.mark.parametrize("kind", ["refused", "500", "{}", "null"])
def test_a_bad_day_leaves_none_either(visit, world, person, log, kind):
    browser = visit("anonymous")
    sign_in(browser, person)
    world.changed = lambda path, answer: (
        down(kind) if "/template/" in path or "send-not" in path else answer
    )
    base = f"/services/{SERVICE}"

    browser.client.post(
        f"{base}/templates/{EMAIL}/edit",
        {"name": "Licence", "subject": BODY, "content": f"{BODY} {RECIPIENT}"},
    )
    browser.client.post(f"{base}/send/{SMS}/one-off/step-0", {"value": RECIPIENT})

    text = told(log.records)
    for secret in (BODY, RECIPIENT, CODE, PASSWORD, person["email_address"]):
        assert secret not in text, secret


@pytest.mark.parametrize(
    ("name", "payload"),
    [
        ("users:email_auth", {"user_id": "x", "secret_code": CODE}),
        ("users:new_password", {"email": "a@b.uk", "created_at": "2026-01-01"}),
        ("users:verify_email", {"user_id": "x"}),
    ],
)
@pytest.mark.parametrize("is_down", [False, True])
def test_links_that_do_not_work_stay_out_of_the_log(
    visit, world, log, name, payload, is_down
):
    if is_down:
        world.changed = lambda path, answer: down("refused")
    token = link(payload)
    browser = visit("anonymous")

    for good_or_bad in (token, token[:-3]):
        for method in (browser.client.get, browser.client.post):
            method(reverse(name, args=[good_or_bad]))
    browser.client.handler.enforce_csrf_checks = True
    browser.client.post(reverse(name, args=[token]))

    text = told(log.records)
    assert token[:-3] not in text
    assert log.records


def test_a_change_of_ones_account_leaves_nothing_of_it_in_the_log(
    visit, world, person, log, settings
):
    settings.PORTAL_SUPPORT_EMAIL = "help@platform.example"
    settings.PORTAL_SENDS_EMAIL = True
    client = visit("anonymous").client
    typed = {"email_address": person["email_address"], "password": PASSWORD}
    client.post("/sign-in", typed)
    client.post("/two-factor-sms", {"sms_code": CODE})
    home, address = "/your-account", "bancroft@example.gov.uk"
    client.post(f"{home}/email", {"email_address": address})
    client.post(f"{home}/email/authenticate", {"password": PASSWORD})
    token = link({"user_id": person["id"], "email": address})
    for good_or_bad in (token, token[:-3]):
        client.get(f"{home}/email/confirm/{good_or_bad}")
    client.post(f"{home}/mobile-number", {"mobile_number": RECIPIENT})
    client.post(f"{home}/mobile-number/authenticate", {"password": PASSWORD})
    client.post(f"{home}/mobile-number/confirm", {"sms_code": CODE})
    written = {"feedback": BODY, "name": "Ann Bancroft", "email_address": address}
    client.post("/support/ask-question-give-feedback", written)

    text = told(log.records)

    for secret in (PASSWORD, CODE, RECIPIENT, BODY, address, "Bancroft", token[:-3]):
        assert secret not in text, secret
    assert ("POST", f"/user/{person['id']}/verify/code") in world.writes


def test_a_page_that_does_not_exist_is_told_without_what_it_was_asked(visit, log):
    visit("anonymous").client.get(f"/services/{RECIPIENT}/ann@example.gov.uk")

    assert RECIPIENT not in told(log.records)
    assert "ann@" not in told(log.records)


@pytest.mark.parametrize("name", ["urllib3", "django.template", "django.db.backends"])
def test_those_who_talk_too_much_at_debug_are_kept_short(log, name):
    assert not logging.getLogger(name).isEnabledFor(logging.DEBUG)


def test_tokens_in_calls_of_the_api_are_not_logged(world, log):
    from portal.clients import invite_api_client

    world.routes.append((re.compile(".*"), lambda m, q: {"data": {}}))

    invite_api_client.check_token("very-secret-token")

    assert "very-secret" not in told(log.records)
