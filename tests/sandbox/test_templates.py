from __future__ import annotations

import uuid

import pytest


@pytest.fixture
def template(service, new_template):
    return new_template(service)


@pytest.fixture
def path(service, template):
    return f"/service/{service['id']}/template/{template['id']}"


def test_an_edit_makes_a_version(sandbox, path, person):
    edit = {"created_by": person["id"], "content": "Goodbye ((name))"}

    changed = sandbox.post(path, edit)["data"]

    assert changed["version"] == 2
    assert sandbox.get(f"{path}/version/1")["data"]["content"] == "Hello ((name))"
    assert [v["version"] for v in sandbox.get(f"{path}/versions")["data"]] == [2, 1]


def test_an_edit_that_changes_nothing_makes_no_version(sandbox, path, person):
    same = {"created_by": person["id"], "content": "Hello ((name))"}

    assert sandbox.post(path, same)["data"]["version"] == 1


def test_an_archived_template_leaves_its_folder(sandbox, service, new_template, person):
    folders = f"/service/{service['id']}/template-folder"
    folder = sandbox.post(folders, {"name": "Old", "parent_id": None})["data"]
    template = new_template(service, parent_folder_id=folder["id"])
    path = f"/service/{service['id']}/template/{template['id']}"

    sandbox.post(path, {"created_by": person["id"], "archived": True})

    sandbox.delete(f"{folders}/{folder['id']}")


def test_a_service_without_a_channel_cannot_make_templates_for_it(
    sandbox, service, new_template
):
    sandbox.post(f"/service/{service['id']}", {"permissions": ["email"]})
    data = {
        "created_by": service["created_by"],
        "service": service["id"],
        "name": "A template",
        "template_type": "sms",
        "content": "Hello",
    }

    answer = sandbox.post(f"/service/{service['id']}/template", data, 403)

    assert answer["message"] == {
        "template_type": ["Creating text message templates is not allowed"]
    }


def test_redaction_needs_somebody(sandbox, path):
    answer = sandbox.post(path, {"redact_personalisation": True}, 400)

    assert answer["message"] == {"created_by": ["Field is required"]}


def test_a_preview_names_what_is_missing(sandbox, path):
    assert sandbox.get(f"{path}/preview?name=Jo")["content"] == "Hello Jo"
    assert sandbox.get(f"{path}/preview", 400)["message"] == {
        "template": ["Missing personalisation: name"]
    }


def test_a_letter_refuses_a_qr_code_that_is_too_long(service, sandbox, person):
    data = {
        "created_by": person["id"],
        "service": service["id"],
        "name": "A letter",
        "template_type": "letter",
        "subject": "About you",
        "content": f"QR: https://example.com/{'x' * 500}",
    }

    answer = sandbox.post(f"/service/{service['id']}/template", data, 400)

    assert answer["message"] == {"content": ["qr-code-too-long"]}


def test_a_letter_contact_of_another_service_is_refused(
    sandbox, service, new_template, person
):
    letter = new_template(service, "letter")
    path = f"/service/{service['id']}/template/{letter['id']}"
    stranger = str(uuid.uuid4())

    answer = sandbox.post(path, {"reply_to": stranger}, 400)

    assert answer["errors"][0]["message"] == (
        f"letter_contact_id {stranger} does not exist in database "
        f"for service id {service['id']}"
    )


def test_nothing_moves_when_one_thing_cannot(sandbox, service, new_template):
    folders = f"/service/{service['id']}/template-folder"
    folder = sandbox.post(folders, {"name": "Here", "parent_id": None})["data"]
    template = new_template(service)
    wanted = {"folders": [], "templates": [template["id"], str(uuid.uuid4())]}

    sandbox.post(f"{folders}/{folder['id']}/contents", wanted, 400)

    listed = sandbox.get(f"/service/{service['id']}/template")["data"]
    assert [row["folder"] for row in listed] == [None]


def test_a_new_folder_is_seen_by_those_who_see_its_parent(sandbox, service, person):
    folders = f"/service/{service['id']}/template-folder"
    parent = sandbox.post(folders, {"name": "Parent", "parent_id": None})["data"]
    hidden = {"name": "Parent", "users_with_permission": []}
    sandbox.post(f"{folders}/{parent['id']}", hidden)

    child = sandbox.post(folders, {"name": "Child", "parent_id": parent["id"]})["data"]

    assert parent["users_with_permission"] == [person["id"]]
    assert child["users_with_permission"] == []


class TestEmailFiles:
    @pytest.fixture
    def email(self, service, new_template):
        return new_template(service, "email", content="See ((map.pdf))")

    @pytest.fixture
    def files(self, service, email):
        return f"/service/{service['id']}/templates/{email['id']}/template_email_files"

    @pytest.fixture
    def file(self, sandbox, files, person):
        data = {
            "id": str(uuid.uuid4()),
            "filename": "map.pdf",
            "created_by_id": person["id"],
            "retention_period": 26,
            "validate_users_email": True,
        }
        return sandbox.post(files, data)["data"]

    def test_a_file_in_use_changes_with_its_template(
        self, sandbox, files, file, service, email
    ):
        path = f"{files}/{file['id']}"
        sandbox.post(path, {"pending": False})

        sandbox.post(path, {"link_text": "the map", "pending": False})

        template = sandbox.get(f"/service/{service['id']}/template/{email['id']}")
        assert template["data"]["version"] == 2
        first = f"/service/{service['id']}/template/{email['id']}/version/1"
        assert sandbox.get(first)["data"]["email_files"][0]["link_text"] is None

    def test_an_archived_file_stays_with_old_versions(
        self, sandbox, files, file, service, email, person
    ):
        path = f"{files}/{file['id']}"
        sandbox.post(path, {"pending": False})

        sandbox.post(f"{path}/archive", {"archived_by_id": person["id"]})

        template = f"/service/{service['id']}/template/{email['id']}"
        assert sandbox.get(template)["data"]["email_files"] == []
        assert len(sandbox.get(f"{template}/version/1")["data"]["email_files"]) == 1


def test_placeholders_do_not_count_as_characters(service, new_template):
    new_template(service, content="x" * 918 + "((name))")


def test_only_letters_have_a_sender_of_their_own(sandbox, service, path):
    stranger = str(uuid.uuid4())

    answer = sandbox.post(path, {"reply_to": stranger}, 400)

    assert answer["errors"][0]["message"] == (
        f"sms_sender_id {stranger} does not exist in database "
        f"for service id {service['id']}"
    )
