from __future__ import annotations

import re

import pytest

from tests.sandbox.conftest import new_person

PASSWORD = "a long enough password"


def failures(sandbox, person):
    return sandbox.get(f"/user/{person['id']}")["data"]["failed_login_count"]


def try_password(sandbox, person, password, status):
    path = f"/user/{person['id']}/verify/password"
    return sandbox.post(path, {"password": password}, status)


def try_code(sandbox, person, code, status, kind="sms"):
    path = f"/user/{person['id']}/verify/code"
    return sandbox.post(path, {"code": code, "code_type": kind}, status)


def sent_code(sandbox, person):
    sandbox.post(f"/user/{person['id']}/sms-code", {})
    text = sandbox.sent_to(person["mobile_number"])[-1]
    return re.search(r"\d{5}", text)[0]


def test_a_right_password_forgets_the_failures(sandbox, person):
    try_password(sandbox, person, "wrong", 400)
    try_password(sandbox, person, PASSWORD, 204)

    assert failures(sandbox, person) == 0


def test_a_code_begins_a_new_session(sandbox, person):
    try_code(sandbox, person, sent_code(sandbox, person), 204)

    found = sandbox.get(f"/user/{person['id']}")["data"]
    assert found["current_session_id"]
    assert found["logged_in_at"]


def test_after_ten_failures_even_the_right_code_is_not_found(sandbox, person):
    code = sent_code(sandbox, person)
    for _ in range(10):
        try_code(sandbox, person, "00", 404)

    refused = try_code(sandbox, person, code, 404)

    assert refused["message"] == "Code not found"
    assert failures(sandbox, person) == 10


def test_a_link_by_email_confirms_nothing_before_it_is_used(sandbox, person):
    before = sandbox.get(f"/user/{person['id']}")["data"]["email_access_validated_at"]
    sandbox.post(f"/user/{person['id']}/email-code", {})
    assert "/email-auth/" in sandbox.sent_to(person["email_address"])[-1]

    after = sandbox.get(f"/user/{person['id']}")["data"]["email_access_validated_at"]
    assert after == before


def test_unknown_kinds_of_code_have_no_address(sandbox, person):
    refused = sandbox.post(f"/user/{person['id']}/pigeon-code", {}, 404)

    assert refused["message"].startswith("The requested URL was not found")


def test_a_security_key_locks_after_five_failures(sandbox, person):
    path = f"/user/{person['id']}/complete/webauthn-login"
    for _ in range(5):
        sandbox.post(path, {"successful": False}, 204)

    assert sandbox.post(path, {"successful": True}, 403)["result"] == "error"


def test_somebody_told_by_a_manager_learns_of_a_new_number(sandbox, person):
    manager = new_person(sandbox)
    change = {"mobile_number": "07700911005", "updated_by": manager["id"]}

    sandbox.post(f"/user/{person['id']}", change)

    assert "changed the mobile number" in sandbox.sent_to("07700911005")[0]


@pytest.mark.parametrize("path", ["email-verification", "change-email-verification"])
def test_links_do_not_end_at_a_full_stop(sandbox, person, path):
    sandbox.post(
        f"/user/{person['id']}/{path}", {"email": person["email_address"], "to": "x"}
    )

    link = re.search(r"http://\S+", sandbox.sent_to(person["email_address"])[-1])[0]
    token = link.rsplit("/", 1)[1]

    assert "." not in token
    assert "%2E" in token
