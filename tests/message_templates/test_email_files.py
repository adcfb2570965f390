"""Files that the e-mails of a template link to, as their editors see them."""

from __future__ import annotations

import json
import uuid

import pytest
import requests
from django.core.files.uploadedfile import SimpleUploadedFile

from portal.common import storage
from portal.common.models import AuditEvent
from tests.builders import MOMENT
from tests.message_templates.conftest import API, BASE, own_template
from tests.message_templates.test_files import archive_of
from tests.users.personas import SERVICE_ID, USER_ID, staff

CONTACT = "https://www.example.com/contact"
PDF = b"%PDF-1.7 words"
CHECK = f"http://documents.test/services/{SERVICE_ID}/antivirus-and-mimetype-check"


@pytest.fixture(autouse=True)
def reachable(known_service):
    known_service(contact_link=CONTACT)


def file_in(**overrides):
    """A file as a template has it."""
    return {
        "id": str(uuid.uuid4()),
        "filename": "Parking rules.pdf",
        "link_text": None,
        "retention_period": 26,
        "validate_users_email": True,
        "pending": False,
    } | overrides


def email(*files, **overrides):
    return own_template(
        template_type="email",
        subject="Your permit",
        email_files=list(files),
        **{"content": "Hello ((name)), see ((parking_rules.pdf)).", **overrides},
    )


def whole(file, template, **overrides):
    """A file as its own route has it."""
    more = {"archived_at": None, "created_at": MOMENT, "template_id": template["id"]}
    return file | more | overrides


@pytest.fixture
def known_file(api, known):
    """Let the API know a file of a template: the address of its page, and the API's of it."""

    def register(file, template=None, **overrides):
        template = template or email(*([] if file["pending"] else [file]))
        path = f"{API}/templates/{template['id']}/template_email_files/{file['id']}"
        told = {"data": whole(file, template, **overrides)}
        api.get(path, json=told)
        api.post(path, json=told)
        api.post(f"{path}/archive", json=told)
        api.post(f"{API}/template/{template['id']}", json={"data": template})
        return f"{known(template)}/files/{file['id']}", path, template

    return register


def upload(name="Parking rules.pdf", content=PDF):
    return SimpleUploadedFile(name, content)


def text_of(response):
    return response.content.decode()


# --- the template's page


def test_a_template_without_files_offers_to_attach_some(editor, known):
    page = text_of(editor.get(known(email())))

    assert "Attach files" in page
    assert "file attached" not in page


def test_a_template_says_how_many_files_it_has_and_shows_their_links(editor, known):
    file = file_in(link_text="the rules")

    page = text_of(editor.get(known(email(file))))

    assert "1 file attached." in page
    assert "the rules" in page
    assert "((parking_rules.pdf))" not in page


def test_a_file_without_link_text_is_shown_as_an_address(editor, known):
    page = text_of(editor.get(known(email(file_in()))))

    assert "/d/" in page
    assert "((name))" in page


def test_those_who_only_look_are_not_offered_files(signed_in, known):
    viewer = signed_in(staff("view_activity"))

    page = text_of(viewer.get(known(email(file_in()))))

    assert "Manage files" not in page


# --- the list, and what comes before it


def test_without_contact_details_they_are_asked_for_first(editor, known, known_service):
    known_service(contact_link=None)
    url = known(email(file_in()))

    assert editor.get(f"{url}/files")["Location"] == f"{url}/files/setup"
    assert editor.get(f"{url}/files/upload")["Location"] == f"{url}/files/setup"


def test_a_template_without_files_goes_to_the_upload(editor, known):
    url = known(email())

    assert editor.get(f"{url}/files")["Location"] == f"{url}/files/upload"


def test_files_are_listed_and_those_the_message_has_no_link_to_are_marked(
    editor, known
):
    url = known(email(file_in(), file_in(filename="lost.pdf")))

    page = text_of(editor.get(f"{url}/files"))

    assert "Parking rules.pdf" in page
    assert page.count("Not in the message") == 1


def test_only_emails_have_files(editor, known):
    url = known(own_template(template_type="sms"))

    assert editor.get(f"{url}/files").status_code == 404


def test_contact_details_are_set_by_who_manages_the_service(
    signed_in, known, api, known_service, sent_to
):
    known_service(contact_link=None)
    person = signed_in(staff("manage_templates", "manage_service"))
    url = known(email())
    api.post(API, json={"data": {}})

    response = person.post(
        f"{url}/files/setup", {"kind": "phone_number", "phone_number": "020 7946 0000"}
    )

    assert response["Location"] == f"{url}/files"
    assert sent_to(API) == [{"contact_link": "020 7946 0000"}]
    assert AuditEvent.objects.get().after == {"contact_link": "020 7946 0000"}


def test_others_are_told_whom_to_ask(editor, known, known_service, sent_to):
    known_service(contact_link=None)
    url = known(email())

    page = editor.post(f"{url}/files/setup", {"kind": "phone_number"})

    assert "Ask a member of your team" in text_of(page)
    assert sent_to(API) == []


@pytest.mark.parametrize("more", [(), ("manage_service",)])
def test_contact_details_are_changed_later_by_who_manages_the_service(
    signed_in, known, more
):
    files = f"{known(email(file_in()))}/files"

    page = signed_in(staff("manage_templates", *more)).get(files)

    assert ("Change the contact details" in text_of(page)) is bool(more)


# --- attaching


@pytest.fixture
def attaching(api, known):
    """A template that the API takes files for: its upload page, and the API's route."""

    def register(template=None, **answer):
        template = template or email(content="See ((parking rules.pdf))")
        path = f"{API}/templates/{template['id']}/template_email_files"
        api.post(path, **(answer or {"status": 201, "json": {"data": {}}}))
        return f"{known(template)}/files/upload", path

    return register


def test_a_file_is_stored_where_the_api_looks_and_attached(editor, attaching, sent_to):
    url, path = attaching()

    response = editor.post(url, {"file": upload()})

    (body,) = sent_to(path)
    assert response["Location"] == url.replace("upload", body["id"])
    assert body == {
        "id": body["id"],
        "filename": "Parking rules.pdf",
        "created_by_id": USER_ID,
        "retention_period": 26,
        "validate_users_email": True,
    }
    key = f"{SERVICE_ID}/{body['id']}"
    assert storage.read_object("template_email_files", key)[0] == PDF
    event = AuditEvent.objects.get()
    assert (event.action, event.object_id) == ("added", body["id"])


def test_a_form_that_is_sent_twice_attaches_one_file(editor, attaching, sent_to):
    url, path = attaching()
    form_id = str(uuid.uuid4())

    first = editor.post(url, {"file": upload(), "form_id": form_id})
    second = editor.post(url, {"file": upload(), "form_id": form_id})

    assert first["Location"] == second["Location"]
    assert len(sent_to(path)) == 1


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("rules.exe", b"MZ", "The file must be one of these kinds: .csv, .doc"),
        ("rules", b"x", "The file must be one of these kinds"),
        (f"{'x' * 97}.pdf", PDF, "must have 100 characters or fewer. It has 101."),
        ("rules (new).pdf", PDF, "name cannot have brackets"),
        ("a,b.pdf", PDF, "name cannot have brackets, commas"),
        ("rules.pdf", b"", "The file is empty."),
        ("rules.pdf", b"MZ\x00", "The file is not what its name says."),
        ("rules.txt", b"a\x00b", "The file is not what its name says."),
        ("rules.pdf", b"%PDF-" + b"x" * 2**21, "The file must be 2MB or smaller."),
    ],
)
def test_what_cannot_be_attached_is_refused_in_words(
    editor, attaching, sent_to, name, content, told
):
    url, path = attaching()

    response = editor.post(url, {"file": upload(name, content)})

    assert response.status_code == 400
    assert text_of(response).count(told) == 2
    assert sent_to(path) == []


def test_no_file_at_all_is_refused(editor, attaching):
    url, _path = attaching()

    response = editor.post(url, {})

    assert "Choose a file to upload." in text_of(response)


def test_two_files_of_one_name_are_refused(editor, attaching):
    url, _path = attaching(email(file_in()))

    response = editor.post(url, {"file": upload("parking-rules.pdf")})

    assert "already has a file called “parking-rules.pdf”." in text_of(response)


def test_a_file_named_in_the_subject_is_refused(editor, attaching):
    template = email() | {"subject": "See ((Parking rules.pdf))"}
    url, _path = attaching(template)

    response = editor.post(url, {"file": upload()})

    assert "A file cannot be in the subject of an email." in text_of(response)


def test_names_are_cleaned_of_folders_and_what_nobody_sees(editor, attaching, sent_to):
    url, path = attaching()

    editor.post(url, {"file": upload("a\u200bb\u202e  c.pdf")})

    assert sent_to(path)[0]["filename"] == "ab c.pdf"


def test_what_the_api_says_of_a_name_is_told(editor, attaching):
    refusal = {"result": "error", "message": "File named x already exists for…"}
    url, _path = attaching(status=400, json=refusal)

    response = editor.post(url, {"file": upload()})

    assert "already has a file called “Parking rules.pdf”." in text_of(response)


@pytest.fixture
def antivirus(api, settings):
    """The service that looks through files; call it with its answer."""
    settings.DOCUMENT_DOWNLOAD_API_HOST = "http://documents.test"
    return lambda **answer: api.add("POST", CHECK, **answer)


def test_a_virus_is_refused(editor, attaching, antivirus, sent_to):
    url, path = attaching()
    antivirus(status=400, json={"error": "File did not pass the virus scan"})

    response = editor.post(url, {"file": upload()})

    assert response.status_code == 400
    assert "A virus was found in the file." in text_of(response)
    assert sent_to(path) == []


@pytest.mark.parametrize(
    ("status", "told"),
    [(400, "not of the kind that its name says"), (413, "up to 2MB")],
)
def test_what_the_check_refuses_is_told(editor, attaching, antivirus, status, told):
    url, _path = attaching()
    antivirus(status=status, json={"error": "Unsupported file type 'x/y'."})

    response = editor.post(url, {"file": upload()})

    assert told in text_of(response)


def test_a_file_that_cannot_be_checked_is_kept_for_the_next_try(
    editor, attaching, antivirus, sent_to, api
):
    url, path = attaching()
    antivirus(body=requests.ConnectionError("down"))

    response = editor.post(url, {"file": upload()})
    kept = text_of(response).split('name="kept" value="')[1].split('"')[0]
    api.replace("POST", CHECK, json={"mimetype": "application/pdf"})
    again = editor.post(url, {"kept": kept})

    assert response.status_code == 503
    assert "We kept it" in text_of(response)
    (body,) = sent_to(path)
    assert again["Location"] == url.replace("upload", body["id"])
    key = f"{SERVICE_ID}/{body['id']}"
    assert storage.read_object("template_email_files", key)[0] == PDF


def test_what_is_kept_cannot_be_forged(editor, attaching):
    url, _path = attaching()

    response = editor.post(url, {"kept": "W10:1tXyz:forged"})

    assert "Choose a file to upload." in text_of(response)


# --- one file


def test_a_file_that_waits_says_where_its_link_will_stand(editor, known_file):
    file = file_in(pending=True)
    url, _path, _template = known_file(file)

    page = text_of(editor.get(url))

    assert "Its link will take the place of ((Parking rules.pdf))." in page
    assert "Add to template" in page
    assert "26 weeks" in page


def test_a_file_is_made_live_where_the_message_names_it(editor, known_file, sent_to):
    file = file_in(pending=True)
    url, path, template = known_file(file)

    response = editor.post(f"{url}/make-live")

    assert response["Location"] == url.split("/files")[0]
    assert sent_to(f"{API}/template/{template['id']}") == []
    assert sent_to(path) == [
        {
            "link_text": "",
            "retention_period": 26,
            "validate_users_email": True,
            "pending": False,
        }
    ]


def test_a_file_that_the_message_does_not_name_is_put_at_its_end(
    editor, known_file, sent_to
):
    file = file_in(pending=True)
    url, _path, template = known_file(file, email(content="Hello ((name))"))

    editor.post(f"{url}/make-live")

    assert sent_to(f"{API}/template/{template['id']}") == [
        {"content": "Hello ((name))\n\n((Parking rules.pdf))"}
    ]
    assert AuditEvent.objects.count() == 2


def test_making_a_live_file_live_again_does_nothing(editor, known_file, sent_to):
    url, path, _template = known_file(file_in())

    editor.post(f"{url}/make-live")

    assert sent_to(path) == []


@pytest.mark.parametrize(
    ("page", "data", "sent"),
    [
        ("change-link-text", {"link_text": " the  rules "}, {"link_text": "the rules"}),
        ("change-data-retention", {"retention_period": "78"}, {"retention_period": 78}),
        (
            "change-email-validation",
            {"validate_users_email": "no"},
            {"validate_users_email": False},
        ),
    ],
)
def test_how_a_file_is_offered_is_changed(
    editor, known_file, sent_to, page, data, sent
):
    url, path, _template = known_file(file_in())

    response = editor.post(f"{url}/{page}", data)

    assert response["Location"] == url
    unchanged = {
        "link_text": "",
        "retention_period": 26,
        "validate_users_email": True,
        "pending": False,
    }
    assert sent_to(path) == [unchanged | sent]
    assert AuditEvent.objects.get().after == sent


@pytest.mark.parametrize(
    ("page", "data", "told"),
    [
        ("change-link-text", {"link_text": "see [1]"}, "square or double brackets"),
        ("change-link-text", {"link_text": "((name))"}, "square or double brackets"),
        ("change-link-text", {"link_text": "x" * 201}, "200 characters or fewer"),
        ("change-data-retention", {"retention_period": ""}, "Enter a number of weeks."),
        ("change-data-retention", {"retention_period": "0"}, "must be from 1 to 78."),
        ("change-data-retention", {"retention_period": "79"}, "must be from 1 to 78."),
        ("change-data-retention", {"retention_period": "2.5"}, "as a whole number"),
        ("change-email-validation", {}, "Choose whether to ask"),
    ],
)
def test_what_a_file_cannot_be_offered_with_is_refused(
    editor, known_file, sent_to, page, data, told
):
    url, path, _template = known_file(file_in())

    response = editor.post(f"{url}/{page}", data)

    assert response.status_code == 400
    assert text_of(response).count(told) == 2
    assert sent_to(path) == []


def test_a_file_is_removed_after_a_question_with_its_placeholder(
    editor, known_file, sent_to
):
    file = file_in()
    url, _path, template = known_file(file)
    route = f"{API}/template/{template['id']}"

    editor.post(url)
    asked = editor.get(f"{url}?delete=yes")
    assert sent_to(route) == []
    response = editor.post(f"{url}?delete=yes")

    assert "Remove “Parking rules.pdf”?" in text_of(asked)
    assert response["Location"] == url.split("/files")[0]
    assert sent_to(route) == [
        {
            "content": "Hello ((name)), see .",
            "archive_email_file_ids": [file["id"]],
        }
    ]
    actions = set(AuditEvent.objects.values_list("action", flat=True))
    assert actions == {"archived", "changed"}


def test_a_file_that_waits_is_removed_without_a_change_of_the_message(
    editor, known_file, sent_to
):
    url, path, template = known_file(file_in(pending=True))

    editor.post(f"{url}?delete=yes")

    assert sent_to(f"{API}/template/{template['id']}") == []
    assert sent_to(f"{path}/archive") == [{"archived_by_id": USER_ID}]


def test_an_email_that_says_nothing_else_keeps_its_file(editor, known_file, sent_to):
    file = file_in()
    template = email(file, content="((Parking rules.pdf))")
    url, _path, _template = known_file(file, template)

    response = editor.post(f"{url}?delete=yes", follow=True)

    assert "says nothing but “Parking rules.pdf”" in text_of(response)
    assert sent_to(f"{API}/template/{template['id']}") == []


@pytest.mark.parametrize(
    "overrides", [{"template_id": str(uuid.uuid4())}, {"archived_at": MOMENT}]
)
def test_a_file_of_another_template_or_one_that_is_removed_is_not_found(
    editor, known_file, overrides
):
    url, _path, _template = known_file(file_in(), **overrides)

    assert editor.get(url).status_code == 404


# --- editing, copying, versions


def words(**overrides):
    given = {"name": "Permit", "subject": "Your permit", "content": "Hello ((name))"}
    return given | overrides


def test_taking_a_files_placeholder_out_is_asked_about_and_removes_it(
    editor, known_file, sent_to
):
    file = file_in()
    url, _path, template = known_file(file)
    edit = f"{url.split('/files')[0]}/edit"

    asked = text_of(editor.post(edit, words()))
    editor.post(edit, words(confirm="yes"))

    assert "You removed a file." in asked
    assert "((Parking rules.pdf))" not in asked
    (body,) = sent_to(f"{API}/template/{template['id']}")
    assert body["archive_email_file_ids"] == [file["id"]]


def test_writing_a_files_name_another_way_keeps_it(editor, known_file, sent_to):
    url, _path, template = known_file(file_in())
    content = "Hello ((name)), ((PARKING RULES.pdf))"

    response = editor.post(f"{url.split('/files')[0]}/edit", words(content=content))

    assert response.status_code == 302
    (body,) = sent_to(f"{API}/template/{template['id']}")
    assert "archive_email_file_ids" not in body


def test_a_file_cannot_be_put_in_the_subject(editor, known_file):
    url, _path, template = known_file(file_in())
    data = words(subject="See ((Parking rules.pdf))", content=template["content"])

    response = editor.post(f"{url.split('/files')[0]}/edit", data)

    assert response.status_code == 400
    assert "A file cannot be in the subject." in text_of(response)


def test_a_copy_has_files_of_its_own(editor, known, api, sent_to):
    file = file_in(link_text="the rules", retention_period=4)
    key = f"{SERVICE_ID}/{file['id']}"
    storage.save_object("template_email_files", key, PDF)
    template = email(file)
    url = known(template)
    made = email()
    files = f"{API}/templates/{made['id']}/template_email_files"
    api.post(f"{API}/template", status=201, json={"data": made})
    api.post(files, status=201, json={"data": {}})
    api.post(f"{files}/<id>", json={"data": {}})

    response = editor.post(
        url.replace("templates/", "templates/copy/"),
        words(content=template["content"]),
    )

    assert response["Location"].endswith(made["id"])
    (body,) = sent_to(files)
    assert body["id"] != file["id"]
    new_key = f"{SERVICE_ID}/{body['id']}"
    assert storage.read_object("template_email_files", new_key)[0] == PDF
    last = json.loads(api.calls[-1].request.body)
    assert (last["link_text"], last["retention_period"]) == ("the rules", 4)
    assert last["pending"] is False


def test_a_file_that_is_lost_is_told_of_with_its_copy(editor, known, api):
    template = email(file_in())
    url = known(template)
    made = email()
    known(made)
    api.post(f"{API}/template", status=201, json={"data": made})

    response = editor.post(
        url.replace("templates/", "templates/copy/"),
        words(content=template["content"]),
        follow=True,
    )

    assert "These files could not be copied." in text_of(response)


def test_a_service_without_contact_details_gets_no_copy_with_files(
    editor, known, known_service, sent_to
):
    known_service(contact_link=None)
    template = email(file_in())
    url = known(template)

    response = editor.post(
        url.replace("templates/", "templates/copy/"),
        words(content=template["content"]),
    )

    assert response.status_code == 400
    assert "how recipients can contact your service" in text_of(response)
    assert sent_to(f"{API}/template") == []


def test_importing_words_without_a_files_placeholder_says_that_it_goes(editor, known):
    template = email(file_in())
    known(template)
    text = f"Id: {template['id']}\nName: {template['name']}\nSubject: S\n\nNew\n"
    files = {"file": archive_of({"Permit.email.txt": text})}

    page = text_of(editor.post(f"{BASE}/files", files, follow=True))

    assert "This removes the file “Parking rules.pdf” from the template." in page


def test_restoring_a_version_says_what_becomes_of_files(editor, known, api):
    here, gone = file_in(filename="here.pdf"), file_in(filename="gone.pdf")
    now = email(here, content="See ((here.pdf))", version=2)
    before = now | {
        "version": 1,
        "content": "See ((gone.pdf))",
        "email_files": [gone],
        "created_by": None,
    }
    url = known(now)
    versions = [now | {"created_by": None}, before]
    api.get(f"{API}/template/{now['id']}/versions", json={"data": versions})

    page = text_of(editor.get(f"{url}/version/1"))

    assert "The file “gone.pdf” is no longer attached." in page
    assert "This version has no link to “here.pdf”." in page
