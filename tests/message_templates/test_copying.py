"""Copies of templates: one, or many with their folders, here or in another service."""

from __future__ import annotations

import pytest

from tests.builders import folder, new_id, service, template
from tests.message_templates.conftest import (
    API,
    BASE,
    line_of,
    own_folder,
    own_template,
)
from tests.users.personas import SERVICE_ID, USER_ID, outsider, staff

OTHER = "11111111-0000-4000-8000-00000000000f"
TEXT = {"name": "Ready (copy)", "content": "Hello"}


@pytest.fixture
def other(api):
    """Another service of the person, with one template in a folder."""
    inside = folder(
        name="Theirs", service_id=OTHER, users_with_permission=[USER_ID], parent_id=None
    )
    whole = template(service=OTHER, name="Reminder", content="Hi", folder=inside["id"])
    api.get(f"/service/{OTHER}", json={"data": service(id=OTHER, name="Bins")})
    api.get(f"/service/{OTHER}/template", json={"data": [line_of(whole)]})
    api.get(f"/service/{OTHER}/template/{whole['id']}", json={"data": whole})
    api.get(f"/service/{OTHER}/template-folder", json={"template_folders": [inside]})
    api.get(
        "/service",
        json={
            "data": [
                service(id=SERVICE_ID, name="Parking permits"),
                service(id=OTHER, name="Bins"),
            ]
        },
    )
    return whole | {"folder": inside}


@pytest.fixture
def editor_of_both(signed_in):
    """Somebody who may change the templates of both services."""
    person = staff("manage_templates")
    person["services"].append(OTHER)
    person["permissions"][OTHER] = ["manage_templates"]
    return signed_in(person)


def test_a_copy_begins_with_the_words_of_the_original(editor, known):
    whole = own_template(name="Ready", content="Hello ((name))")
    known(whole)

    page = editor.get(f"{BASE}/copy/{whole['id']}").content.decode()

    assert 'value="Ready (copy)"' in page
    assert "Hello ((name))" in page


def test_a_copy_of_a_copy_is_numbered(editor, known, listed, api):
    whole = own_template(name="Ready")
    api.get(f"{API}/template/{whole['id']}", json={"data": whole})
    listed(
        whole, own_template(name="Ready (copy)"), own_template(name="Ready (copy 2)")
    )

    page = editor.get(f"{BASE}/copy/{whole['id']}").content.decode()

    assert 'value="Ready (copy 3)"' in page


def test_a_copy_is_a_template_of_its_own(editor, known, api, sent_to):
    whole = own_template(name="Ready")
    known(whole)
    made = own_template(name="Ready (copy)")
    api.post(f"{API}/template", status=201, json={"data": made})

    response = editor.post(f"{BASE}/copy/{whole['id']}", TEXT)

    assert response["Location"] == f"{BASE}/{made['id']}"
    assert sent_to(f"{API}/template")[0]["name"] == "Ready (copy)"


def test_the_way_to_a_template_of_another_service(editor_of_both, other, listed):
    listed()

    services = editor_of_both.get(f"{BASE}/copy").content.decode()
    inside = editor_of_both.get(f"{BASE}/copy/from-service/{OTHER}").content.decode()
    folder_url = f"{BASE}/copy/from-service/{OTHER}/from-folder/{other['folder']['id']}"
    in_folder = editor_of_both.get(folder_url).content.decode()
    one = f"{BASE}/copy/{other['id']}?from_service={OTHER}"
    form = editor_of_both.get(one).content.decode()

    assert f'href="{BASE}/copy/from-service/{OTHER}"' in services
    assert f'href="{folder_url}"' in inside
    assert f'href="{one}"' in in_folder
    assert 'value="Reminder"' in form


@pytest.mark.parametrize("path", [f"from-service/{OTHER}", "{id}?from_service={other}"])
def test_nothing_is_copied_from_a_service_of_others(editor, other, listed, path):
    listed()

    response = editor.get(f"{BASE}/copy/{path.format(id=other['id'], other=OTHER)}")

    assert response.status_code == 403


def test_what_is_ticked_is_copied_with_its_folders(
    editor_of_both, other, listed, api, sent_to
):
    permits = own_folder("Permits")
    ready = own_template(name="Ready", content="Hello", folder=permits["id"])
    listed(ready, folders=[permits])
    api.get(f"{API}/template/{ready['id']}", json={"data": ready})
    new_folder, new_template = new_id(), template(service=OTHER, name="Ready")
    api.post(f"/service/{OTHER}/template-folder", json={"data": {"id": new_folder}})
    api.post(f"/service/{OTHER}/template", status=201, json={"data": new_template})
    chosen = {"operation": "copy", "items": f"folder-{permits['id']}"}

    asked = editor_of_both.post(BASE, chosen).content.decode()
    done = editor_of_both.post(BASE, chosen | {"confirm": "yes", "service": OTHER})

    assert "Parking permits (this service)" in asked
    assert "Bins" in asked
    assert "2 items copied" in done.content.decode()
    assert ready["id"] in done.content.decode()
    assert new_template["id"] in done.content.decode()
    (made,) = sent_to(f"/service/{OTHER}/template")
    assert made["content"] == "Hello"
    assert made["parent_folder_id"] == new_folder


def test_copies_sent_twice_are_made_once(editor_of_both, other, listed, api, sent_to):
    ready = own_template(name="Ready", content="Hello")
    listed(ready)
    api.get(f"{API}/template/{ready['id']}", json={"data": ready})
    api.post(f"/service/{OTHER}/template", status=201, json={"data": ready})
    chosen = {
        "operation": "copy",
        "items": f"template-{ready['id']}",
        "confirm": "yes",
        "service": OTHER,
        "form_id": new_id(),
    }

    for _attempt in range(2):
        page = editor_of_both.post(BASE, chosen).content.decode()
        assert "1 item copied" in page

    assert len(sent_to(f"/service/{OTHER}/template")) == 1


def test_what_the_api_refuses_is_told_beside_the_rest(editor, listed, api):
    ready = own_template(name="Ready", content="Hello")
    listed(ready)
    api.get(f"{API}/template/{ready['id']}", json={"data": ready})
    api.get("/service", json={"data": []})
    api.post(
        f"{API}/template",
        status=403,
        json={
            "result": "error",
            "message": "Creating text message templates is not allowed",
        },
    )

    page = editor.post(
        BASE,
        {
            "operation": "copy",
            "items": f"template-{ready['id']}",
            "confirm": "yes",
            "service": SERVICE_ID,
        },
    ).content.decode()

    assert "0 items copied" in page
    assert "Creating text message templates is not allowed" in page


def test_a_service_must_be_chosen_and_be_one_that_the_person_manages(
    editor, other, listed
):
    ready = own_template(name="Ready")
    listed(ready)
    chosen = {"operation": "copy", "items": f"template-{ready['id']}", "confirm": "yes"}

    for choice in ({}, {"service": OTHER}):
        response = editor.post(BASE, chosen | choice)
        assert response.status_code == 400
        assert "Choose a service." in response.content.decode()


def test_too_many_copies_are_refused(editor, listed, api, monkeypatch):
    monkeypatch.setattr("portal.message_templates.views.copying.MOST_COPIES", 1)
    templates = [own_template(name="A"), own_template(name="B")]
    listed(*templates)
    api.get("/service", json={"data": []})

    response = editor.post(
        BASE,
        {
            "operation": "copy",
            "items": [f"template-{one['id']}" for one in templates],
            "confirm": "yes",
            "service": SERVICE_ID,
        },
    )

    assert "Copy up to 1 items at once. You chose 2." in response.content.decode()


@pytest.mark.parametrize("path", ["copy", "files", "files.zip"])
def test_only_those_who_manage_templates_copy_them(signed_in, listed, path):
    listed()

    for person in (staff("send_messages"), outsider()):
        assert signed_in(person).get(f"{BASE}/{path}").status_code == 403


@pytest.mark.parametrize(
    ("contact", "copies", "told"),
    [
        (None, "0 items copied", "the service has no contact details"),
        ("help@example.com", "1 item copied", "Attach them again: rules.pdf."),
    ],
)
def test_what_becomes_of_files_of_emails_is_told_beside_the_copies(
    editor, listed, api, known_service, contact, copies, told
):
    file = {
        "id": new_id(),
        "filename": "rules.pdf",
        "link_text": None,
        "retention_period": 26,
        "validate_users_email": True,
        "pending": False,
    }
    known_service(contact_link=contact)
    ready = own_template(
        template_type="email", subject="S", content="((rules.pdf))", email_files=[file]
    )
    listed(ready)
    api.get(f"{API}/template/{ready['id']}", json={"data": ready})
    api.get("/service", json={"data": []})
    api.post(f"{API}/template", status=201, json={"data": own_template()})
    chosen = {
        "operation": "copy",
        "items": f"template-{ready['id']}",
        "confirm": "yes",
        "service": SERVICE_ID,
    }

    page = editor.post(BASE, chosen).content.decode()

    assert copies in page
    assert told in page
