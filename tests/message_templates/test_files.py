"""Templates as files: written, read back, compared with what there is."""

from __future__ import annotations

import io
import re
import uuid
import zipfile
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.utils import timezone

from portal.common import storage
from portal.common.models import AuditEvent
from portal.message_templates import tasks
from portal.message_templates.files import (
    UnreadableTemplateFile,
    files_of,
    read_files,
)
from portal.message_templates.words import WORDS_OF
from tests.builders import new_id
from tests.message_templates.conftest import API, BASE, own_folder, own_template
from tests.users.personas import SERVICE_ID, answer_user, staff

WHEN = "2026-01-05T09:00:00.000000Z"


def words(kind="email", **overrides):
    given = dict.fromkeys(WORDS_OF[kind]) | {
        "name": "Ready",
        "content": "Hello ((name))",
    }
    return SimpleNamespace(
        pk=uuid.uuid4(), template_type=kind, **{**given, **overrides}
    )


def read_back(*templates):
    written = files_of(templates)
    return read_files({path: text.encode() for path, text in written.items()})


def test_a_file_reads_as_a_person_would_write_it():
    template = words(
        name="Ready to collect", subject="Your permit", has_unsubscribe_link=True
    )

    written = files_of([(("Permits", "2026"), template)])

    assert written == {
        "Permits/2026/Ready to collect.email.txt": (
            f"Id: {template.pk}\nName: Ready to collect\nSubject: Your permit\n"
            "Unsubscribe-Link: yes\n\nHello ((name))\n"
        )
    }


@pytest.mark.parametrize(
    "overrides",
    [
        {},
        {"name": 'A/B: "C"?', "subject": ' spaced "subject" ', "content": "\n\na\n\n"},
        {"subject": "two\nlines", "content": "Subject: not a header\n\nText"},
        {"name": ".hidden", "subject": '"quoted"', "content": "é 😀 \t"},
    ],
)
def test_what_is_written_is_read_back_the_same(overrides):
    template = words(has_unsubscribe_link=False, **{"subject": "S", **overrides})

    (file,) = read_back((("Fo/lder", "..", "100%"), template))

    assert file.folders == ("Fo/lder", "..", "100%")
    assert file.id == template.pk
    assert file.words == {name: getattr(template, name) for name in WORDS_OF["email"]}


def test_a_letter_has_its_welsh_part_beside_it():
    template = words(
        "letter",
        subject="Heading",
        postage="second",
        letter_languages="welsh_then_english",
        letter_welsh_subject="Pennawd",
        letter_welsh_content="Cynnwys",
    )

    written = files_of([((), template)])
    (file,) = read_back(((), template))

    assert list(written) == ["Ready.letter.txt", "Ready.letter.welsh.txt"]
    assert file.words == {name: getattr(template, name) for name in WORDS_OF["letter"]}


def test_two_templates_of_one_name_have_a_file_each():
    assert len(files_of([((), words("sms")), ((), words("sms"))])) == 2


def test_a_new_file_needs_no_id_and_no_name():
    (file,) = read_files({"Permits/Ready.sms.txt": b"Name: \n\nHello\n"})
    assert (file.id, file.folders) == (None, ("Permits",))

    (file,) = read_files({"New one.email.txt": b"Subject: Hello\r\n\r\nText"})
    assert (file.words["name"], file.words["content"]) == ("New one", "Text")


@pytest.mark.parametrize(
    ("path", "data", "sentence"),
    [
        ("a.txt", b"Name: a\n\nb", "must end in .email.txt, .sms.txt or .letter.txt"),
        ("a.sms.txt", b"no header", "must begin with lines such as"),
        ("a.sms.txt", b"Name: a", "must begin with lines such as"),
        ("a.sms.txt", b"Name: a\nColour: red\n\nb", "Colour"),
        ("a.sms.txt", b"Subject: a\n\nb", "Subject"),
        ("a.sms.txt", b"Id: 12\n\nb", "The Id in a.sms.txt"),
        ("a.sms.txt", b'Name: "a\n\nb', "no end to the quoted text"),
        ("a.sms.txt", b"Name: \xff\n\nb", "UTF-8"),
        ("a.doc", b"", "There are no template files here"),
    ],
)
def test_a_file_that_says_nothing_is_refused_with_its_reason(path, data, sentence):
    with pytest.raises(UnreadableTemplateFile, match=re.escape(sentence)):
        read_files({path: data})


def archive_of(texts):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for path, text in texts.items():
            archive.writestr(path, text)
    return SimpleUploadedFile("templates.zip", packed.getvalue())


def upload(editor, texts, **kwargs):
    return editor.post(f"{BASE}/files", {"file": archive_of(texts)}, **kwargs)


def test_the_download_holds_every_template_in_its_folder(editor, known):
    folder = own_folder("Permits")
    known(own_template(name="Ready", folder=folder["id"]), folders=[folder])

    response = editor.get(f"{BASE}/files.zip")

    with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
        assert archive.namelist() == ["Permits/Ready.sms.txt"]
    assert 'filename="parking-permits-templates.zip"' in response["Content-Disposition"]


def test_nothing_changes_before_the_changes_were_seen(editor, known, api, sent_to):
    template = own_template(name="Ready", content="Old line\nSame line")
    known(template)
    text = f"Id: {template['id']}\nName: Ready\n\nNew line\nSame line\n"

    page = upload(editor, {"Ready.sms.txt": text}, follow=True)

    shown = page.content.decode()
    assert "1 changed template" in shown
    assert '<del class="portal-diff__line">Old line</del>' in shown
    assert '<ins class="portal-diff__line">New line</ins>' in shown
    assert "Change 1 template" in shown


def test_changes_additions_and_moves_are_made_at_once(editor, known, api, sent_to):
    template = own_template(name="Ready", content="Old")
    known(template)
    new_folder, made = new_id(), own_template(name="Reminder")
    api.post(f"{API}/template-folder", json={"data": {"id": new_folder}})
    api.post(f"{API}/template-folder/{new_folder}/contents", json={})
    api.post(f"{API}/template/{template['id']}", json={"data": template})
    api.post(f"{API}/template", status=201, json={"data": made})
    texts = {
        "Permits/Ready.sms.txt": f"Id: {template['id']}\nName: Ready\n\nNew\n",
        "Permits/Reminder.sms.txt": "Name: Reminder\n\nDo not forget.\n",
    }

    checked = upload(editor, texts)["Location"]
    response = editor.post(checked, follow=True)

    assert "2 templates changed." in response.content.decode()
    (change,) = sent_to(f"{API}/template/{template['id']}")
    assert change["content"] == "New"
    (folder,) = sent_to(f"{API}/template-folder")
    assert folder["name"] == "Permits"
    (added,) = sent_to(f"{API}/template")
    assert (added["name"], added["parent_folder_id"]) == ("Reminder", new_folder)
    (moved,) = sent_to(f"{API}/template-folder/{new_folder}/contents")
    assert moved["templates"] == [template["id"]]
    # What is done is not offered again.
    assert editor.get(checked).status_code == 404


def test_what_the_api_refuses_is_told_and_can_be_tried_again(editor, known, api):
    template = own_template(name="Ready", content="Old")
    known(template)
    api.post(
        f"{API}/template/{template['id']}",
        status=400,
        json={"result": "error", "message": "Content is not allowed"},
    )

    checked = upload(editor, {"Ready.sms.txt": f"Id: {template['id']}\n\nNew\n"})
    response = editor.post(checked["Location"], follow=True)

    assert "Ready.sms.txt: Content is not allowed" in response.content.decode()
    assert "Change 1 template" in response.content.decode()


def test_words_that_the_editor_would_refuse_are_refused_here(editor, known):
    known(own_template(name="Ready"))

    page = upload(
        editor, {"Long.sms.txt": "Name: Long\n\n" + "a" * 919 + "\n"}, follow=True
    ).content.decode()

    assert "1 file cannot be used" in page
    assert "A text message can have 918 characters." in page
    assert "There is nothing to change." in page


def test_a_template_is_claimed_by_one_file_only(editor, known):
    template = own_template(name="Ready")
    known(template)
    text = f"Id: {template['id']}\nName: Ready\n\nNew\n"

    page = upload(editor, {"A.sms.txt": text, "B.sms.txt": text}, follow=True)

    assert "It is the same template as A.sms.txt." in page.content.decode()


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (None, "Choose a file to upload."),
        (SimpleUploadedFile("a.zip", b"no zip"), "a.zip: this is not a zip file"),
        (SimpleUploadedFile("a.zip", b""), "a.zip: this is not a zip file"),
        (archive_of({"a.md": "b"}), "templates.zip: There are no template files here"),
    ],
)
def test_an_upload_that_is_no_archive_is_refused(editor, listed, file, sentence):
    listed()

    response = editor.post(f"{BASE}/files", {"file": file} if file else {})

    assert response.status_code == 400
    assert sentence in response.content.decode()


def test_another_persons_upload_is_not_found(editor, known, signed_in, client):
    template = own_template(name="Ready")
    known(template)
    checked = upload(editor, {"Ready.sms.txt": "Name: Ready\n\nNew\n"})["Location"]

    other = signed_in(staff("manage_templates", id=new_id()))

    assert other.get(checked).status_code == 404


# --- from the shell


@pytest.fixture
def manager(api, known_service):
    """Somebody whom the API knows by their address."""
    person = staff("manage_templates", email_address="sandy@example.gov.uk")
    api.post("/user/email", json={"data": person})
    api.post("/user/find-users-by-email", json={"data": [person]})
    answer_user(api, person)
    return person["email_address"]


def templates(*args):
    out = io.StringIO()
    call_command("templates", *args, stdout=out, stderr=out)
    return out.getvalue()


def test_pull_writes_files_and_removes_old_ones(db, manager, known, tmp_path):
    known(own_template(name="Ready", content="Hello"))
    (tmp_path / "Gone.sms.txt").write_text("Name: Gone\n\nText\n")
    (tmp_path / "notes.txt").write_text("kept")

    told = templates("pull", SERVICE_ID, tmp_path, "--user", manager)

    assert told == "1 files written, 1 removed.\n"
    assert "Hello" in (tmp_path / "Ready.sms.txt").read_text()
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "Ready.sms.txt",
        "notes.txt",
    ]


def test_push_shows_first_and_changes_when_told(
    db, manager, known, api, tmp_path, sent_to
):
    template = own_template(name="Ready", content="Old")
    known(template)
    (tmp_path / "Ready.sms.txt").write_text(f"Id: {template['id']}\n\nNew\n")
    api.post(f"{API}/template/{template['id']}", json={"data": template})

    told = templates("push", SERVICE_ID, tmp_path, "--user", manager)
    assert "M Ready.sms.txt" in told
    assert "    - Old\n    + New\n" in told
    assert "Add --yes" in told
    assert sent_to(f"{API}/template/{template['id']}") == []

    told = templates("push", SERVICE_ID, tmp_path, "--user", manager, "--yes")
    assert "1 templates changed." in told
    (change,) = sent_to(f"{API}/template/{template['id']}")
    assert change["content"] == "New"
    assert AuditEvent.objects.get().actor_name == "Sandy Sender"


def test_push_of_a_wrong_file_changes_nothing(db, manager, known, tmp_path):
    known(own_template(name="Ready"))
    (tmp_path / "Long.sms.txt").write_text("Name: Long\n\n" + "a" * 919 + "\n")

    with pytest.raises(CommandError, match="Nothing was changed"):
        templates("push", SERVICE_ID, tmp_path, "--user", manager, "--yes")


def test_somebody_without_the_permission_is_refused(db, api, known_service, tmp_path):
    person = staff("send_messages")
    api.post("/user/email", json={"data": person})
    answer_user(api, person)

    with pytest.raises(CommandError, match="may not manage the templates"):
        templates("pull", SERVICE_ID, tmp_path, "--user", person["email_address"])


def test_files_that_nobody_confirmed_are_deleted_after_a_day(
    tmp_path, settings, monkeypatch
):
    options = {"OPTIONS": {"location": tmp_path}}
    settings.STORAGES = settings.STORAGES | {
        "default": settings.STORAGES["default"] | options
    }
    key, report = f"template-files/{new_id()}/{new_id()}/1.zip", "reports/1.csv"
    for name in (key, report):
        storage.save_object("default", name, b"")
    tasks.purge_template_files()
    assert storage.read_object("default", key)

    later = timezone.now() + tasks.KEPT
    monkeypatch.setattr(timezone, "now", lambda: later)
    tasks.purge_template_files()

    with pytest.raises(storage.NoSuchObject):
        storage.read_object("default", key)
    assert storage.read_object("default", report)
