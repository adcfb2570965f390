from __future__ import annotations

import re
import uuid

import pytest

from tests.sandbox.conftest import new_person, new_service


@pytest.fixture
def base(service):
    return f"/service/{service['id']}"


def ask_to_join(sandbox, base, requester, person):
    wish = {
        "requester_id": requester["id"],
        "contacted_user_ids": [person["id"]],
        "invite_link_host": "https://portal.example",
        "reason": "I work there",
    }
    made = sandbox.post(f"{base}/service-join-request", wish)
    return f"{base}/service-join-request/{made['service_join_request_id']}"


def test_whoever_is_asked_gets_a_link_to_the_request(sandbox, base, person):
    path = ask_to_join(sandbox, base, new_person(sandbox), person)

    text = sandbox.sent_to(person["email_address"])[-1]
    assert "I work there" in text
    assert f"/join-request/{path.rsplit('/', 1)[1]}/approve" in text


def test_approving_one_request_cancels_the_others_of_that_person(sandbox, base, person):
    requester = new_person(sandbox)
    first, second = (ask_to_join(sandbox, base, requester, person) for _ in range(2))
    approval = {
        "status": "approved",
        "status_changed_by_id": person["id"],
        "permissions": ["view_activity"],
    }

    sandbox.post(second, approval)

    assert sandbox.get(first)["status"] == "cancelled"


def test_a_rejected_person_stays_outside(sandbox, base, person):
    requester = new_person(sandbox)
    path = ask_to_join(sandbox, base, requester, person)

    sandbox.post(path, {"status": "rejected", "status_changed_by_id": person["id"]})

    assert sandbox.get(path)["requester"]["belongs_to_service"] == []


def test_a_link_to_a_service_does_not_open_an_organisation(sandbox, base, person):
    invite = {
        "email_address": f"{uuid.uuid4().hex}@example.gov.uk",
        "from_user": person["id"],
        "permissions": "view_activity",
        "invite_link_host": "https://portal.example",
    }
    sandbox.post(f"{base}/invite", invite)
    text = sandbox.sent_to(invite["email_address"])[-1]
    token = re.search(r"/invitation/(\S+)", text).group(1)

    sandbox.get(f"/invite/service/check/{token}")
    sandbox.get(f"/invite/organisation/check/{token}", 404)


def test_an_invitation_is_not_found_in_another_service(sandbox, base, person):
    invite = {
        "email_address": f"{uuid.uuid4().hex}@example.gov.uk",
        "from_user": person["id"],
        "permissions": "view_activity",
    }
    made = sandbox.post(f"{base}/invite", invite)["data"]
    other = new_service(sandbox, person)

    sandbox.get(f"/service/{other['id']}/invite/{made['id']}", 404)


def test_the_first_reply_to_address_must_be_the_default(sandbox, base):
    data = {"email_address": "a@example.gov.uk", "is_default": False}

    answer = sandbox.post(f"{base}/email-reply-to", data, 400)

    assert "at least one reply to email address" in answer["message"]


def test_a_reply_to_address_is_used_once(sandbox, base):
    data = {"email_address": "a@example.gov.uk", "is_default": True}
    sandbox.post(f"{base}/email-reply-to", data)

    answer = sandbox.post(f"{base}/email-reply-to", data, 409)

    assert answer["message"] == (
        "‘a@example.gov.uk’ is already a reply-to email address for this service."
    )


def test_a_new_default_sender_replaces_the_old_one(sandbox, base):
    data = {"sms_sender": "Newer", "is_default": True}
    sandbox.post(f"{base}/sms-sender", data)

    senders = sandbox.get(f"{base}/sms-sender")

    assert [sender["is_default"] for sender in senders] == [True, False]
    assert senders[0]["sms_sender"] == "Newer"


def test_a_kind_of_news_has_one_callback(sandbox, base, person):
    data = {
        "url": "https://callback.example",
        "bearer_token": "a-long-enough-token",
        "updated_by_id": person["id"],
        "callback_type": "complaint",
    }
    sandbox.post(f"{base}/callback-api", data)

    sandbox.post(f"{base}/callback-api", data, 400)
