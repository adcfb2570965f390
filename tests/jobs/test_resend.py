"""The rows of a file that failed: taken away, and sent again."""

from __future__ import annotations

import pytest

from portal.common import storage
from portal.jobs.uploads import load_upload
from tests import builders
from tests.jobs.conftest import TEMPLATE_ID
from tests.jobs.test_job import row
from tests.users.personas import SERVICE_ID, staff

pytestmark = pytest.mark.django_db

JOB_ID = "77777777-0000-4000-8000-000000000001"
PAGE = f"/services/{SERVICE_ID}/jobs/{JOB_ID}"
API_JOB = f"/service/{SERVICE_ID}/job/{JOB_ID}"
FAILED = {"status": "permanent-failure", "count": 2}
WAITING = {
    "job_status": "scheduled",
    "scheduled_for": "2026-11-22T09:00:00.000000Z",
    "statistics": [],
}
FILE = b'phone number,name\r\n07700900001,Ann\r\n07700900002,"Bo, jr"\r\n+447700900003,Cy\r\n'


@pytest.fixture
def job(sender, api):
    """Return a function that gives the API a job with its file, some rows of which failed."""

    def prepare(failed=(), content=FILE, user=None, total=None, **data):
        client = sender(user=user)
        told = {"statistics": [FAILED], "template": TEMPLATE_ID, **data}
        api.get(API_JOB, json={"data": builders.job(id=JOB_ID, **told)})
        rows = [row(number) for number in failed]
        total = len(rows) if total is None else total
        answer = {"notifications": rows, "links": {}, "total": total}
        api.get(f"{API_JOB}/notifications", json=answer)
        if content:
            key = f"service-{SERVICE_ID}-notify/{JOB_ID}.csv"
            storage.save_object("csv_upload", key, content)
        return client

    return prepare


def test_the_rows_that_failed_become_a_file_to_check_for_the_same_template(job, api):
    client = job(failed=[3, 2])

    response = client.post(f"{PAGE}/send-failed")

    assert response.url.startswith(f"/services/{SERVICE_ID}/{TEMPLATE_ID}/check/")
    upload = load_upload(SERVICE_ID, response.url.rsplit("/", 1)[1])
    assert upload.name == "people, failed.csv"
    assert upload.content() == (
        b'phone number,name\r\n07700900002,"Bo, jr"\r\n+447700900003,Cy\r\n'
    )
    assert not upload.is_valid
    assert any("status=permanent-failure" in call.request.url for call in api.calls)


def test_a_file_that_is_gone_is_asked_for_again(job):
    client = job(failed=[1], content=None)

    page = client.post(f"{PAGE}/send-failed", follow=True)

    assert "The file is not kept any longer: upload it again." in page.text


def test_where_nothing_failed_the_page_says_so(job):
    client = job()

    page = client.post(f"{PAGE}/send-failed", follow=True)

    assert "None of the messages in this file has failed." in page.text


def test_very_many_failures_are_not_sent_again_at_once(job):
    client = job(failed=[1], total=5_001)

    page = client.post(f"{PAGE}/send-failed", follow=True)

    assert "More than 5,000 messages failed" in page.text


def test_the_job_offers_it_to_those_who_may_send(job):
    page = job().get(PAGE).text

    assert "Send again to the 2 that failed" in page
    assert f"{PAGE}.csv?status=failed" in page


def test_others_are_not_offered_it(job):
    client = job(user=staff("view_activity"))

    assert "Send again" not in client.get(PAGE).text
    assert client.post(f"{PAGE}/send-failed").status_code == 403


def test_a_job_without_failures_offers_nothing(job):
    page = job(statistics=[{"status": "delivered", "count": 2}]).get(PAGE).text

    assert "Send again" not in page
    assert "rows that failed" not in page


def test_the_report_can_be_of_the_failures_alone(job, api):
    client = job(failed=[2])

    page = client.get(f"{PAGE}.csv?status=failed")

    assert "07700900002" in b"".join(page.streaming_content).decode()
    assert any("status=permanent-failure" in call.request.url for call in api.calls)


def test_cancelling_a_job_that_waits_asks_first(job):
    page = job(**WAITING).get(f"{PAGE}?cancel=ask").text

    assert "Cancel sending people.csv?" in page
    assert f'action="{PAGE}"' in page


def test_a_job_that_began_meanwhile_is_not_asked_about(job):
    page = job(statistics=[]).get(f"{PAGE}?cancel=ask", follow=True)

    assert "The file is being sent and cannot be cancelled." in page.text
