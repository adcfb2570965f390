"""A job's page, its figures, its report, and the list of jobs."""

from __future__ import annotations

import csv
import io

import pytest
from django.utils import timezone

from portal.common import storage
from portal.jobs.report import own_headings
from tests import builders
from tests.users.personas import SERVICE_ID, staff

pytestmark = pytest.mark.django_db

LETTERS = "transient_uploaded_letters"
JOB_ID = "77777777-0000-4000-8000-000000000001"
PAGE = f"/services/{SERVICE_ID}/jobs/{JOB_ID}"
API_JOB = f"/service/{SERVICE_ID}/job/{JOB_ID}"


@pytest.fixture
def job(sender, api):
    """Return a function that gives the API a job and signs somebody in."""

    def prepare(notifications=(), links=None, user=None, **data):
        client = sender(user=user)
        api.get(API_JOB, json={"data": builders.job(id=JOB_ID, **data)})
        answer = {"notifications": list(notifications), "links": links or {}}
        api.get(f"{API_JOB}/notifications", json=answer)
        return client

    return prepare


def running(**counts):
    statistics = [{"status": name, "count": count} for name, count in counts.items()]
    return {"job_status": "in progress", "statistics": statistics}


def test_a_job_shows_its_figures_and_messages(job):
    client = job(
        [builders.notification(to="07700900001")],
        notification_count=10,
        statistics=[
            {"status": "delivered", "count": 7},
            {"status": "permanent-failure", "count": 1},
            {"status": "sending", "count": 2},
        ],
    )

    page = client.get(PAGE)

    assert "people.csv" in page.text
    assert "07700 900001" in page.text
    figures = [pill["figure"] for pill in page.context["pills"]]
    assert figures == [10, 2, 7, 1]


SOON = "The first messages will show here in a moment."


def test_a_job_whose_messages_are_still_to_be_made_says_so(job):
    page = job(notification_count=10, **running()).get(PAGE)

    assert SOON in page.text
    assert "No messages found" not in page.text
    assert 'id="job-progress"' not in page.text


@pytest.mark.parametrize(
    ("fields", "query"),
    [
        (running(), "?status=failed"),
        (running(delivered=3), ""),
        ({"job_status": "finished", "statistics": []}, "?page=2"),
    ],
)
def test_a_list_that_is_empty_for_another_reason_says_no_more(job, fields, query):
    page = job(notification_count=10, **fields).get(f"{PAGE}{query}")

    assert SOON not in page.text
    assert "No messages found" in page.text


def test_a_running_job_is_asked_again(job):
    client = job(notification_count=10, **running(delivered=3))

    whole = client.get(PAGE)
    part = client.get(PAGE, headers={"HX-Request": "true"})

    assert "hx-get" in whole.text
    assert part.status_code == 200
    assert "<html" not in part.text


def test_a_finished_job_ends_the_asking(job):
    client = job(notification_count=10)

    assert client.get(PAGE, headers={"HX-Request": "true"}).status_code == 286
    assert "hx-get" not in client.get(PAGE).text


def test_figures_are_filters(job, api):
    client = job(notification_count=10)

    client.get(f"{PAGE}?status=failed")

    assert any("status=permanent-failure" in call.request.url for call in api.calls)


def test_a_job_page_makes_two_calls(job, api_calls):
    client = job()
    client.get(PAGE)
    del api_calls[:]

    client.get(PAGE)

    assert sorted(call.route for call in api_calls) == [
        "/service/<id>/job/<id>",
        "/service/<id>/job/<id>/notifications",
    ]


def test_a_job_that_waits_can_be_cancelled(job, api):
    client = job(
        job_status="scheduled",
        scheduled_for="2026-11-22T09:00:00.000000Z",
        statistics=[],
    )
    api.post(f"{API_JOB}/cancel", json={"data": {}})

    page = client.get(PAGE)
    cancelled = client.post(PAGE)

    assert "Cancel sending" in page.text
    assert cancelled.url == f"/services/{SERVICE_ID}/uploads"


def test_a_job_that_has_started_says_so(job, api):
    client = job()
    api.post(f"{API_JOB}/cancel", json={"message": "No result found"}, status=404)

    assert client.post(PAGE).url == PAGE


def test_cancelling_needs_the_permission_to_send(job):
    client = job(user=staff("view_activity"))

    assert client.post(PAGE).status_code == 403


def test_a_job_that_is_not_there_is_a_page_that_says_so(sender, api):
    client = sender()
    missing = {"message": "No result found"}
    api.get(API_JOB, json=missing, status=404)
    api.get(f"{API_JOB}/notifications", json=missing, status=404)

    assert client.get(PAGE).status_code == 404


def row(number, **overrides):
    return {
        "row_number": number,
        "recipient": f"0770090000{number}",
        "template_name": "Permit ready",
        "template_type": "sms",
        "job_name": "people.csv",
        "status": "delivered",
        "created_at": "2026-11-20 09:00:00",
        **overrides,
    }


def read(page):
    text = b"".join(page.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def test_the_report_has_every_row_with_its_own_columns(sender, api):
    client = sender()
    storage.save_object(
        "csv_upload",
        f"service-{SERVICE_ID}-notify/{JOB_ID}.csv",
        b"phone number,name\r\n07700900001,Ann\r\n07700900002,=1+1\r\n",
    )
    api.get(API_JOB, json={"data": builders.job(id=JOB_ID)})
    rows = {"notifications": [row(1), row(2, status="permanent-failure")], "links": {}}
    api.get(f"{API_JOB}/notifications", json=rows)

    found = read(client.get(f"{PAGE}.csv"))

    assert found == [
        ["Row number", "phone number", "name", "Template", "Type", "Job", "Status", "Time"],
        ["1", "07700900001", "Ann", "Permit ready", "sms", "people.csv", "Delivered",
         "2026-11-20 09:00:00"],
        ["2", "07700900002", "'=1+1", "Permit ready", "sms", "people.csv",
         "Not delivered", "2026-11-20 09:00:00"],
    ]  # fmt: skip


def test_columns_of_the_file_and_of_the_report_are_told_apart():
    own = own_headings(["phone number", "Time", "status "])

    assert own == [
        *("Template", "Type", "Job"),
        *("Status of the message", "Time of the message"),
    ]


def test_the_report_goes_on_over_all_pages(sender, api):
    client = sender()
    api.get(API_JOB, json={"data": builders.job(id=JOB_ID)})
    for page, links in ((1, {"next": "x"}), (2, {})):
        api.get(f"{API_JOB}/notifications", json={
            "notifications": [row(page)], "links": links,
        })  # fmt: skip

    found = read(client.get(f"{PAGE}.csv"))

    assert [line[:2] for line in found[1:]] == [
        ["1", "07700900001"],
        ["2", "07700900002"],
    ]


def test_reports_are_for_those_who_may_see_activity(job):
    client = job(user=staff("send_messages"))

    assert client.get(f"{PAGE}.csv").status_code == 403


def test_the_original_file_can_be_had_back(job):
    client = job()
    key = f"service-{SERVICE_ID}-notify/{JOB_ID}.csv"
    storage.save_object("csv_upload", key, b"phone number\r\n07700900001\r\n")

    page = client.get(f"{PAGE}/original.csv")

    assert page.text == "phone number\r\n07700900001\r\n"
    assert "people.csv" in page.headers["Content-Disposition"]


@pytest.fixture
def waiting(api):
    """Have a file that waits for its time."""
    waiting = builders.job(
        original_file_name="later.csv",
        job_status="scheduled",
        statistics=[],
        scheduled_for="2026-11-22T09:00:00.000000Z",
    )
    api.get(
        f"/service/{SERVICE_ID}/job",
        json={"data": [waiting], "links": {}},
        match=[lambda request: ("statuses=scheduled" in request.url, "")],
    )


def test_the_list_has_waiting_and_sent_files(sender, api, waiting):
    client = sender()
    api.get(f"/service/{SERVICE_ID}/job", json={"data": [builders.job()], "links": {}})

    page = client.get(f"/services/{SERVICE_ID}/jobs")

    assert "later.csv" in page.text
    assert "people.csv" in page.text


def listed(**overrides):
    return {
        "id": JOB_ID,
        "original_file_name": "people.csv",
        "notification_count": 1200,
        "created_at": "2026-01-12 09:00:00",
        "upload_type": "job",
        "template_type": "sms",
        "recipient": None,
        "statistics": [
            {"count": 1000, "status": "delivered"},
            {"count": 3, "status": "permanent-failure"},
        ],
        **overrides,
    }


def test_the_uploads_are_files_with_their_figures_and_letters_by_day(
    sender, api, waiting
):
    client = sender()
    letters = listed(
        id=None,
        upload_type="letter_day",
        notification_count=2,
        created_at="2026-07-14 16:30:00",
        statistics=[],
    )
    answer = {"data": [letters, listed()], "links": {"next": True}}
    api.get(f"/service/{SERVICE_ID}/upload", json=answer)

    page = client.get(f"/services/{SERVICE_ID}/uploads").text

    assert "later.csv" in page
    assert f'href="/services/{SERVICE_ID}/jobs/{JOB_ID}">people.csv' in page
    assert [figure in page for figure in (">197<", ">1,000<", ">3<")] == [True] * 3
    assert f'href="/services/{SERVICE_ID}/uploaded-letters/2026-07-14"' in page
    assert "2 letters" in page
    assert 'href="?page=2"' in page


def test_the_next_page_has_no_waiting_files(sender, api):
    client = sender()
    one = listed(id="77777777-0000-4000-8000-00000000000a", upload_type="letter")
    api.get(f"/service/{SERVICE_ID}/upload", json={"data": [one], "links": {}})

    page = client.get(f"/services/{SERVICE_ID}/uploads?page=2").text

    assert f"/services/{SERVICE_ID}/notification/{one['id']}" in page
    assert 'href="?page=1"' in page


def test_nothing_uploaded_is_said(sender, api):
    for key in storage.list_keys(LETTERS, f"service-{SERVICE_ID}"):
        storage.delete_object(LETTERS, key)
    client = sender()
    api.get(f"/service/{SERVICE_ID}/upload", json={"data": [], "links": {}})
    api.get(f"/service/{SERVICE_ID}/job", json={"data": [], "links": {}})

    page = client.get(f"/services/{SERVICE_ID}/uploads").text

    assert "No files have been uploaded." in page
    assert "Upload a contact list" in page


# --- letters


@pytest.fixture
def letters(job, api):
    """A file of letters that was sent just now, and somebody who may see it."""
    api.assert_all_requests_are_fired = False
    return job(
        template_type="letter",
        job_status="finished",
        created_at=timezone.now().isoformat(),
        statistics=[{"status": "created", "count": 3}],
    )


def test_letters_are_cancelled_after_a_question(letters, api):
    api.post(f"{API_JOB}/cancel-letter-job", json=3)

    page = letters.get(PAGE).text
    question = letters.get(f"{PAGE}/cancel").text
    done = letters.post(f"{PAGE}/cancel", follow=True).text

    assert f'href="{PAGE}/cancel"' in page
    assert "Cancel all the letters from people.csv?" in question
    assert "3 letters are cancelled." in done


def test_the_reason_why_letters_cannot_be_cancelled_is_told(letters, api):
    told = "We are still processing these letters, please try again in a minute."
    api.post(f"{API_JOB}/cancel-letter-job", status=400, json={"message": told})

    assert told in letters.post(f"{PAGE}/cancel", follow=True).text


def test_only_letters_are_cancelled_this_way(job):
    assert job().get(f"{PAGE}/cancel").status_code == 404


def test_letters_of_yesterday_offer_nothing_to_cancel(job):
    client = job(template_type="letter", created_at="2026-01-05T09:00:00.000000Z")

    assert f'href="{PAGE}/cancel"' not in client.get(PAGE).text
