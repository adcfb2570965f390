"""Starting a job: once, now or later, with what the API wants to know of the file."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.contrib.messages import get_messages

from portal.jobs import schedule
from portal.jobs.forms import StartForm
from tests import builders
from tests.jobs.conftest import stored
from tests.users.personas import SERVICE_ID, staff, superuser

pytestmark = pytest.mark.django_db

GOOD = "phone number,name\n07700900001,Ann\n07700900002,Bo\n"
API_JOB = f"/service/{SERVICE_ID}/job"
NOW = dt.datetime(2026, 11, 20, 14, 30, tzinfo=dt.UTC)


def start(client, address, **data):
    upload_id = address.rpartition("/")[2]
    page = client.post(
        f"/services/{SERVICE_ID}/start-job/{upload_id}", {"when": "now", **data}
    )
    return page, upload_id


def test_starting_makes_the_job_of_the_file(upload, client, api):
    address = upload(GOOD)
    made = api.post(API_JOB, json={"data": {}}, status=201)

    page, upload_id = start(client, address)

    assert page.url == f"/services/{SERVICE_ID}/jobs/{upload_id}"
    assert json.loads(made.calls[0].request.body) == {
        "id": upload_id,
        "created_by": staff()["id"],
    }


@pytest.mark.parametrize(
    ("rows", "told"),
    [(1, "1 text message is being sent."), (2, "2 text messages are being sent.")],
)
def test_the_page_that_follows_says_what_is_being_sent(upload, client, api, rows, told):
    heading, *numbers = GOOD.splitlines(keepends=True)
    address = upload("".join([heading, *numbers[:1] * rows]))
    api.post(API_JOB, json={"data": {}}, status=201)

    page, _upload_id = start(client, address)

    assert [str(message) for message in get_messages(page.wsgi_request)] == [told]


def test_the_file_is_where_the_api_looks_and_says_what_it_needs(upload, client, api):
    address = upload(GOOD)
    api.post(API_JOB, json={"data": {}}, status=201)

    _page, upload_id = start(client, address)

    content, metadata = stored(upload_id)
    assert content.decode() == GOOD
    assert metadata["valid"] == "True"
    assert metadata["notification_count"] == "2"
    assert metadata["template_id"] in address
    assert metadata["original_file_name"] == "people.csv"


def test_a_file_that_was_only_checked_is_not_valid_yet(upload, client):
    address = upload(GOOD)
    client.get(address)

    assert "valid" not in stored(address.rpartition("/")[2])[1]


def test_a_double_click_makes_one_job(upload, client, api):
    address = upload(GOOD)
    made = api.post(API_JOB, json={"data": {}}, status=201)

    first, _id = start(client, address)
    second, _id = start(client, address)

    assert made.call_count == 1
    assert first.url == second.url


def test_a_job_the_api_has_already_is_no_error(upload, client, api):
    address = upload(GOOD)
    upload_id = address.rpartition("/")[2]
    api.post(API_JOB, json={"message": "Internal server error"}, status=500)
    api.get(f"{API_JOB}/{upload_id}", json={"data": builders.job(id=upload_id)})

    page, _id = start(client, address)

    assert page.status_code == 302


def test_a_refusal_is_shown_and_the_file_can_be_sent_again(upload, client, api):
    address = upload(GOOD)
    upload_id = address.rpartition("/")[2]
    api.post(API_JOB, json={"message": "Template has been deleted"}, status=400)
    api.get(f"{API_JOB}/{upload_id}", json={"message": "No result found"}, status=404)

    page, _id = start(client, address)

    assert "This template has been deleted." in page.text
    assert "Send 2 text messages" in page.text


def test_a_bad_file_is_never_started(upload, client):
    address = upload("phone number,name\n123,Ann\n")

    page, _id = start(client, address)

    assert page.url == address


def test_a_later_time_is_sent_in_utc(upload, client, api):
    address = upload(GOOD)
    made = api.post(API_JOB, json={"data": {}}, status=201)
    tomorrow = schedule.days_from(dt.datetime.now(dt.UTC))[1][0]

    start(client, address, when="later", day=tomorrow, hour="9")

    moment = json.loads(made.calls[0].request.body)["scheduled_for"]
    assert moment == schedule.wire(schedule.moment_of(tomorrow, "9"))


def test_a_time_that_has_passed_is_refused_on_the_page(upload, client):
    address = upload(GOOD)
    today = schedule.days_from(dt.datetime.now(dt.UTC))[0][0]

    page, _id = start(client, address, when="later", day=today, hour="0")

    assert "Choose a time in the future" in page.text
    assert "Hello Ann" in page.text


def test_a_started_file_shows_its_job_instead_of_the_check(upload, client, api):
    address = upload(GOOD)
    api.post(API_JOB, json={"data": {}}, status=201)
    _page, upload_id = start(client, address)
    api.get(f"{API_JOB}/{upload_id}", json={"data": builders.job(id=upload_id)})

    assert client.get(address).url == f"/services/{SERVICE_ID}/jobs/{upload_id}"


def test_platform_admins_do_not_send(upload, client):
    address = upload(GOOD, user=superuser())

    page, _id = start(client, address)

    assert page.status_code == 403


def test_the_hours_are_those_of_london():
    assert schedule.wire(schedule.moment_of("2026-07-01", "9")) == "2026-07-01T08:00:00"
    assert schedule.wire(schedule.moment_of("2026-12-01", "9")) == "2026-12-01T09:00:00"


@pytest.mark.parametrize(
    ("day", "hour", "possible"),
    [
        ("2026-11-20", "14", False),
        ("2026-11-20", "15", True),
        ("2026-11-27", "14", True),
        ("2026-11-27", "15", False),
    ],
)
def test_a_job_may_wait_for_seven_days(day, hour, possible):
    form = StartForm({"when": "later", "day": day, "hour": hour}, now=NOW)

    assert form.is_valid() is possible


def test_the_next_hour_is_offered():
    form = StartForm(now=NOW.replace(hour=23))

    assert form["day"].value() == "2026-11-21"
    assert form["hour"].value() == "0"


def test_days_have_the_names_that_people_use():
    names = [name for _value, name in schedule.days_from(NOW)]

    assert names[:3] == ["Today", "Tomorrow", "Sunday 22 November"]
