"""How recipients of files reach a service."""

from __future__ import annotations

import json

import pytest

from portal.common.models import AuditEvent
from portal.services.contact_details import kind_of, problem_of
from tests.services.conftest import API, BASE
from tests.users.personas import staff

pytestmark = pytest.mark.django_db

PAGE = f"{BASE}/service-settings/send-files-by-email"


@pytest.mark.parametrize(
    ("data", "contact"),
    [
        (
            {"kind": "url", "url": "https://example.com/x", "phone_number": "1"},
            "https://example.com/x",
        ),
        ({"kind": "email_address", "email_address": "a@example.com"}, "a@example.com"),
        ({"kind": "phone_number", "phone_number": "020 7946 0000"}, "020 7946 0000"),
        ({"kind": "phone_number", "phone_number": "0800 12 x 34"}, "0800 12 x 34"),
        ({"kind": "phone_number", "phone_number": "60006"}, "60006"),
    ],
)
def test_each_kind_of_contact_details_is_saved(signed_in, api, data, contact):
    client = signed_in(staff("manage_service"))
    api.post(API, json={"data": {}})

    response = client.post(PAGE, data)

    assert response["Location"] == PAGE
    sent = json.loads(api.calls[-1].request.body)
    assert sent["contact_link"] == contact
    assert AuditEvent.objects.get().after == {"contact_link": contact}


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({}, "Choose how recipients can contact you."),
        ({"kind": "pigeon"}, "Choose how recipients can contact you."),
        ({"kind": "url"}, "Enter the address of a web page."),
        ({"kind": "url", "url": "example"}, "Enter a whole web address"),
        ({"kind": "url", "url": "javascript:alert(1)"}, "Enter a whole web address"),
        (
            {"kind": "url", "url": f"https://example.com/{'x' * 240}"},
            "must have 255 characters or fewer",
        ),
        ({"kind": "email_address"}, "Enter an email address."),
        (
            {"kind": "email_address", "email_address": "team"},
            "Enter an email address in the correct form",
        ),
        ({"kind": "phone_number"}, "Enter a phone number."),
        ({"kind": "phone_number", "phone_number": "12"}, "with 3 to 20 digits"),
        ({"kind": "phone_number", "phone_number": "call us"}, "with 3 to 20 digits"),
        ({"kind": "phone_number", "phone_number": "999"}, "not that of the emergency"),
    ],
)
def test_wrong_contact_details_are_refused_in_words(signed_in, data, told):
    client = signed_in(staff("manage_service"))

    response = client.post(PAGE, data)

    page = response.content.decode()
    assert response.status_code == 400
    assert page.count(told) == 2
    assert not AuditEvent.objects.exists()


def test_the_same_details_are_not_sent_again(signed_in, known_service):
    known_service(contact_link="a@example.com")
    client = signed_in(staff("manage_service"))

    page = client.get(PAGE).content.decode()
    client.post(PAGE, {"kind": "email_address", "email_address": "a@example.com"})

    assert 'value="a@example.com"' in page
    assert not AuditEvent.objects.exists()


def test_what_the_api_refuses_stands_at_the_field(signed_in, api):
    client = signed_in(staff("manage_service"))
    refusal = {"result": "error", "message": {"contact_link": ["Not that one."]}}
    api.post(API, status=400, json=refusal)

    response = client.post(
        PAGE, {"kind": "email_address", "email_address": "a@example.com"}
    )

    assert response.status_code == 400
    assert 'href="#id_email_address">Not that one.' in response.content.decode()


@pytest.mark.parametrize(
    ("contact", "kind"),
    [
        ("", ""),
        ("HTTPS://example.com", "url"),
        ("a@b.example", "email_address"),
        ("0300 1", "phone_number"),
    ],
)
def test_kinds_are_told_apart(contact, kind):
    assert kind_of(contact) == kind
    assert problem_of("phone_number", "+44 (0)20 7946-0000") == ""
