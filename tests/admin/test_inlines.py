"""What belongs to a service, under the tabs of its page."""

from __future__ import annotations

import pytest

from portal.common.models import AuditEvent
from tests.admin.forms import sent
from tests.builders import MOMENT, new_id, service

CALLBACK = new_id()
PARKING = service(
    name="Parking permits",
    service_callback_api=[
        {"callback_id": CALLBACK, "callback_type": "delivery_status"},
    ],
)
PATH = f"/service/{PARKING['id']}"
CHANGE = f"/admin/services/service/{PARKING['id']}/change/"
ONE, TWO = (
    {
        "id": new_id(),
        "service_id": PARKING["id"],
        "email_address": f"{name}@example.gov.uk",
        "is_default": name == "one",
        "archived": False,
        "created_at": MOMENT,
        "updated_at": None,
    }
    for name in ("one", "two")
)
REPLY_TO = f"{PATH}/email-reply-to"


@pytest.fixture
def parking(api):
    api.assert_all_requests_are_fired = False
    api.get(PATH, json={"data": PARKING})
    api.get(REPLY_TO, json=[ONE, TWO])
    api.get(f"{PATH}/sms-sender", json=[])
    api.get(f"{PATH}/letter-contact", json=[])
    callback = {
        "id": CALLBACK,
        "service_id": PARKING["id"],
        "url": "https://example.com/told",
        "callback_type": "delivery_status",
        "updated_by_id": new_id(),
        "created_at": MOMENT,
        "updated_at": None,
    }
    api.get(f"{PATH}/callback-api/{CALLBACK}", json={"data": callback})


def rows_of(page):
    """What a browser would send back of the rows."""
    formset = page.context["inline_admin_formsets"][0].formset
    data = {
        f"{formset.prefix}-{k}": v for k, v in formset.management_form.initial.items()
    }
    for form in formset.forms:
        for bound in form:
            value = bound.value()
            if value is True:
                data[bound.html_name] = "on"
            elif value not in (None, False):
                data[bound.html_name] = value
    return formset.prefix, data


@pytest.mark.parametrize(
    ("tab", "words", "calls"),
    [
        ("reply-to", "two@example.gov.uk", ["GET /service/<id>/email-reply-to"]),
        ("sms-senders", "Text message senders", ["GET /service/<id>/sms-sender"]),
        ("letter-senders", "Letter senders", ["GET /service/<id>/letter-contact"]),
        (
            "callbacks",
            "https://example.com/told",
            ["GET /service/<id>/callback-api/<id>"],
        ),
    ],
)
def test_each_tab_asks_for_its_own_list_only(pat, parking, asked, tab, words, calls):
    page = pat.get(f"{CHANGE}?part={tab}").content.decode()

    assert words in page
    assert 'aria-current="page"' in page
    assert asked() == ["GET /service/<id>", *calls]
    pat.get(f"{CHANGE}?part={tab}")
    assert asked() == calls


def test_rows_are_added_changed_and_taken_away(pat, parking, api, asked):
    api.post(REPLY_TO, status=201, json={"data": {**ONE, "id": new_id()}})
    api.post(f"{REPLY_TO}/{ONE['id']}", json={"data": ONE})
    api.post(f"{REPLY_TO}/{TWO['id']}/archive", json={"data": TWO})
    prefix, data = rows_of(pat.get(f"{CHANGE}?part=reply-to"))
    data[f"{prefix}-0-email_address"] = "first@example.gov.uk"
    data[f"{prefix}-1-DELETE"] = "on"
    data[f"{prefix}-2-email_address"] = "new@example.gov.uk"
    asked()

    response = pat.post(f"{CHANGE}?part=reply-to", data)

    assert response.status_code == 302, response.context["errors"]
    assert response["Location"] == f"{CHANGE}?part=reply-to"
    assert sorted(asked()) == [
        "GET /service/<id>/email-reply-to",
        "POST /service/<id>/email-reply-to",
        "POST /service/<id>/email-reply-to/<id>",
        "POST /service/<id>/email-reply-to/<id>/archive",
    ]
    assert (
        sent(api, f"{REPLY_TO}/{ONE['id']}")["email_address"] == "first@example.gov.uk"
    )
    assert sent(api, REPLY_TO)["email_address"] == "new@example.gov.uk"
    actions = AuditEvent.objects.values_list("action", "model")
    assert sorted(actions) == [
        (action, "services.serviceemailreplyto")
        for action in ("added", "archived", "changed")
    ]


def test_permissions_are_not_touched_under_a_tab(pat, parking, api):
    _prefix, data = rows_of(pat.get(f"{CHANGE}?part=reply-to"))

    assert pat.post(f"{CHANGE}?part=reply-to", data).status_code == 302

    assert [call for call in api.calls if call.request.method == "POST"] == []
    assert AuditEvent.objects.count() == 0


def test_the_refusal_of_the_first_row_gives_the_form_back(pat, parking, api):
    told = {"result": "error", "message": "Your service already uses that address."}
    api.post(REPLY_TO, status=409, json=told)
    prefix, data = rows_of(pat.get(f"{CHANGE}?part=reply-to"))
    data[f"{prefix}-2-email_address"] = "taken@example.gov.uk"

    page = pat.post(f"{CHANGE}?part=reply-to", data)

    assert page.status_code == 200
    assert b"already uses that address" in page.content
    assert b"taken@example.gov.uk" in page.content
    assert AuditEvent.objects.count() == 0


def test_a_later_refusal_is_told_with_what_was_typed_in(pat, parking, api):
    told = {"result": "error", "message": "Your service already uses that address."}
    api.post(f"{REPLY_TO}/{ONE['id']}", json={"data": ONE})
    api.post(REPLY_TO, status=409, json=told)
    prefix, data = rows_of(pat.get(f"{CHANGE}?part=reply-to"))
    data[f"{prefix}-0-email_address"] = "first@example.gov.uk"
    data[f"{prefix}-2-email_address"] = "taken@example.gov.uk"

    page = pat.post(f"{CHANGE}?part=reply-to", data, follow=True).content.decode()
    assert "aken@example.gov.uk: Your service already uses that address." in page
    assert "The other rows were saved." in page
    assert AuditEvent.objects.get().action == "changed"


def test_a_callback_keeps_its_token_unless_another_is_typed_in(pat, parking, api):
    path = f"{PATH}/callback-api/{CALLBACK}"
    api.post(path, json={"data": {"id": CALLBACK}})
    address = f"{CHANGE}?part=callbacks"
    prefix, data = rows_of(pat.get(address))
    data[f"{prefix}-0-url"] = "https://example.com/elsewhere"

    assert pat.post(address, data).status_code == 302
    assert "bearer_token" not in sent(api, path)
    data[f"{prefix}-0-token"] = "a-new-and-long-token"
    assert pat.post(address, data).status_code == 302

    assert sent(api, path)["bearer_token"] == "a-new-and-long-token"
    assert "a-new-and-long-token" not in str(list(AuditEvent.objects.values()))
