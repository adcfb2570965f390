"""The tour of a first service."""

from __future__ import annotations

import json

import pytest

from tests.builders import notification, service, template
from tests.drafts import draft_of
from tests.users.personas import SERVICE_ID, USER_ID, sign_in, staff

pytestmark = pytest.mark.django_db

BASE = f"/services/{SERVICE_ID}"
API = f"/service/{SERVICE_ID}"
EXAMPLE = template(service=SERVICE_ID, content="Hello ((name)), ((colour)).")
TOUR = f"{BASE}/tour/{EXAMPLE['id']}"
END = f"{BASE}/end-tour/{EXAMPLE['id']}"


@pytest.fixture
def example(api):
    """Let the API know the service and its example: `example(template_type="email")`."""
    api.assert_all_requests_are_fired = False
    api.get(API, json={"data": service(id=SERVICE_ID)})

    def tell(**overrides):
        told = {**EXAMPLE, **overrides}
        api.upsert(
            "GET", api.url(f"{API}/template/{EXAMPLE['id']}"), json={"data": told}
        )

    tell()
    return tell


@pytest.fixture
def newcomer(client, api, example):
    """The browser of somebody who has just made the service."""
    person = staff("send_messages", "manage_templates", mobile_number="07700900123")
    return sign_in(client, person, api)


def test_the_example_goes_to_the_own_phone(newcomer, api):
    sent = notification(service=SERVICE_ID, template=EXAMPLE)
    asked = api.post(f"{API}/send-notification", status=201, json={"id": sent["id"]})
    api.get(f"{API}/notifications/{sent['id']}", json=sent)

    assert f'href="{TOUR}/step-1"' in newcomer.get(TOUR).content.decode()
    second = newcomer.post(f"{TOUR}/step-1", {"value": "Nia"})
    third = newcomer.post(second["Location"], {"value": "green"})
    check = newcomer.get(newcomer.get(third["Location"])["Location"])
    last = newcomer.post(f"{BASE}/template/{EXAMPLE['id']}/notification/check")
    page = newcomer.get(last["Location"]).content.decode()

    assert second["Location"] == f"{TOUR}/step-2"
    assert "Hello Nia, green." in check.content.decode()
    assert "07700900123" in check.content.decode()
    body = json.loads(asked.calls[0].request.body)
    assert body["to"] == "07700900123"
    assert body["personalisation"] == {"name": "Nia", "colour": "green"}
    assert f'href="{END}"' in page


def test_messages_of_other_templates_do_not_lead_back_to_the_tour(newcomer, api):
    other = notification(service=SERVICE_ID)
    api.get(f"{API}/notifications/{other['id']}", json=other)
    newcomer.get(TOUR)

    page = newcomer.get(f"{BASE}/notification/{other['id']}").content.decode()

    assert END not in page


def test_the_first_page_begins_anew(newcomer):
    newcomer.get(TOUR)
    newcomer.post(f"{TOUR}/step-1", {"value": "Nia"})

    newcomer.get(TOUR)

    assert draft_of(USER_ID, SERVICE_ID, EXAMPLE["id"]) == {
        "phonenumber": "07700900123"
    }


@pytest.mark.parametrize(("answered", "to"), [((), ""), (("Nia",), "/step-2")])
def test_nothing_is_sent_with_open_questions(newcomer, answered, to):
    if answered:
        newcomer.get(TOUR)
    for step, value in enumerate(answered, 1):
        newcomer.post(f"{TOUR}/step-{step}", {"value": value})

    assert newcomer.get(f"{TOUR}/check")["Location"] == f"{TOUR}{to}"


@pytest.mark.parametrize("kind", ["email", "letter"])
def test_only_text_messages_have_a_tour(newcomer, example, kind):
    example(template_type=kind, subject="About")

    response = newcomer.get(TOUR)

    assert response["Location"] == f"{BASE}/templates/{EXAMPLE['id']}"


def test_who_has_no_phone_sees_the_template(client, api, example):
    person = staff("send_messages", mobile_number=None, auth_type="email_auth")

    response = sign_in(client, person, api).get(TOUR)

    assert response["Location"] == f"{BASE}/templates/{EXAMPLE['id']}"


@pytest.mark.parametrize(("choice", "deleted"), [({"delete": "yes"}, 1), ({}, 0)])
def test_the_example_may_be_kept_or_deleted(newcomer, api, choice, deleted):
    asked = api.post(f"{API}/template/{EXAMPLE['id']}", json={"data": EXAMPLE})
    newcomer.get(TOUR)

    page = newcomer.get(END).content.decode()
    assert asked.call_count == 0
    response = newcomer.post(END, choice)

    assert "Do you want to keep" in page
    assert response["Location"] == BASE
    assert asked.call_count == deleted
    assert "tour" not in newcomer.session


def test_an_example_that_is_gone_ends_the_tour(newcomer, example):
    example(archived=True)

    assert newcomer.get(END)["Location"] == BASE
