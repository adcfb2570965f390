from __future__ import annotations

import html
import re
import uuid

import pytest

from portal.common.models import AuditEvent
from tests.message_templates.conftest import API, BASE, own_folder, own_template
from tests.users.personas import SERVICE_ID, outsider, staff, superuser

SEND = f"/services/{SERVICE_ID}/send"


def test_a_template_is_shown_as_its_recipients_get_it(editor, known):
    url = known(own_template(content="Hello ((name))"))

    page = editor.get(url).content.decode()

    assert "Parking permits: Hello " in page
    assert '<mark class="placeholder">((name))</mark>' in page


def test_the_template_behind_uploaded_letters_is_no_page(editor, known):
    url = known(own_template(template_type="letter", is_precompiled_letter=True))

    assert editor.get(url).status_code == 404


def test_an_email_is_shown_in_a_frame_that_runs_nothing(editor, known):
    email = own_template(template_type="email", subject="Hi", content="# Dear ((name))")

    page = editor.get(known(email)).content.decode()

    frame = re.search(r"<iframe[^>]*>", page)[0]
    assert "allow-scripts" not in frame
    assert " sandbox=" in frame
    assert "<h2>Dear <mark" in html.unescape(frame)


def test_a_letter_is_shown_as_text(editor, known):
    letter = own_template(
        template_type="letter", subject="Final ((x))", content="Dear Ann"
    )

    page = editor.get(known(letter)).content.decode()

    assert "portal-letter" in page
    assert "Dear Ann" in page


def test_the_page_costs_two_calls_besides_person_and_service(editor, known, api_calls):
    url = known(own_template())

    editor.get(url)

    assert sorted(call.route for call in api_calls) == [
        "/service/<id>",
        "/service/<id>/template-folder",
        "/service/<id>/template/<id>",
        "/user/<id>",
    ]


def test_the_way_to_the_template_leads_through_its_folders(editor, known):
    folder = own_folder("Permits")
    url = known(own_template(folder=folder["id"]), folders=[folder])

    page = editor.get(url).content.decode()

    assert f'href="{BASE}/folders/{folder["id"]}"' in page


def actions_of(page, template):
    addresses = {
        "send": f"{SEND}/{template['id']}/set-sender",
        "upload": f"{SEND}/{template['id']}/csv",
        "edit": f"{BASE}/{template['id']}/edit",
        "delete": f"{BASE}/{template['id']}/delete",
        "redact": f"{BASE}/{template['id']}/redact",
    }
    return [name for name, url in addresses.items() if f'href="{url}"' in page]


ALL = ["send", "upload", "edit", "delete", "redact"]


@pytest.mark.parametrize(
    ("who", "offered"),
    [
        (staff("view_activity"), []),
        (staff("send_messages"), ALL[:2]),
        (staff("manage_templates"), ALL[2:]),
        (staff("send_messages", "manage_templates"), ALL),
        (superuser(), ALL),
    ],
    ids=["viewer", "sender", "editor", "both", "platform admin"],
)
def test_the_page_offers_what_the_person_may_do(signed_in, known, who, offered):
    browser, template = signed_in(who), own_template()

    page = browser.get(known(template)).content.decode()

    assert actions_of(page, template) == offered


def test_a_service_that_may_not_send_the_kind_offers_no_sending(
    signed_in, known, known_service
):
    browser, template = signed_in(superuser()), own_template()
    known_service(permissions=["email"])

    page = browser.get(known(template)).content.decode()

    assert actions_of(page, template) == ALL[2:]


def test_in_a_hidden_folder_nothing_is_offered(signed_in, known):
    browser = signed_in(staff("send_messages", "manage_templates"))
    folder = own_folder("Hidden", users_with_permission=[])
    template = own_template(folder=folder["id"])

    page = browser.get(known(template, folders=[folder])).content.decode()

    assert actions_of(page, template) == []


def test_a_deleted_template_is_shown_and_says_so(editor, known):
    template = own_template(archived=True, updated_at="2026-01-05T09:00:00.000000Z")

    response = editor.get(known(template))

    page = response.content.decode()
    assert response.status_code == 200
    assert "This template was deleted on 5 January" in page
    assert actions_of(page, template) == []


@pytest.mark.parametrize("page", ["edit", "delete", "redact"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_deleted_template_cannot_be_changed(editor, known, api, page, method):
    template = own_template(archived=True)
    url = known(template)
    if (method, page) == ("get", "delete"):
        last_used(api, template, None)

    response = getattr(editor, method)(f"{url}/{page}", {"name": "x", "content": "y"})

    assert response["Location"] == url
    assert not [call for call in api.calls if call.request.method == "POST"]


def test_an_unknown_template_is_not_found(editor, api, listed):
    listed()
    pk = uuid.uuid4()
    api.get(f"{API}/template/{pk}", status=404, json={"message": "No result found"})

    assert editor.get(f"{BASE}/{pk}").status_code == 404


def test_somebody_else_does_not_see_it(signed_in, known):
    browser = signed_in(outsider())

    assert browser.get(known(own_template())).status_code == 403


@pytest.mark.parametrize("page", ["edit", "delete", "redact"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_only_those_who_may_change_templates_can_change_one(
    signed_in, known, page, method
):
    browser = signed_in(staff("send_messages", "view_activity"))
    url = known(own_template())

    assert getattr(browser, method)(f"{url}/{page}").status_code == 403


@pytest.mark.parametrize("page", ["edit", "delete", "redact"])
def test_a_template_in_a_hidden_folder_cannot_be_changed(editor, known, page):
    folder = own_folder("Hidden", users_with_permission=[])
    url = known(own_template(folder=folder["id"]), folders=[folder])

    assert editor.post(f"{url}/{page}").status_code == 403


# --- deleting


def last_used(api, template, when):
    api.get(
        f"{API}/template-statistics/last-used/{template['id']}",
        json={"last_date_used": when},
    )


@pytest.mark.parametrize(
    ("when", "sentence"),
    [
        ("2026-01-05T09:00:00.000000Z", "It was last used on 5 January at 9:00am."),
        (None, "It has not been used in the last year."),
    ],
)
def test_deleting_asks_and_says_when_it_was_last_used(
    editor, known, api, when, sentence
):
    template = own_template(name="Ready")
    last_used(api, template, when)

    page = editor.get(f"{known(template)}/delete").content.decode()

    assert "Delete “Ready”?" in page
    assert sentence in page


def test_a_template_is_deleted_and_the_deed_noted(editor, known, api, sent_to):
    template = own_template(name="Ready")
    url = known(template)
    api.post(f"{API}/template/{template['id']}", json={"data": template})

    response = editor.post(f"{url}/delete")

    event = AuditEvent.objects.get()
    assert response["Location"] == BASE
    assert sent_to(f"{API}/template/{template['id']}") == [{"archived": True}]
    assert (event.action, event.object_id) == ("deleted", template["id"])


# --- hiding personalisation


def test_personalisation_is_hidden_after_a_question(editor, known, api, sent_to):
    template = own_template()
    url = known(template)
    api.post(f"{API}/template/{template['id']}", json=None)

    asked = editor.get(f"{url}/redact").content.decode()
    response = editor.post(f"{url}/redact")

    assert "This cannot be undone." in asked
    assert response["Location"] == url
    assert sent_to(f"{API}/template/{template['id']}") == [
        {"redact_personalisation": True}
    ]


def test_personalisation_that_is_hidden_already_is_no_change(editor, known, sent_to):
    template = own_template(redact_personalisation=True)

    editor.post(f"{known(template)}/redact")

    assert sent_to(f"{API}/template/{template['id']}") == []


# --- folders


def test_a_folder_is_renamed_and_those_who_see_it_stay(editor, listed, api, sent_to):
    folder = own_folder("Permits")
    listed(folders=[folder])
    path = f"{API}/template-folder/{folder['id']}"
    api.post(path, json={"data": folder})

    response = editor.post(f"{BASE}/folders/{folder['id']}/manage", {"name": "Passes"})

    assert response["Location"] == f"{BASE}/folders/{folder['id']}"
    assert sent_to(path) == [
        {"name": "Passes", "users_with_permission": folder["users_with_permission"]}
    ]


def test_a_folder_keeps_its_name_when_none_is_given(editor, listed):
    folder = own_folder("Permits")
    listed(folders=[folder])

    response = editor.post(f"{BASE}/folders/{folder['id']}/manage", {"name": ""})

    assert response.status_code == 400
    assert "Enter a folder name." in response.content.decode()


def test_only_an_empty_folder_offers_to_be_deleted(editor, listed):
    full, empty = own_folder("Full"), own_folder("Empty")
    listed(own_template(folder=full["id"]), folders=[full, empty])

    pages = [
        editor.get(f"{BASE}/folders/{folder['id']}/manage").content.decode()
        for folder in (full, empty)
    ]

    assert ["Delete this folder" in page for page in pages] == [False, True]


def test_deleting_a_folder_asks_first(editor, listed):
    folder = own_folder("Permits")
    listed(folders=[folder])

    page = editor.get(f"{BASE}/folders/{folder['id']}/delete").content.decode()

    assert "Delete the folder “Permits”?" in page


def test_a_deleted_folder_leads_to_the_one_above(editor, listed, api):
    above = own_folder("Above")
    folder = own_folder("Permits", parent_id=above["id"])
    listed(folders=[above, folder])
    api.delete(f"{API}/template-folder/{folder['id']}", status=204)

    response = editor.post(f"{BASE}/folders/{folder['id']}/delete")

    assert response["Location"] == f"{BASE}/folders/{above['id']}"


def test_a_folder_that_is_not_empty_stays(editor, listed, api):
    folder = own_folder("Permits")
    listed(folders=[folder])
    api.delete(
        f"{API}/template-folder/{folder['id']}",
        status=400,
        json={"result": "error", "message": "Folder is not empty"},
    )

    response = editor.post(f"{BASE}/folders/{folder['id']}/delete", follow=True)

    assert "“Permits” is not empty." in response.content.decode()


def test_a_hidden_folder_cannot_be_managed(editor, listed):
    folder = own_folder("Hidden", users_with_permission=[])
    listed(folders=[folder])

    for page in ("manage", "delete"):
        response = editor.post(f"{BASE}/folders/{folder['id']}/{page}", {"name": "x"})
        assert response.status_code == 404
