"""What a service and a number have said, and an answer with a template."""

from __future__ import annotations

import json

import pytest

from tests.builders import folder, notification, received, template
from tests.drafts import draft_of
from tests.inbound.conftest import API, BASE
from tests.users.personas import SERVICE_ID, USER_ID, staff

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}
IN = received(content="Which trees?", created_at="2026-01-05T10:00:00.000000Z")
OUT = notification(
    service=SERVICE_ID,
    to="07700900001",
    created_at="2026-01-05T09:00:00.000000Z",
    personalisation={"name": "Rae"},
    template=template(content="Dear ((name)), we plant."),
)
TALK = f"{BASE}/conversation/{IN['id']}"
SMS = template(service=SERVICE_ID, name="Trees", content="Hello ((name))")


def body(call):
    return json.loads(call.request.body)


@pytest.fixture
def talk(api):
    """Let the API know both sides; gives the call for what came in."""
    api.get(f"{API}/inbound-sms/{IN['id']}", json=IN)
    api.post(f"{API}/notifications", json={"notifications": [OUT], "links": {}})
    return api.post(f"{API}/inbound-sms", json={"data": [IN]})


def test_both_sides_are_shown_the_oldest_first(viewer, talk, api):
    notifications = api.url(f"{API}/notifications")

    page = viewer.get(TALK).content.decode()

    assert "07700 900001</h1>" in page
    assert page.index("Dear Rae, we plant.") < page.index("Which trees?")
    assert "Delivered" in page
    assert body(talk.calls[0]) == {"phone_number": "447700900001"}
    search = next(call for call in api.calls if call.request.url == notifications)
    assert body(search)["to"] == "447700900001"
    assert body(search)["template_type"] == "sms"


def test_a_message_that_was_sent_leads_there_too(viewer, talk, api):
    api.get(f"{API}/inbound-sms/{OUT['id']}", status=404, json={"message": "none"})
    api.get(f"{API}/notifications/{OUT['id']}", json=OUT)

    page = viewer.get(f"{BASE}/conversation/{OUT['id']}").content.decode()

    assert "Which trees?" in page
    assert body(talk.calls[0]) == {"phone_number": "07700900001"}


def test_what_is_neither_is_not_found(viewer, api):
    api.get(f"{API}/inbound-sms/{OUT['id']}", status=404, json={"message": "none"})
    api.get(f"{API}/notifications/{OUT['id']}", status=404, json={"message": "none"})

    assert viewer.get(f"{BASE}/conversation/{OUT['id']}").status_code == 404


def test_an_email_is_no_conversation(viewer, api):
    email = {**OUT, "notification_type": "email", "to": "ann@example.com"}
    api.get(f"{API}/inbound-sms/{OUT['id']}", status=404, json={"message": "none"})
    api.get(f"{API}/notifications/{OUT['id']}", json=email)

    assert viewer.get(f"{BASE}/conversation/{OUT['id']}").status_code == 404


def test_a_poll_gets_the_messages_only(viewer, talk):
    part = viewer.get(TALK, headers=HTMX)

    assert "<html" not in part.content.decode()
    assert "Which trees?" in part.content.decode()


def test_hidden_personalisation_stays_hidden(viewer, talk, api):
    hidden = {**OUT["template"], "redact_personalisation": True}
    rows = {"notifications": [{**OUT, "template": hidden}], "links": {}}
    api.replace("POST", api.url(f"{API}/notifications"), json=rows)

    assert "Rae" not in viewer.get(TALK).content.decode()


def test_who_may_not_send_is_not_offered_to(signed_in, receiving, talk):
    page = signed_in(staff("view_activity")).get(TALK).content.decode()

    assert "reply-with" not in page


# --- an answer


@pytest.fixture
def templates(api):
    """A text message at the top, and one in a folder; an e-mail, which is no answer."""
    inside = folder(service_id=SERVICE_ID, name="More", users_with_permission=[USER_ID])
    rows = [
        SMS,
        template(service=SERVICE_ID, name="Inside", folder=inside["id"]),
        template(service=SERVICE_ID, name="Email", template_type="email"),
    ]
    api.get(f"{API}/inbound-sms/{IN['id']}", json=IN)
    api.get(f"{API}/template", json={"data": rows})
    api.get(f"{API}/template-folder", json={"template_folders": [inside]})
    return inside


def test_text_message_templates_are_offered(viewer, templates):
    top = viewer.get(f"{TALK}/reply-with").content.decode()
    inner = viewer.get(f"{TALK}/reply-with/from-folder/{templates['id']}")

    assert "Choose a template for 07700 900001" in top
    assert f'href="{TALK}/reply-with/{SMS["id"]}"' in top
    assert ">Email<" not in top
    assert "More" in top
    assert "Inside" in inner.content.decode()


def test_templates_are_found_by_name(viewer, templates):
    page = viewer.get(f"{TALK}/reply-with?search=insi").content.decode()

    assert "Inside" in page
    assert ">Trees<" not in page


def test_a_folder_that_somebody_does_not_see_is_not_found(viewer, templates):
    other = folder()["id"]

    assert viewer.get(f"{TALK}/reply-with/from-folder/{other}").status_code == 404


def test_the_number_is_filled_in(viewer, api):
    api.get(f"{API}/inbound-sms/{IN['id']}", json=IN)
    api.get(f"{API}/template/{SMS['id']}", json={"data": SMS})

    response = viewer.get(f"{TALK}/reply-with/{SMS['id']}")

    assert response["Location"] == f"{BASE}/send/{SMS['id']}/one-off/step-1"
    assert draft_of(USER_ID, SERVICE_ID, SMS["id"]) == {"phonenumber": "07700 900001"}
