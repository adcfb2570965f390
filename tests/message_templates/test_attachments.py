"""Pages that are printed after every letter of a template."""

from __future__ import annotations

import base64
import functools
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from portal.common import storage
from portal.common.models import AuditEvent
from portal.messages.pdf_files import process
from tests import pdf_files
from tests.builders import new_id
from tests.message_templates.conftest import API, own_template
from tests.users.personas import SERVICE_ID, staff

SERVICE = f"/services/{SERVICE_ID}"
PREVIEW = "http://preview.example"
PNG = b"\x89PNG drawn"

read_once = functools.cache(process.read_in_process)


@pytest.fixture(autouse=True)
def files(tmp_path, settings, monkeypatch):
    """Files of each test lie in folders of their own, and each is read once."""
    settings.STORAGES = settings.STORAGES | {
        bucket: settings.STORAGES[bucket] | {"OPTIONS": {"location": tmp_path / bucket}}
        for bucket in (
            "transient_uploaded_letters",
            "precompiled_originals_backup_letters",
            "letter_attachments",
        )
    }
    monkeypatch.setattr(process, "read_in_process", read_once)
    return tmp_path


def attached(**overrides):
    """What the API says of attached pages."""
    return {
        "id": new_id(),
        "original_filename": "leaflet.pdf",
        "page_count": 2,
        "created_at": "2026-01-12T09:00:00.000000Z",
        "created_by_id": new_id(),
        "archived_at": None,
        "archived_by_id": None,
        **overrides,
    }


@pytest.fixture
def letter(known):
    """Let the API know a letter template; gives its address."""

    def make(attachment=None, **words):
        return known(
            own_template(
                template_type="letter",
                subject="Your bins",
                content="We collect them on Monday.",
                postage="second",
                letter_languages="english",
                letter_attachment=attachment,
                **words,
            )
        )

    return make


@pytest.fixture
def created(api):
    """The pages that the API was told of."""
    told = []

    def create(request):
        told.append(json.loads(request.body))
        return 201, {}, json.dumps(attached(id=told[-1]["upload_id"]))

    api.add_callback("POST", api.url("/letter-attachment"), create)
    return told


@pytest.fixture
def archived(api):
    """The attachments that the API was told to take off."""
    told = []

    def archive(request):
        told.append(request.url.split("/")[-2])
        return 204, {}, ""

    api.add_callback("POST", api.url("/letter-attachment/<id>/archive"), archive)
    return told


@pytest.fixture
def drawn(settings, api):
    """Have a service that draws: `drawn(count=3)`, `drawn(400, message="…")`."""

    def answer(status=200, count=1, attachment_page_count=0, **told):
        settings.TEMPLATE_PREVIEW_API_HOST = PREVIEW
        file = base64.b64encode(b"%PDF-1.4 printable").decode()
        verdict = {"message": None, "invalid_pages": None, "page_count": 1, **told}
        api.upsert(
            "POST",
            f"{PREVIEW}/precompiled/sanitise",
            status=status,
            json={**verdict, "file": file if status == 200 else None},
        )
        counts = {"count": count, "welsh_page_count": 0}
        api.upsert(
            "POST",
            f"{PREVIEW}/get-page-count",
            json=counts | {"attachment_page_count": attachment_page_count},
        )
        return api

    return answer


def pdf(content=None):
    data = pdf_files.letter(address=()) if content is None else content
    return {"file": SimpleUploadedFile("leaflet.pdf", data)}


def test_pages_are_attached_and_the_audit_log_knows(editor, letter, created):
    url = letter()

    page = editor.post(f"{url}/attach-pages", pdf(), follow=False)

    assert page.url == url
    (made,) = created
    assert (made["original_filename"], made["page_count"]) == ("leaflet.pdf", 1)
    key = f"service-{SERVICE_ID}/{made['upload_id']}.pdf"
    content, metadata = storage.read_object("letter_attachments", key)
    assert content == pdf_files.letter(address=())
    assert metadata == {"page_count": "1", "filename": "leaflet.pdf"}
    event = AuditEvent.objects.get()
    assert event.model == "message_templates.template"
    assert event.after == {"letter_attachment": "leaflet.pdf"}


def test_other_pages_take_the_place_of_those_that_are_attached(
    editor, letter, created, archived
):
    before = attached(original_filename="old.pdf")
    url = letter(before)

    page = editor.get(f"{url}/attach-pages").text
    editor.post(f"{url}/attach-pages", pdf())

    assert "“old.pdf” (2 pages) is printed after every letter." in page
    assert archived == [before["id"]]
    assert len(created) == 1
    assert AuditEvent.objects.get().before == {"letter_attachment": "old.pdf"}


def test_the_service_makes_the_pages_printable(editor, letter, created, drawn, files):
    api = drawn()
    url = letter()

    editor.post(f"{url}/attach-pages", pdf())

    key = f"service-{SERVICE_ID}/{created[0]['upload_id']}.pdf"
    content, _metadata = storage.read_object("letter_attachments", key)
    assert content == b"%PDF-1.4 printable"
    assert list((files / "precompiled_originals_backup_letters").iterdir())
    asked = [c.request.url for c in api.calls if "sanitise" in c.request.url]
    assert "is_an_attachment=true" in asked[0]


@pytest.mark.parametrize(
    ("own", "already", "told"),
    [(5, 0, "11 pages long"), (7, 3, ""), (10, 5, "11 pages long")],
)
def test_a_letter_has_ten_pages_with_all_that_is_attached(
    editor, letter, created, archived, drawn, own, already, told
):
    drawn(count=own, attachment_page_count=already)
    url = letter(attached(page_count=already) if already else None)

    page = editor.post(f"{url}/attach-pages", pdf(pdf_files.letter(6)))

    if told:
        assert page.status_code == 400
        assert page.text.count(told) == 2
        assert created == archived == []
    else:
        assert page.status_code == 302
        assert len(created) == 1


def test_without_a_service_the_pages_of_the_letter_are_estimated(
    editor, letter, created
):
    page = editor.post(f"{letter()}/attach-pages", pdf(pdf_files.letter(10)))

    assert "With these pages the letter is 11 pages long." in page.text
    assert created == []


def test_what_is_wrong_is_said_with_the_pages_that_it_concerns(
    editor, letter, created, drawn
):
    api = drawn(400, message="content-outside-printable-area", invalid_pages=[2])
    overlay = api.add("POST", f"{PREVIEW}/precompiled/overlay.png", PNG)

    page = editor.post(f"{letter()}/attach-pages", pdf(pdf_files.letter(2)))
    (picture,) = [
        part.split('"')[0]
        for part in page.text.split('src="')
        if "preview-invalid" in part and "page=2" in part
    ]

    assert page.status_code == 400
    assert page.text.count("Page 2 has something where nothing can be printed.") == 2
    assert editor.get(picture).content == PNG
    assert "is_an_attachment=True" in overlay.calls[0].request.url
    assert created == []


def test_files_that_nobody_could_check_are_not_attached(editor, letter, created, drawn):
    drawn(503)

    page = editor.post(f"{letter()}/attach-pages", pdf())

    assert page.status_code == 400
    assert "The file could not be checked" in page.text
    assert created == []


@pytest.mark.parametrize("data", [{}, {"file": SimpleUploadedFile("a.pdf", b"no")}])
def test_no_pdf_no_pages(editor, letter, created, data):
    page = editor.post(f"{letter()}/attach-pages", data)

    assert page.status_code == 400
    assert created == []


@pytest.fixture
def copied(editor, letter, api):
    """Copy a letter template with these pages; gives the pages with its messages."""

    def copy(row, *, is_kept=True):
        url = letter(row)
        if is_kept:
            key = f"service-{SERVICE_ID}/{row['id']}.pdf"
            storage.save_object("letter_attachments", key, b"%PDF-1.4 leaflet")
        made = own_template(template_type="letter", name="Copy")
        api.post(f"{API}/template", json={"data": made})
        api.get(f"{API}/template/{made['id']}", json={"data": made})
        words = {"name": "Copy", "subject": "Your bins", "content": "On Monday."}
        base, _slash, template_id = url.rpartition("/")
        return editor.post(f"{base}/copy/{template_id}", words, follow=True)

    return copy


def test_a_copy_has_the_attached_pages_too(copied, created):
    row = attached()

    copied(row)

    (made,) = created
    assert made["upload_id"] != row["id"]
    assert made["original_filename"] == "leaflet.pdf"
    key = f"service-{SERVICE_ID}/{made['upload_id']}.pdf"
    assert storage.read_object("letter_attachments", key)[0] == b"%PDF-1.4 leaflet"


def test_pages_that_are_lost_are_told_of_with_the_copy(copied, created):
    page = copied(attached(), is_kept=False)

    assert "These files could not be copied." in page.text
    assert "leaflet.pdf" in page.text
    assert created == []


def test_two_people_do_not_change_the_pages_at_once(editor, letter, api):
    told = {"result": "error", "message": "letter-attachment-already-archived"}
    api.post("/letter-attachment/<id>/archive", status=400, json=told)
    url = letter(attached())

    page = editor.post(f"{url}/attach-pages", pdf())
    removed = editor.post(f"{url}/attach-pages/edit", follow=True)

    assert page.status_code == 400
    assert "Somebody else has just changed" in page.text
    assert "Somebody else has just changed" in removed.text


def test_removing_is_asked_for_and_done_once(editor, letter, archived, api):
    before = attached()
    url = letter(before)

    question = editor.get(f"{url}/attach-pages/edit").text
    removed = editor.post(f"{url}/attach-pages/edit")

    assert "Remove “leaflet.pdf”?" in question
    assert removed.url == url
    assert archived == [before["id"]]
    assert AuditEvent.objects.get().after == {"letter_attachment": None}


def test_where_nothing_is_attached_there_is_nothing_to_remove(editor, letter, archived):
    url = letter()

    assert editor.get(f"{url}/attach-pages/edit").url == url
    assert editor.post(f"{url}/attach-pages/edit").url == url
    assert archived == []


@pytest.mark.parametrize("path", ["attach-pages", "attach-pages/edit"])
def test_only_letters_have_pages_attached(editor, known, path):
    url = known(own_template(template_type="email"))

    assert editor.get(f"{url}/{path}").status_code == 404


def test_the_template_says_what_is_attached(editor, letter):
    row = attached()

    page = editor.get(letter(row)).text

    assert "leaflet.pdf (PDF, 2 pages)" in page
    assert f'href="{SERVICE}/attachment/{row["id"]}.png"' in page
    assert "Change attached pages" in page


def test_those_who_cannot_change_it_are_not_offered_to(signed_in, letter):
    browser = signed_in(staff("send_messages"))
    url = letter()

    assert "Attach pages" not in browser.get(url).text
    assert browser.get(f"{url}/attach-pages").status_code == 403


def test_versions_keep_what_was_attached(editor, letter, api):
    url = letter(attached(original_filename="new.pdf"), version=2)
    template_id = url.rpartition("/")[2]
    versions = [
        own_template(
            id=template_id,
            template_type="letter",
            version=number,
            letter_languages="english",
            letter_attachment=row,
        )
        for number, row in ((1, None), (2, attached(original_filename="new.pdf")))
    ]
    api.get(f"{API}/template/{template_id}/versions", json={"data": versions})

    history = editor.get(f"{url}/versions").text
    second = editor.get(f"{url}/version/2").text

    assert "Attached pages" in history
    assert "new.pdf, 2 pages" in history
    assert "new.pdf (PDF, 2 pages)" in second


def test_attached_pages_are_drawn_or_else_given_as_a_file(editor, letter, drawn, api):
    row = attached()
    letter(row)
    url = f"{SERVICE}/attachment/{row['id']}.png"
    key = f"service-{SERVICE_ID}/{row['id']}.pdf"
    storage.save_object("letter_attachments", key, b"%PDF-1.4 leaflet")

    for address in (url, f"{url}?page=1"):
        page = editor.get(address)
        assert page.content == b"%PDF-1.4 leaflet"
        assert page.headers["Content-Disposition"].startswith("attachment")

    drawn()
    api.add("POST", f"{PREVIEW}/letter_attachment_preview.png", PNG)
    assert editor.get(f"{url}?page=1").content == PNG
    assert editor.get(url).content == b"%PDF-1.4 leaflet"


@pytest.mark.parametrize("status", [400, 404])
def test_there_is_no_picture_of_pages_that_are_none(editor, letter, drawn, api, status):
    letter()
    drawn()
    api.add("POST", f"{PREVIEW}/letter_attachment_preview.png", status=status)

    url = f"{SERVICE}/attachment/{new_id()}.png"
    assert editor.get(f"{url}?page=1").status_code == 404
    assert editor.get(f"{url}?page=x").status_code == 404
    assert editor.get(url).status_code == 404


def test_a_letter_to_be_sent_is_no_refused_page(editor, letter):
    letter()
    file_id = new_id()
    key = f"service-{SERVICE_ID}/{file_id}.pdf"
    storage.save_object("transient_uploaded_letters", key, b"", {"page_count": 1})

    url = f"{SERVICE}/preview-invalid-attachment-image/{file_id}"
    assert editor.get(url).status_code == 404
    assert editor.get(f"{SERVICE}/preview-letter/{file_id}").status_code == 403
