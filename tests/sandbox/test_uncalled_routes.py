"""The routes of the API that no client of the portal calls: they are there all the same."""

from __future__ import annotations

import json
import re

import pytest

from tests.sandbox.conftest import ROOT

ROUTES = json.loads((ROOT / "tests" / "contract" / "api_routes.json").read_text())
REACHED = set()


@pytest.fixture
def call(sandbox):
    """Call a route by its rule, and note that it was reached."""

    def reach(method, rule, *params, data=None, query="", status=200):
        assert f"{method} {rule}" in ROUTES["not_called"]
        REACHED.add(f"{method} {rule}")
        values = iter(params)
        path = re.sub(r"<[^>]*>", lambda _: str(next(values)), rule)
        answer = sandbox.call(method, path + query, data)
        assert answer.status_code == status, answer.text
        return answer.json() if answer.content else None

    return reach


def test_each_of_them(sandbox, call, person, live_service, new_template):
    service = live_service["id"]
    keys_and_retention(sandbox, call, person, service)
    invitations(sandbox, call, person, service)
    templates_and_files(sandbox, call, person, live_service, new_template)
    numbers_and_figures(sandbox, call, service)

    assert set(ROUTES["not_called"]) == REACHED


def keys_and_retention(sandbox, call, person, service):
    path = f"/service/{service}"
    key = {"name": "A key", "key_type": "test", "created_by": person["id"]}
    sandbox.post(f"{path}/api-key", key)
    [listed] = sandbox.get(f"{path}/api-keys")["apiKeys"]
    rule = "/service/<uuid:service_id>/api-keys/<uuid:key_id>"
    assert call("GET", rule, service, listed["id"])["apiKeys"] == [listed]

    kept = {"notification_type": "email", "days_of_retention": 3}
    made = sandbox.post(f"{path}/data-retention", kept)["result"]
    rule = "/service/<uuid:service_id>/data-retention/<uuid:data_retention_id>"
    by_id = call("GET", rule, service, made["id"])
    rule = (
        "/service/<uuid:service_id>/data-retention/notification-type/"
        "<notification_type>"
    )
    assert by_id == call("GET", rule, service, "email")
    assert by_id["days_of_retention"] == 3
    assert call("GET", rule, service, "sms") == {}


def invitations(sandbox, call, person, service):
    data = {
        "service": service,
        "email_address": f"new-{service}@example.gov.uk",
        "from_user": person["id"],
        "permissions": "view_activity",
        "auth_type": "sms_auth",
        "folder_permissions": [],
        "invite_link_host": "http://localhost:8000",
    }
    sandbox.post(f"/service/{service}/invite", data)
    [text] = sandbox.sent_to(data["email_address"])
    token = re.search(r"/invitation/(\S+)", text)[1]
    found = call("GET", "/invite/service/<token>", token)["data"]
    assert found["email_address"] == data["email_address"]

    organisation = {
        "name": f"Organisation {service}",
        "crown": True,
        "organisation_type": "central",
    }
    made = sandbox.post("/organisations", organisation)
    address = f"org-{service}@example.gov.uk"
    invite = {
        "email_address": address,
        "invited_by": person["id"],
        "invite_link_host": "http://localhost:8000",
        "permissions": [],
    }
    sandbox.post(f"/organisation/{made['id']}/invite", invite)
    token = re.search(r"/organisation-invitation/(\S+)", sandbox.sent_to(address)[0])[1]
    found = call("GET", "/invite/organisation/<token>", token)["data"]
    assert found["email_address"] == address

    sandbox.post(f"/organisations/{made['id']}/service", {"service_id": service})
    rule = "/service/<uuid:service_id>/organisation"
    assert call("GET", rule, service)["id"] == made["id"]


def templates_and_files(sandbox, call, person, service, new_template):
    text = new_template(service)
    rule = "/service/<uuid:service_id>/template/<uuid:template_id>/preview"
    shown = call("GET", rule, service["id"], text["id"], query="?name=Jo")
    assert shown["content"] == "Hello Jo"
    call("GET", rule, service["id"], text["id"], status=400)

    email = new_template(service, "email", content="See ((letter.pdf))")
    files = (
        "/service/<uuid:service_id>/templates/<uuid:template_id>/template_email_files"
    )
    path = f"/service/{service['id']}/templates/{email['id']}/template_email_files"
    made = sandbox.post(
        path, {"filename": "letter.pdf", "created_by_id": person["id"]}
    )["data"]
    change = {"link_text": "the letter", "pending": False, "retention_period": 4}
    sandbox.post(f"{path}/{made['id']}", change | {"validate_users_email": True})
    [listed] = call("GET", files, service["id"], email["id"])["data"]
    assert listed["filename"] == "letter.pdf"
    rule = f"{files}/<uuid:template_email_file_id>/archive"
    archived = {"archived_by_id": person["id"]}
    call("POST", rule, service["id"], email["id"], made["id"], data=archived)
    assert call("GET", files, service["id"], email["id"])["data"] == []


def numbers_and_figures(sandbox, call, service):
    sandbox.post(f"/inbound-number/service/{service}", {})
    rule = "/inbound-number/service/<uuid:service_id>/off"
    call("POST", rule, service, status=204)
    path = f"/inbound-number/service/{service}"
    assert sandbox.get(path)["data"]["active"] is False

    rule = "/service/<uuid:service_id>/notifications/csv"
    listed = call("POST", rule, service, query="?page_size=5", data={})
    assert listed == {"notifications": [], "page_size": 5}
    assert set(call("GET", "/platform-stats")) == {"email", "letter", "sms"}
