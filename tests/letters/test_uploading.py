"""Letters as PDF: uploaded, checked, looked at and sent."""

from __future__ import annotations

import json
import logging
from urllib.parse import unquote

import pytest
import requests
from django.utils import timezone

from portal.common import storage
from portal.common.models import AuditEvent
from portal.letters import tasks
from portal.messages.pdf_files import process
from tests import pdf_files
from tests.builders import new_id, notification
from tests.letters.conftest import API, PREVIEW, SERVICE, pdf
from tests.users.personas import SERVICE_ID, staff, superuser

pytestmark = pytest.mark.django_db

BUCKET = "transient_uploaded_letters"
RECIPIENT = "Ann Example\n1 Example Street\nLondon\nSW1A 1AA"
TYPED = {"address": RECIPIENT, "postage": "second"}


def id_of(url):
    return url.rpartition("/")[2]


def stored(url):
    return storage.read_object(BUCKET, f"service-{SERVICE_ID}/{id_of(url)}.pdf")


def send_url(url):
    return f"{SERVICE}/upload-letter/send/{id_of(url)}"


@pytest.fixture
def sending(api):
    """Have the API take a letter as it does: its file is gone from where it waited."""
    taken = []

    def take(request):
        body = json.loads(request.body)
        taken.append(body)
        key = f"service-{SERVICE_ID}/{body['file_id']}.pdf"
        storage.delete_object(BUCKET, key)
        return 201, {}, json.dumps({"id": body["file_id"]})

    api.add_callback("POST", api.url(f"{API}/send-pdf-letter"), take)
    return taken


# --- the upload page


def test_the_page_says_what_the_file_must_be_like(browser):
    page = browser().get(f"{SERVICE}/upload-letter").text

    assert "A4 portrait (210 by 297 millimetres), 10 pages at most" in page
    assert 'accept=".pdf,application/pdf"' in page


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "The file is empty."),
        (b"PK a workbook", "The file is not a PDF."),
        (b"%PDF-1.7 and nothing else", "The file cannot be read."),
        (pdf_files.protected(), "The file is protected by a password."),
        (b"%PDF-1.7" + b"0" * (2 << 20), "The file is larger than 2MB."),
    ],
    # A protected file is another one each time that it is made.
    ids=["empty", "workbook", "broken", "protected", "large"],
)
def test_a_file_that_cannot_be_read_is_refused_beside_the_field(
    browser, content, told, files, caplog
):
    caplog.set_level(logging.DEBUG)

    page = browser().post(f"{SERVICE}/upload-letter", pdf(content, "J Smith.pdf"))

    assert page.status_code == 400
    assert page.text.count(told) == 2
    assert not list(files.iterdir())
    assert "Smith" not in caplog.text


def test_no_file_is_no_letter(browser):
    page = browser().post(f"{SERVICE}/upload-letter", {})

    assert page.status_code == 400
    assert "Choose a PDF to upload." in page.text


@pytest.mark.parametrize("method", ["get", "post"])
def test_services_without_letters_have_no_such_page(browser, method):
    client = browser(permissions=["email"])

    assert getattr(client, method)(f"{SERVICE}/upload-letter").status_code == 403


# --- without a service that draws letters


def test_a_good_letter_is_kept_as_the_api_expects_it(upload):
    url = upload()

    content, metadata = stored(url)
    assert content == pdf_files.letter()
    assert metadata["status"] == "valid"
    assert metadata["page_count"] == "1"
    assert unquote(metadata["filename"]) == "reminder.pdf"
    assert unquote(metadata["recipient"]) == RECIPIENT


def test_its_page_says_what_could_not_be_checked_and_gives_the_file(upload, client):
    page = client.get(upload()).text

    assert "reminder.pdf" in page
    assert "It could not be checked here" in page
    assert "<img" not in page
    assert "Download the PDF (1 page)" in page
    assert RECIPIENT in page
    assert "£0.73" in page
    assert "Economy mail" not in page


def test_the_file_is_given_where_nobody_draws_it(upload, client):
    url = f"{SERVICE}/preview-letter-image/{id_of(upload())}"

    for address in (url, f"{url}?page=1"):
        page = client.get(address)
        assert page.headers["Content-Type"] == "application/pdf"
        assert page.headers["Content-Disposition"] == (
            'attachment; filename="reminder.pdf"'
        )
        assert page.content == pdf_files.letter()


@pytest.mark.parametrize(
    ("page", "status"), [("2", 404), ("0", 404), ("x", 404), ("1", 200)]
)
def test_there_is_no_picture_of_a_page_that_is_none(upload, client, page, status):
    url = f"{SERVICE}/preview-letter-image/{id_of(upload())}?page={page}"

    assert client.get(url).status_code == status


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (pdf_files.letter(11), "The letter is 11 pages long. Shorten it to 10 at most"),
        (
            pdf_files.letter(sizes=(pdf_files.LANDSCAPE,)),
            "Page 1 is not A4 portrait. Make it 210 by 297 millimetres and upright.",
        ),
        (
            pdf_files.letter(4, tagged=(1, 2, 4)),
            "Pages 2 and 4 come from a letter that was downloaded here.",
        ),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_for_another_file(
    upload, client, content, told
):
    page = client.get(upload(content)).text

    assert page.count(told) == 2
    assert "Choose another file" in page
    assert "Send 1 letter" not in page


def test_a_letter_that_is_wrong_cannot_be_sent(upload, client, sending):
    url = upload(pdf_files.letter(11))

    page = client.post(send_url(url), TYPED)

    assert page.url == url
    assert sending == []


# --- with one


def test_the_service_makes_the_letter_printable_and_reads_the_address(
    browser, upload, client, service, files
):
    service(recipient_address=RECIPIENT)

    url = upload()
    page = client.get(url).text

    assert stored(url)[0] == b"%PDF-1.4 printable"
    original = files / "precompiled_originals_backup_letters" / f"{id_of(url)}.pdf"
    assert original.read_bytes() == pdf_files.letter()
    assert "Ann Example<br>1 Example Street<br>London<br>SW1A 1AA<br>" in page
    assert 'name="address"' not in page
    assert f'src="{SERVICE}/preview-letter-image/{id_of(url)}?page=1"' in page


def test_the_pages_to_change_are_shown_with_their_margins(upload, client, service, api):
    service(400, message="content-outside-printable-area", invalid_pages=[2])
    overlay = api.add("POST", f"{PREVIEW}/precompiled/overlay.png", b"\x89PNG marked")
    plain = api.add("POST", f"{PREVIEW}/precompiled-preview.png", b"\x89PNG plain")

    url = upload(pdf_files.letter(2))
    page = client.get(url).text
    picture = f"{SERVICE}/preview-letter-image/{id_of(url)}"
    pictures = [client.get(f"{picture}?page={n}").content for n in (1, 2)]

    assert "Page 2 has something where nothing can be printed." in page
    assert page.count("To be changed") == 1
    assert pictures == [b"\x89PNG plain", b"\x89PNG marked"]
    assert "page_number=2" in overlay.calls[0].request.url
    assert len(plain.calls) == 1


@pytest.mark.parametrize(
    "code",
    [
        *("address-is-empty", "not-enough-address-lines", "too-many-address-lines"),
        *("not-a-real-uk-postcode", "not-a-real-uk-postcode-or-country"),
        *("cant-send-international-letters", "invalid-char-in-address"),
        *("invalid-address-line-1-or-2", "has-country-for-bfpo-address"),
        *("no-fixed-abode-address", "unable-to-read-the-file", "no-encoded-string"),
        "a-code-of-tomorrow",
    ],
)
def test_every_refusal_has_a_sentence(upload, client, service, code):
    service(400, message=code, invalid_pages=[1])

    page = client.get(upload()).text

    assert code not in page
    assert 'id="id_file_error"' in page
    assert "Choose another file" in page


@pytest.mark.parametrize("status", [401, 500, 503])
def test_a_letter_that_nobody_could_check_is_kept_and_checked_again(
    upload, client, service, status, sending
):
    service(status)
    url = upload()

    assert "could not be checked" in client.get(url).text
    assert client.post(send_url(url), TYPED).url == url
    assert sending == []

    service(recipient_address=RECIPIENT)
    again = client.post(f"{SERVICE}/upload-letter", {"again": id_of(url)})

    assert again.url == url
    assert "Send 1 letter" in client.get(url).text


@pytest.mark.parametrize("again", ["nonsense", new_id()])
def test_only_a_letter_that_is_kept_is_checked_again(browser, again):
    page = browser().post(f"{SERVICE}/upload-letter", {"again": again})

    assert page.status_code == 404


def test_a_service_that_says_nonsense_has_not_checked(upload, client, service, api):
    service()
    api.upsert("POST", f"{PREVIEW}/precompiled/sanitise", b"<html>", status=200)

    assert "could not be checked" in client.get(upload()).text


# --- sending


def test_the_letter_goes_to_the_api_and_into_the_audit_log(upload, client, sending):
    url = upload()

    page = client.post(send_url(url), TYPED | {"postage": "first"})

    assert page.url == f"{SERVICE}/notification/{id_of(url)}"
    assert sending[0] | {"created_by": ""} == {
        "created_by": "",
        "file_id": id_of(url),
        "filename": "reminder.pdf",
        "postage": "first",
        "recipient_address": RECIPIENT,
    }
    event = AuditEvent.objects.get()
    assert (event.action, event.object_id) == ("sent", id_of(url))
    assert "Ann" not in str(event.after)


def test_a_second_click_a_reload_and_the_back_button_send_nothing(
    upload, client, sending, api
):
    url = upload()
    api.get(f"{API}/notifications/{id_of(url)}", json=notification(id=id_of(url)))
    client.post(send_url(url), TYPED)

    pages = [client.post(send_url(url), TYPED), client.get(url)]

    assert {page.url for page in pages} == {f"{SERVICE}/notification/{id_of(url)}"}
    assert len(sending) == 1
    assert AuditEvent.objects.count() == 1


def test_what_the_api_did_although_its_answer_was_lost_is_not_an_error(
    upload, client, api
):
    url = upload()
    api.post(f"{API}/send-pdf-letter", body=requests.ReadTimeout())
    api.get(f"{API}/notifications/{id_of(url)}", json=notification(id=id_of(url)))

    page = client.post(send_url(url), TYPED)

    assert page.url == f"{SERVICE}/notification/{id_of(url)}"


def test_a_refusal_of_the_api_is_told_and_the_letter_stays(upload, client, api):
    url = upload()
    told = {"result": "error", "message": "Exceeded send limits (letter: 20) for today"}
    api.post(f"{API}/send-pdf-letter", status=429, json=told)
    api.get(f"{API}/notifications/{id_of(url)}", status=404, json={})

    page = client.post(send_url(url), TYPED)

    assert page.status_code == 400
    assert "has reached its limit" in page.text
    assert stored(url)


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("", "Enter the address that is in the letter."),
        ("Ann\nSW1A 1AA", "The address has too few lines."),
        ("A\nB\nC\nD\nE\nF\nG\nSW1A 1AA", "The address has too many lines."),
        ("Ann\n1 Street\nNowhere", "The address does not end in a real UK postcode."),
        ("Ann\n1 Street\nFrance", "your service may not send letters abroad"),
        ("=Ann\n1 Street\nSW1A 1AA", "begins with one of these characters"),
        ("Ann\n---\nSW1A 1AA", "The first 2 lines of the address"),
        ("Ann\nNo fixed abode\nSW1A 1AA", "is no address that post can reach"),
        ("Ann\nBFPO 12\nFrance", "must not end in a country"),
    ],
)
def test_an_address_that_post_cannot_reach_is_refused(
    upload, client, sending, address, told
):
    page = client.post(send_url(upload()), TYPED | {"address": address})

    assert page.status_code == 400
    assert told in page.text
    assert sending == []


def test_a_postage_is_chosen(upload, client, sending):
    page = client.post(send_url(upload()), {"address": RECIPIENT, "postage": "economy"})

    assert "Choose a postage." in page.text
    assert sending == []


def test_a_letter_abroad_goes_by_the_post_of_its_part_of_the_world(
    upload, client, sending, service
):
    service(recipient_address="Ann\n1 Rue\nFrance")
    url = upload(permissions=["letter", "international_letters"])

    page = client.get(url).text
    client.post(send_url(url), {})

    assert "International: Europe, £1.44" in page
    assert 'name="postage"' not in page
    assert sending[0]["postage"] == "europe"


def test_no_rates_no_costs(upload, client, api):
    api.upsert("GET", api.url("/letter-rates/"), status=500, json={})

    page = client.get(upload()).text

    assert "£" not in page
    assert "Economy mail" in page


def test_a_service_in_trial_mode_sends_no_letters(upload, client):
    page = client.get(upload(restricted=True)).text

    assert "in trial mode" in page
    assert "Send 1 letter" not in page


def test_a_platform_admin_looks_but_does_not_send(upload, client):
    url = upload(who=superuser())

    assert "Send 1 letter" not in client.get(url).text
    assert client.post(send_url(url), TYPED).status_code == 403


def test_a_letter_that_was_never_here_is_not_found(browser, api):
    api.get(f"{API}/notifications/<id>", status=404, json={})
    client = browser()

    assert client.get(f"{SERVICE}/preview-letter/{new_id()}").status_code == 404
    assert client.post(send_url(new_id()), TYPED).status_code == 404
    assert client.get(f"{SERVICE}/preview-letter-image/{new_id()}").status_code == 404


def test_a_reader_that_cannot_start_is_told_as_a_file_that_cannot_be_read(
    browser, monkeypatch
):
    def fail(*args, **kwargs):
        raise OSError

    monkeypatch.setattr(process, "read_in_process", fail)

    page = browser().post(f"{SERVICE}/upload-letter", pdf())

    assert "The file cannot be read." in page.text


# --- what waits, and what is printed


@pytest.fixture
def no_files(api):
    api.get(f"{API}/upload", json={"data": [], "links": {}})
    api.get(f"{API}/job", json={"data": [], "links": {}})


def test_what_was_not_sent_waits_among_the_uploads(upload, client, sending, no_files):
    first, second = upload(), upload(client=client)
    upload(pdf_files.letter(11), client=client)
    client.post(send_url(second), TYPED)

    page = client.get(f"{SERVICE}/uploads").text

    assert "Letters not sent yet" in page
    assert f'href="{first}"' in page
    assert page.count("preview-letter/") == 1


def test_only_those_who_send_letters_are_offered_it(browser, upload, no_files):
    upload()
    watcher = staff("view_activity", id=new_id())
    everybody = browser(watcher).get(f"{SERVICE}/uploads").text

    assert "upload-letter" not in everybody
    assert "upload-contact-list" not in everybody
    assert "not sent yet" not in everybody


def test_old_files_are_deleted(upload, client, no_files, monkeypatch):
    url = upload()
    tasks.purge_unsent_letters()
    assert stored(url)

    later = timezone.now() + tasks.KEPT
    monkeypatch.setattr(timezone, "now", lambda: later)
    tasks.purge_unsent_letters()

    with pytest.raises(storage.NoSuchObject):
        stored(url)


def letter(**overrides):
    return notification(
        notification_type="letter",
        to="Ann Example\n1 Example Street",
        client_reference="reminder.pdf",
        template={
            "id": new_id(),
            "name": "Pre-compiled PDF",
            "content": "",
            "subject": "",
            "template_type": "letter",
            "version": 1,
            "is_precompiled_letter": True,
        },
        **overrides,
    )


def test_the_letters_of_a_day_are_listed_by_name_and_recipient(browser, api):
    answer = {"notifications": [letter()], "total": 51, "links": {"next": "x"}}
    api.get(f"{API}/upload/uploaded-letters/2026-01-12", json=answer)

    page = browser().get(f"{SERVICE}/uploaded-letters/2026-01-12").text

    assert "Printed on 12 January at 5:30pm" in page
    assert "51 letters." in page
    assert "reminder.pdf" in page
    assert "Ann Example" in page
    assert 'href="?page=2"' in page


def test_a_day_without_letters_says_so(browser, api):
    answer = {"notifications": [], "total": 0, "links": {}}
    api.get(f"{API}/upload/uploaded-letters/2026-01-12", json=answer)
    client = browser()

    page = client.get(f"{SERVICE}/uploaded-letters/2026-01-12").text

    assert "No uploaded letters were printed on 12 January 2026." in page
    assert client.get(f"{SERVICE}/uploaded-letters/2026-02-31").status_code == 404


def test_a_page_after_the_last_is_empty(browser, api):
    api.get(f"{API}/upload/uploaded-letters/2026-01-12", status=404, json={})

    page = browser().get(f"{SERVICE}/uploaded-letters/2026-01-12?page=99")

    assert page.status_code == 200
