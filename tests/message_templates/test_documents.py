"""The pages behind the link of a file: a preview for the team, and what a recipient gets."""

from __future__ import annotations

import base64
import datetime
import uuid

import pytest
import responses
from django.utils.timezone import localdate

from portal.common import storage
from portal.common.converters import ShortIdConverter
from portal.messages.linked_files import size_text
from tests.builders import service
from tests.message_templates.conftest import API, own_folder
from tests.message_templates.test_email_files import PDF, email, file_in, text_of
from tests.users.personas import SERVICE_ID, staff

CONTACT = "help@example.com"
DOCUMENT_ID = "77777777-0000-4000-8000-000000000009"
SECRET = base64.urlsafe_b64encode(bytes(range(32))).decode().rstrip("=")
DOCUMENTS = "http://documents.test"
DOCUMENT = f"{DOCUMENTS}/services/{SERVICE_ID}/documents/{DOCUMENT_ID}"
short = ShortIdConverter().to_url


@pytest.fixture(autouse=True)
def reachable(known_service):
    known_service(contact_link=CONTACT, name="Parking permits")


@pytest.fixture
def viewer(signed_in):
    """The browser of a member who only looks at things."""
    return signed_in(staff("view_activity"))


def link(document_id, key, page="", **query):
    """The address of a page of a file."""
    more = "".join(f"&{name}={value}" for name, value in query.items())
    return f"/d/{short(SERVICE_ID)}/{short(document_id)}{page}?key={key}{more}"


# --- previews


@pytest.fixture
def attached(known):
    """A template with a file in its bucket: the file, and the template."""

    def register(file=None, **overrides):
        file = file or file_in()
        template = email(file, **overrides)
        known(template)
        key = f"{SERVICE_ID}/{file['id']}"
        storage.save_object("template_email_files", key, PDF)
        return file, short(template["id"])

    return register


def test_the_team_sees_what_recipients_see(viewer, attached):
    file, key = attached()

    page = text_of(viewer.get(link(file["id"], key)))

    assert "This is a preview of what recipients see." in page
    assert "Parking permits sent you a file to download." in page
    assert f"mailto:{CONTACT}" in page


@pytest.mark.parametrize(
    ("contact", "told"),
    [
        ("https://example.com/x", 'href="https://example.com/x"'),
        ("020 7946 0000", "call 020 7946 0000."),
    ],
)
def test_the_services_contact_details_are_told(
    viewer, attached, known_service, contact, told
):
    known_service(contact_link=contact)
    file, key = attached()

    assert told in text_of(viewer.get(link(file["id"], key)))


def test_the_download_waits_for_the_address(viewer, attached):
    file, key = attached()

    response = viewer.get(link(file["id"], key, "/download", download="yes"))

    assert "/confirm-email-address?" in response["Location"]


def test_in_a_preview_the_address_is_ones_own(viewer, attached):
    file, key = attached()
    confirm = link(file["id"], key, "/confirm-email-address")

    wrong = viewer.post(confirm, {"email_address": "x@example.com"})
    bad = viewer.post(confirm, {"email_address": "nobody"})
    none = viewer.post(confirm, {})
    right = viewer.post(confirm, {"email_address": " SANDY@example.gov.uk "})
    page = viewer.get(right["Location"])

    assert wrong.status_code == bad.status_code == none.status_code == 400
    assert "was not sent to this email address" in text_of(wrong)
    assert "in the correct form" in text_of(bad)
    assert "Enter your email address." in text_of(none)
    assert "Download this PDF (0.1KB) to your device" in text_of(page)


def test_a_file_that_asks_for_no_address_is_given_at_once(viewer, attached):
    file, key = attached(file_in(validate_users_email=False, retention_period=2))
    day = localdate() + datetime.timedelta(weeks=2)

    confirm = viewer.get(link(file["id"], key, "/confirm-email-address"))
    page = text_of(viewer.get(link(file["id"], key, "/download")))
    response = viewer.get(link(file["id"], key, "/download", download="yes"))

    assert "/download?" in confirm["Location"]
    assert f"until {day.day} {day:%B %Y}." in page
    assert b"".join(response.streaming_content) == PDF
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == (
        'attachment; filename="Parking rules.pdf"'
    )
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response["Cache-Control"]
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert "sandbox" in response["Content-Security-Policy"]


def test_guessing_addresses_ends_soon(viewer, attached):
    file, key = attached()
    confirm = link(file["id"], key, "/confirm-email-address")

    for number in range(10):
        viewer.post(confirm, {"email_address": f"x{number}@example.com"})
    response = viewer.post(confirm, {"email_address": "sandy@example.gov.uk"})

    assert response.status_code == 429
    assert "You tried too many email addresses." in text_of(response)


def test_an_old_version_shows_the_files_it_had(viewer, attached, api):
    file, key = attached()
    template_id = str(uuid.UUID(bytes=base64.urlsafe_b64decode(f"{key}==")))
    old = email(file_in(filename="old.pdf", id=DOCUMENT_ID), id=template_id)
    path = f"{API}/template/{template_id}/version/7"
    api.get(path, json={"data": old | {"created_by": None, "version": 7}})
    storage.save_object("template_email_files", f"{SERVICE_ID}/{DOCUMENT_ID}", PDF)

    response = viewer.get(link(DOCUMENT_ID, key, template_version=7))

    assert response.status_code == 200


@pytest.mark.parametrize("version", ["x", "9999999"])
def test_a_version_that_is_none_is_not_found(viewer, attached, version):
    file, key = attached()

    response = viewer.get(link(file["id"], key, template_version=version))

    assert response.status_code == 404


def test_a_file_that_is_gone_from_its_bucket_is_told_to_be_gone(viewer, attached):
    file, key = attached()
    storage.delete_object("template_email_files", f"{SERVICE_ID}/{file['id']}")

    response = viewer.get(link(file["id"], key))

    assert response.status_code == 410
    assert "has expired or was deleted" in text_of(response)
    assert f"mailto:{CONTACT}" in text_of(response)


def test_files_in_hidden_folders_are_hidden(viewer, known):
    folder = own_folder("Hidden", users_with_permission=[])
    file = file_in()
    template = email(file, folder=folder["id"])
    known(template, folders=[folder])

    response = viewer.get(link(file["id"], short(template["id"])))

    assert response.status_code == 403


@pytest.mark.parametrize("key", ["", "x", "ä", "AAAA", "A" * 22, "A" * 43, "A" * 99])
def test_a_wrong_key_leads_nowhere_and_says_whom_to_ask(viewer, api, key):
    api.get(f"{API}/template/<id>", status=404, json={"message": "No result found"})
    api.get(f"{API}/template-folder", json={"template_folders": []})

    response = viewer.get(link(DOCUMENT_ID, key))

    assert response.status_code == 404
    assert "File not found" in text_of(response)
    assert f"mailto:{CONTACT}" in text_of(response)


def test_another_services_template_is_no_key(viewer, api):
    template = email(file_in()) | {"service": str(uuid.uuid4())}
    api.get(f"{API}/template/<id>", json={"data": template})
    api.get(f"{API}/template-folder", json={"template_folders": []})

    response = viewer.get(link(DOCUMENT_ID, short(template["id"])))

    assert response.status_code == 404


# --- files that were sent


@pytest.fixture
def sent(api, settings):
    """A file at the document-download service; call it to say more of it."""
    settings.DOCUMENT_DOWNLOAD_API_HOST = DOCUMENTS

    def register(**overrides):
        told = {
            "confirm_email": False,
            "size_in_bytes": len(PDF),
            "file_extension": "pdf",
            "filename": "permit “A”.pdf",
            "available_until": str(localdate()),
        } | overrides
        api.add("GET", f"{DOCUMENT}/check", json={"document": told})

    return register


def test_a_sent_file_is_downloaded_piece_by_piece(viewer, sent, api):
    sent()
    api.add("GET", DOCUMENT, body=PDF, content_type="text/html")

    landing = text_of(viewer.get(link(DOCUMENT_ID, SECRET)))
    response = viewer.get(link(DOCUMENT_ID, SECRET, "/download", download="yes"))

    assert "preview" not in landing
    assert f"/download?key={SECRET}" in landing
    assert response.streaming
    assert b"".join(response.streaming_content) == PDF
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''")


def test_the_proof_of_an_address_goes_with_the_download(viewer, sent, api):
    sent(confirm_email=True)
    api.add("POST", f"{DOCUMENT}/authenticate", json={"signed_data": "signed"})
    cookie = responses.matchers.header_matcher(
        {"Cookie": "document_access_signed_data=signed"}
    )
    api.add("GET", DOCUMENT, body=PDF, match=[cookie])
    address = {"email_address": "ann@example.com"}

    confirmed = viewer.post(
        link(DOCUMENT_ID, SECRET, "/confirm-email-address"), address
    )
    response = viewer.get(f"{confirmed['Location']}&download=yes")

    assert b"".join(response.streaming_content) == PDF


@pytest.mark.parametrize(
    ("status", "answered", "told"),
    [
        (403, 400, "was not sent to this email address"),
        (400, 400, "was not sent to this email address"),
        (429, 429, "You tried too many email addresses."),
    ],
)
def test_what_the_service_says_of_an_address_is_told(
    viewer, sent, api, status, answered, told
):
    sent(confirm_email=True)
    api.add("POST", f"{DOCUMENT}/authenticate", status=status, json={"error": "No"})

    response = viewer.post(
        link(DOCUMENT_ID, SECRET, "/confirm-email-address"),
        {"email_address": "ann@example.com"},
    )

    assert response.status_code == answered
    assert told in text_of(response)


def test_a_proof_that_is_too_old_leads_back_to_the_question(viewer, sent, api):
    sent(confirm_email=True)
    api.add("POST", f"{DOCUMENT}/authenticate", json={"signed_data": "signed"})
    api.add("GET", DOCUMENT, status=302, headers={"Location": "http://else.test"})
    address = {"email_address": "ann@example.com"}
    confirmed = viewer.post(
        link(DOCUMENT_ID, SECRET, "/confirm-email-address"), address
    )

    response = viewer.get(f"{confirmed['Location']}&download=yes")

    assert "/confirm-email-address?" in response["Location"]


@pytest.mark.parametrize(
    ("status", "answered"), [(400, 404), (403, 404), (404, 404), (410, 410)]
)
def test_a_file_that_cannot_be_had_is_said_to_be_gone(
    viewer, sent, api, status, answered
):
    sent()
    api.replace("GET", f"{DOCUMENT}/check", status=status, json={"error": "No"})

    response = viewer.get(link(DOCUMENT_ID, SECRET))

    assert response.status_code == answered
    assert f"mailto:{CONTACT}" in text_of(response)


def test_a_file_is_gone_after_its_last_day(viewer, sent):
    sent(available_until=str(localdate() - datetime.timedelta(days=1)))

    assert viewer.get(link(DOCUMENT_ID, SECRET)).status_code == 410


def test_a_service_that_is_away_is_said_to_be_away(viewer, sent, api):
    sent()
    api.replace("GET", f"{DOCUMENT}/check", status=503, body="<html>")

    assert viewer.get(link(DOCUMENT_ID, SECRET)).status_code == 503


def test_strangers_sign_in_first_and_come_back(client, db, api, known_service):
    response = client.get(link(DOCUMENT_ID, SECRET))

    assert response["Location"].startswith("/sign-in?next=%2Fd%2F")


def test_a_platform_without_the_service_has_no_sent_files(viewer, settings):
    settings.DOCUMENT_DOWNLOAD_API_HOST = ""

    assert viewer.get(link(DOCUMENT_ID, SECRET)).status_code == 404


@pytest.mark.parametrize(
    ("size", "text"),
    [(1, "0.1KB"), (1536, "1.5KB"), (102_400, "100KB"), (2_097_152, "2MB")],
)
def test_sizes_are_written_for_people(size, text):
    assert size_text(size) == text


def test_a_service_without_contact_details_names_none(viewer, attached, known_service):
    known_service(contact_link=None)
    file, key = attached()

    assert "any questions" not in text_of(viewer.get(link(file["id"], key)))
    assert service()["contact_link"] is None
