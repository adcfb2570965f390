"""Lists of recipients that a service keeps."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from portal.common import storage
from portal.common.models import AuditEvent
from tests.builders import job, new_id
from tests.jobs.conftest import SEND, TEMPLATE_ID, stored
from tests.users.personas import SERVICE_ID, staff

BASE = f"/services/{SERVICE_ID}"
API = f"/service/{SERVICE_ID}/contact-list"
NUMBERS = "phone number\n07700900001\n07700900002\n"

pytestmark = pytest.mark.django_db


def contact_list(**overrides):
    return {
        "created_at": "2026-01-05T09:00:00.000000Z",
        "created_by": "Ann Example",
        "has_jobs": False,
        "id": new_id(),
        "original_file_name": "drivers.csv",
        "recent_job_count": 0,
        "row_count": 2,
        "service_id": SERVICE_ID,
        "template_type": "sms",
        **overrides,
    }


@pytest.fixture
def browser(sender, api):
    api.assert_all_requests_are_fired = False
    who = staff("send_messages", "manage_templates")
    return sender(who, content="The office is closed today.")


@pytest.fixture
def checked(browser):
    """Upload a list; gives the address of its check."""

    def put(content=NUMBERS, name="drivers.csv"):
        file = SimpleUploadedFile(name, content.encode())
        page = browser.post(f"{BASE}/upload-contact-list", {"file": file})
        assert page.status_code == 302, page.text
        return page.url

    return put


@pytest.fixture
def kept(browser, checked, api):
    """A list that the API knows and whose file is there."""
    pk = checked().rsplit("/", 1)[1]
    row = contact_list(id=pk)
    api.get(API, json=[row])
    api.get(f"{API}/{pk}", json=row)
    return row


def test_a_list_is_checked_and_saved(browser, checked, api):
    url = checked()
    pk = url.rsplit("/", 1)[1]
    api.post(API, status=201, json=contact_list(id=pk))
    api.get(API, json=[contact_list(id=pk)])

    page = browser.get(url).content.decode()
    saved = browser.post(f"{BASE}/save-contact-list/{pk}", follow=True)

    assert "2 phone numbers found." in page
    assert "The contact list “drivers.csv” is saved." in saved.content.decode()
    (call,) = [c for c in api.calls if c.request.method == "POST"]
    body = json.loads(call.request.body)
    assert (body["id"], body["row_count"], body["template_type"]) == (pk, 2, "sms")
    key = f"service-{SERVICE_ID}-notify/{pk}.csv"
    assert storage.read_metadata("contact_list_upload", key)["valid"] == "True"
    assert AuditEvent.objects.get().action == "added"


def test_a_second_click_saves_no_second_list(browser, checked, api):
    pk = checked().rsplit("/", 1)[1]
    api.post(API, status=201, json=contact_list(id=pk))

    for _click in range(2):
        browser.post(f"{BASE}/save-contact-list/{pk}")

    assert len([c for c in api.calls if c.request.method == "POST"]) == 1


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("phone number,name\n07700900001,Ann\n", "must have one column only, not 2"),
        ("name\nAnn\n", "“email address” or “phone number”"),
    ],
)
def test_a_file_that_is_no_list_is_refused(browser, content, sentence):
    file = SimpleUploadedFile("drivers.csv", content.encode())

    page = browser.post(f"{BASE}/upload-contact-list", {"file": file})

    assert page.status_code == 400
    assert "drivers.csv: the " in page.content.decode()
    assert sentence in page.content.decode()


def test_without_a_file_the_page_asks_for_one(browser):
    page = browser.post(f"{BASE}/upload-contact-list", {})

    assert page.status_code == 400
    assert "Choose a file to upload." in page.content.decode()


def test_wrong_recipients_are_shown_and_keep_it_from_being_saved(browser, checked, api):
    url = checked("email address\nann@example.com\nno address\n")

    page = browser.get(url).content.decode()
    saved = browser.post(url.replace("check-", "save-"))

    assert "There is a problem with drivers.csv" in page
    assert "no address" in page
    assert saved.url == url
    assert not [c for c in api.calls if c.request.method == "POST"]


def test_another_file_can_be_tried_from_the_check(browser, checked):
    url = checked("email address\nno address\n")

    page = browser.post(url, {"file": SimpleUploadedFile("b.csv", NUMBERS.encode())})

    assert page.status_code == 302
    assert page.url != url


def test_lists_are_listed_with_how_often_they_were_used(browser, api):
    used = contact_list(has_jobs=True, recent_job_count=2, template_type="email")
    api.get(API, json=[contact_list(), used])

    page = browser.get(f"{BASE}/contact-lists").content.decode()

    assert "2 phone numbers, not used yet" in page
    assert "2 email addresses, used 2 times lately" in page


def test_a_list_is_shown_and_taken_away_as_it_is(browser, kept):
    page = browser.get(f"{BASE}/contact-list/{kept['id']}").content.decode()
    file = browser.get(f"{BASE}/contact-list/{kept['id']}.csv")

    assert "Uploaded by Ann Example" in page
    assert "07700900001" in page
    assert file.content.decode().splitlines() == NUMBERS.splitlines()
    assert 'filename="drivers.csv"' in file["Content-Disposition"]


def test_a_list_is_deleted_after_a_question(browser, kept, api):
    api.delete(f"{API}/{kept['id']}", status=204)

    url = f"{BASE}/contact-list/{kept['id']}/delete"
    question = browser.get(url).content.decode()
    done = browser.post(url, follow=True).content.decode()

    assert "Delete “drivers.csv”?" in question
    assert "The contact list “drivers.csv” is deleted." in done


@pytest.mark.parametrize("end", ["", ".csv", "/delete"])
def test_a_list_of_others_is_not_found(browser, api, end):
    pk = new_id()
    told = {"result": "error", "message": "No result found"}
    api.get(f"{API}/{pk}", status=404, json=told)

    assert browser.get(f"{BASE}/contact-list/{pk}{end}").status_code == 404


def test_only_lists_of_the_templates_kind_are_offered(browser, kept, api):
    mails = contact_list(template_type="email", original_file_name="mails.csv")
    api.replace("GET", api.url(API), json=[kept, mails])

    page = browser.get(f"{SEND}/from-contact-list").content.decode()

    assert "drivers.csv" in page
    assert "mails.csv" not in page


def test_sending_to_a_list_makes_a_file_and_a_job_of_its_own(browser, kept, api):
    api.get(f"/service/{SERVICE_ID}/job", json={"data": [], "links": {}})
    figures = {"sms": {"requested": 3, "delivered": 3, "failed": 0}}
    api.get(f"/service/{SERVICE_ID}/statistics", json={"data": figures})
    api.get("/sms-rate/", json={"rate": 0.0227})
    api.post(f"/service/{SERVICE_ID}/job", status=201, json={"data": job()})

    check = browser.get(f"{SEND}/from-contact-list/{kept['id']}").url
    upload_id = check.rsplit("/", 1)[1]
    browser.post(f"{BASE}/start-job/{upload_id}", {"when": "now"})

    assert check.startswith(f"{BASE}/{TEMPLATE_ID}/check/")
    assert upload_id != kept["id"]
    assert stored(upload_id)[1]["contact_list_id"] == kept["id"]
    (call,) = [c for c in api.calls if c.request.method == "POST"]
    body = json.loads(call.request.body)
    assert (body["id"], body["contact_list_id"]) == (upload_id, kept["id"])
