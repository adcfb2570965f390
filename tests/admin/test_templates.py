"""Templates and API keys in the admin: of one service at a time."""

from __future__ import annotations

import pytest

from portal.common.models import AuditEvent
from tests.admin.forms import form_of, rows, sent
from tests.builders import api_key, new_id, service, template, user

LIST = "/admin/message_templates/template/"
KEYS = "/admin/api_keys/apikey/"
PARKING = service(name="Parking permits")
ID = PARKING["id"]
SCOPE = f"?service__id__exact={ID}"
READY = template(name="Permit ready", service=ID)
CHANGE = f"{LIST}{READY['id']}/change/?_changelist_filters=service__id__exact%3D{ID}"
ADA = user(name="Ada")
KEY = api_key(name="Website", created_by=ADA["id"])
OLD_KEY = api_key(
    name="Old", created_by=ADA["id"], expiry_date="2026-01-01T00:00:00.000000Z"
)


@pytest.fixture
def parking(api):
    api.get(f"/service/{ID}", json={"data": PARKING})
    brief = ("id", "name", "template_type", "folder", "is_precompiled_letter")
    lines = [{name: READY[name] for name in brief}]
    api.get(f"/service/{ID}/template", json={"data": lines})
    api.get(f"/service/{ID}/template/{READY['id']}", json={"data": READY})
    api.get(f"/service/{ID}/api-keys", json={"apiKeys": [KEY, OLD_KEY]})
    api.get(f"/user/{ADA['id']}", json={"data": ADA})
    api.get(f"/service/{ID}/users", json={"data": [ADA]})


@pytest.mark.parametrize("path", [LIST, KEYS])
def test_without_a_service_the_page_asks_for_one(pat, asked, path):
    page = pat.get(path)

    assert page.status_code == 200
    assert b"of one service at a time: choose one" in page.content
    assert asked() == []


def test_an_unknown_service_is_an_error_of_the_box(pat, api):
    api.get("/service/<id>", status=404, json={"message": "No result found"})

    page = pat.get(f"{LIST}?service__id__exact={new_id()}")

    assert page.status_code == 200
    assert b"Select a valid choice" in page.content


def test_the_list_costs_the_service_and_its_templates(pat, parking, asked):
    page = pat.get(f"{LIST}{SCOPE}")

    assert rows(page) == ["Permit ready"]
    assert b"The templates of Parking permits." in page.content
    assert asked() == ["GET /service/<id>", "GET /service/<id>/template"]


def test_the_list_is_searched_and_filtered(pat, parking):
    assert rows(pat.get(f"{LIST}{SCOPE}&q=ready")) == ["Permit ready"]
    assert rows(pat.get(f"{LIST}{SCOPE}&template_type__exact=email")) == []


def test_the_change_page_costs_two_calls(pat, parking, asked):
    page = pat.get(CHANGE)

    assert b"your permit is ready" in page.content
    assert asked() == ["GET /service/<id>/template/<id>", "GET /service/<id>"]


def test_a_template_is_found_by_its_id_alone(pat, parking, api, asked):
    api.post(
        "/platform-admin/find-by-uuid",
        json={"type": "template", "context": {"service_id": ID}},
    )

    assert pat.get(f"{LIST}{READY['id']}/change/").status_code == 200
    assert asked()[0] == "POST /platform-admin/find-by-uuid"


def test_something_else_with_that_id_is_no_template(pat, api):
    api.post("/platform-admin/find-by-uuid", json={"type": "service", "context": {}})

    response = pat.get(f"{LIST}{ID}/change/")

    assert response.status_code == 302


def test_a_change_goes_back_to_the_services_list(pat, parking, api):
    path = f"/service/{ID}/template/{READY['id']}"
    api.post(path, json={"data": {**READY, "content": "Come and get it."}})
    data = form_of(pat.get(CHANGE)) | {"content": "Come and get it."}

    response = pat.post(CHANGE, data)

    assert response["Location"] == f"{LIST}{SCOPE}"
    body = sent(api, path)
    assert body.pop("created_by")
    assert body == {"content": "Come and get it."}


def test_content_that_is_too_long_is_an_error_of_the_content(pat, parking, api):
    told = "Content has a character count greater than the limit of 918"
    api.post(
        f"/service/{ID}/template/{READY['id']}",
        status=400,
        json={"result": "error", "message": {"content": [told]}},
    )
    data = form_of(pat.get(CHANGE)) | {"content": "x" * 919}

    page = pat.post(CHANGE, data)

    assert page.context["adminform"].form.errors == {"content": [told]}
    assert b"x" * 919 in page.content


def test_adding_a_template(pat, parking, api):
    api.post(f"/service/{ID}/template", status=201, json={"data": READY})
    page = pat.get(f"{LIST}add/?_changelist_filters=service__id__exact%3D{ID}")
    data = form_of(page) | {
        "template_type": "sms",
        "name": "Permit ready",
        "content": "Hello",
    }
    assert str(data["service"]) == ID

    response = pat.post(f"{LIST}add/", data)

    assert response.status_code == 302, response.context["errors"]
    assert sent(api, f"/service/{ID}/template")["content"] == "Hello"


def test_archiving_a_template(pat, parking, api):
    path = f"/service/{ID}/template/{READY['id']}"
    api.post(path, json={"data": {**READY, "archived": True}})

    response = pat.post(CHANGE.replace("/change/", "/delete/"), {"post": "yes"})

    assert response.status_code == 302
    assert sent(api, path)["archived"] is True


def test_the_keys_of_a_service_cost_its_list_and_their_makers(pat, parking, asked):
    page = pat.get(f"{KEYS}{SCOPE}")

    assert rows(page) == ["Old", "Website"]
    assert b"Ada" in page.content
    assert asked() == [
        "GET /service/<id>",
        "GET /service/<id>/api-keys",
        "GET /service/<id>/users",
    ]


def test_keys_are_filtered_by_their_state(pat, parking):
    assert rows(pat.get(f"{KEYS}{SCOPE}&state=in-use")) == ["Website"]
    assert rows(pat.get(f"{KEYS}{SCOPE}&state=revoked")) == ["Old"]


def test_keys_are_read_and_revoked_not_made_or_changed(pat, parking, api):
    api.post(f"/service/{ID}/api-key/revoke/{KEY['id']}", status=202, json=None)
    kept = f"?_changelist_filters=service__id__exact%3D{ID}"

    page = pat.get(f"{KEYS}{KEY['id']}/change/{kept}")
    response = pat.post(f"{KEYS}{KEY['id']}/delete/{kept}", {"post": "yes"})

    assert b"Revoke" in page.content
    assert b'name="_save"' not in page.content
    assert response.status_code == 302
    assert pat.get(f"{KEYS}add/").status_code == 403
    assert response["Location"] == f"{KEYS}{SCOPE}"
    assert AuditEvent.objects.get().action == "revoked"


def test_the_files_of_an_email_are_told(pat, parking, api):
    file = {
        "id": new_id(),
        "filename": "rules.pdf",
        "link_text": None,
        "retention_period": 26,
        "validate_users_email": True,
        "pending": False,
    }
    told = READY | {"template_type": "email", "subject": "S", "email_files": [file]}
    api.replace(
        "GET", api.url(f"/service/{ID}/template/{READY['id']}"), json={"data": told}
    )

    page = pat.get(CHANGE).content.decode()

    assert "rules.pdf" in page
    assert f"/services/{ID}/templates/{READY['id']}/files" in page
