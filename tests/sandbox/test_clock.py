"""The sandbox's time is moved: everything that waits for a time happens."""

from __future__ import annotations

import datetime
import uuid

import pytest
import requests

from tests.sandbox.conftest import new_person, new_service, running

CLOCK = "/_sandbox/clock.json"


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory):
    """A sandbox whose time these tests may move."""
    with running(tmp_path_factory.mktemp("clock"), "--empty") as started:
        yield started


@pytest.fixture(autouse=True)
def real_time(sandbox):
    yield
    sandbox.delete(CLOCK, 200)


def now_in(sandbox):
    return datetime.datetime.fromisoformat(sandbox.get(CLOCK)["now"])


def real_now():
    return datetime.datetime.now(datetime.UTC)


def noon_in(sandbox, days=1):
    """Go to noon of a day, so that no test crosses midnight by chance."""
    day = real_now().date() + datetime.timedelta(days=days)
    sandbox.post(CLOCK, {"set": f"{day}T12:00"})


def test_without_a_move_it_is_the_real_time(sandbox):
    shown = sandbox.get(CLOCK)

    assert shown["moved_by_seconds"] == 0
    assert abs(now_in(sandbox) - real_now()) < datetime.timedelta(seconds=10)


def test_time_goes_on_as_far_as_one_says(sandbox):
    moved = sandbox.post(CLOCK, {"days": 1, "hours": 2, "minutes": 3, "seconds": 4})

    assert moved["moved_by_seconds"] == 26 * 3600 + 184
    assert now_in(sandbox) > real_now() + datetime.timedelta(days=1)


def test_a_time_without_a_zone_is_londons(sandbox):
    sandbox.post(CLOCK, {"set": "2027-07-01T09:30"})

    assert sandbox.get(CLOCK)["london"].startswith("2027-07-01T09:30")
    assert now_in(sandbox).hour == 8


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"set": "yesterday"},
        {"days": "many"},
        {"days": 10**9},
        {"days": 1e308},
        {"set": "1999-01-01T00:00:00Z"},
    ],
)
def test_what_is_no_time_is_refused_with_a_sentence(sandbox, wrong):
    refused = sandbox.post(CLOCK, wrong, 400)

    assert '"set"' in refused["message"]
    assert sandbox.get(CLOCK)["moved_by_seconds"] == 0


def test_people_have_a_page(sandbox):
    page = f"{sandbox.base_url}/_sandbox/clock"

    moved = requests.post(page, data={"hours": "1"}, timeout=10)
    wrong = requests.post(page, data={"set": "soon"}, timeout=10)

    assert moved.url == page
    assert "1:00:00" in moved.text
    assert wrong.status_code == 400
    assert 'role="alert"' in wrong.text
    assert 'value="soon"' in wrong.text


def test_the_time_stays_moved_after_a_restart(tmp_path):
    with running(tmp_path, "--empty") as first:
        first.post(CLOCK, {"days": 2})

    with running(tmp_path, "--empty") as second:
        assert second.get(CLOCK)["moved_by_seconds"] == 2 * 86400


def test_new_rows_have_the_moved_time(sandbox):
    sandbox.post(CLOCK, {"days": 30})

    service = new_service(sandbox, new_person(sandbox))

    path = f"/service/{service['id']}/email-reply-to"
    data = {"email_address": "replies@example.gov.uk", "is_default": True}
    made = sandbox.post(path, data)["data"]
    created = datetime.datetime.fromisoformat(made["created_at"])
    assert created > real_now() + datetime.timedelta(29)


def test_a_daily_limit_begins_anew_at_midnight_in_london(
    sandbox, person, service, new_template, send
):
    sandbox.post(f"/service/{service['id']}", {"sms_message_limit": 1})
    template = new_template(service)
    noon_in(sandbox)
    send(service, template)
    send(service, template, 429)

    sandbox.post(CLOCK, {"days": 1})

    send(service, template)


@pytest.fixture
def waiting_job(sandbox, person, live_service, new_template):
    """A job that begins in three hours: its path, and where its file lies."""
    service, job = live_service["id"], str(uuid.uuid4())
    sandbox.upload(
        service,
        job,
        "phone number,name\n07700900111,Jo\n",
        notification_count="1",
        template_id=new_template(live_service)["id"],
        valid="True",
        original_file_name="one.csv",
    )
    at = (now_in(sandbox) + datetime.timedelta(hours=3)).isoformat()
    data = {"id": job, "created_by": person["id"], "scheduled_for": at}
    sandbox.post(f"/service/{service}/job", data)
    file = sandbox.files / "csv_upload" / f"service-{service}-notify" / f"{job}.csv"
    return f"/service/{service}/job/{job}", file


def job_status(found):
    return found["data"]["job_status"]


def test_a_scheduled_job_begins_when_its_time_has_come(sandbox, waiting_job):
    path, _file = waiting_job
    assert job_status(sandbox.get(path)) == "scheduled"

    sandbox.post(CLOCK, {"hours": 4})

    sandbox.wait_for(path, job_status, "finished")


def test_a_job_whose_file_is_gone_is_in_error(sandbox, waiting_job):
    path, file = waiting_job
    file.unlink()

    sandbox.post(CLOCK, {"hours": 4})

    sandbox.wait_for(path, job_status, "error")


def test_a_code_runs_out(sandbox):
    person = new_person(sandbox, mobile_number="07700913001")
    sandbox.post(f"/user/{person['id']}/sms-code", {})
    code = sandbox.sent_to("07700913001")[-1].split()[0]

    sandbox.post(CLOCK, {"minutes": 31})

    told = sandbox.post(
        f"/user/{person['id']}/verify/code", {"code": code, "code_type": "sms"}, 400
    )
    assert told["message"] == "Code has expired"


def test_an_invitation_runs_out_after_two_days(sandbox, person, service):
    address = f"new-{uuid.uuid4().hex}@example.gov.uk"
    sandbox.post(
        f"/service/{service['id']}/invite",
        {
            "service": service["id"],
            "email_address": address,
            "from_user": person["id"],
            "permissions": "view_activity",
            "auth_type": "sms_auth",
            "folder_permissions": [],
            "invite_link_host": "http://localhost:8000",
        },
    )
    link = sandbox.sent_to(address)[-1]
    token = link.split("/invitation/")[1].split()[0]
    sandbox.get(f"/invite/service/check/{token}")

    sandbox.post(CLOCK, {"days": 2, "minutes": 1})

    refused = sandbox.call("GET", f"/invite/service/check/{token}")
    assert refused.status_code in (400, 404)


def test_letters_are_printed_and_delivered(sandbox, live_service, new_template, send):
    letter = new_template(live_service, "letter")
    lines = ("A Person", "1 Test Street", "SW1A 1AA")
    values = {f"address_line_{n}": line for n, line in enumerate(lines, 1)}
    noon_in(sandbox)
    sent = send(
        live_service, letter, to="A Person", personalisation=values | {"name": "Jo"}
    )
    path = f"/service/{live_service['id']}/notifications/{sent['id']}"
    assert sandbox.get(path)["status"] == "created"

    sandbox.post(CLOCK, {"hours": 6})
    sandbox.wait_for(path, lambda found: found["status"], "sending")
    sandbox.post(CLOCK, {"days": 3})

    sandbox.wait_for(path, lambda found: found["status"], "delivered")


def test_messages_are_kept_for_a_week_and_their_figures_for_ever(
    sandbox, live_service, new_template, send
):
    service = f"/service/{live_service['id']}"
    template = new_template(live_service)
    noon_in(sandbox)
    month = now_in(sandbox).strftime("%Y-%m")
    year = now_in(sandbox).year - (now_in(sandbox).month < 4)
    sent = send(live_service, template, to="07700900111")
    path = f"{service}/notifications/{sent['id']}"
    sandbox.wait_for(path, lambda found: found["status"], "delivered")

    sandbox.post(CLOCK, {"days": 9})

    sandbox.wait_for(
        f"{service}/notifications", lambda found: found["notifications"], []
    )
    figures = sandbox.get(f"{service}/notifications/monthly?year={year}")["data"]
    assert figures[month]["sms"] == {"delivered": 1}
    assert sandbox.call("GET", path).status_code == 404


def test_a_service_may_keep_its_messages_for_longer(
    sandbox, live_service, new_template, send
):
    service = f"/service/{live_service['id']}"
    sandbox.post(
        f"{service}/data-retention",
        {"notification_type": "sms", "days_of_retention": 30},
    )
    noon_in(sandbox)
    sent = send(live_service, new_template(live_service), to="07700900111")
    other = new_service(sandbox, new_person(sandbox), restricted=False)
    gone = send(other, new_template(other), to="07700900111", **by(other))

    sandbox.post(CLOCK, {"days": 20})

    sandbox.wait_for(
        f"/service/{other['id']}/notifications",
        lambda found: found["notifications"],
        [],
    )
    kept = sandbox.get(f"{service}/notifications")["notifications"]
    assert [row["id"] for row in kept] == [sent["id"]]
    assert gone["id"]


def by(service):
    return {"created_by": service["created_by"]}


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Host": "evil.example"},
    ],
)
def test_pages_of_other_sites_cannot_move_the_time(sandbox, headers):
    answer = requests.post(
        f"{sandbox.base_url}/_sandbox/clock",
        data={"days": "1"},
        headers=headers,
        timeout=10,
    )

    assert answer.status_code in (400, 403)
    assert sandbox.get(CLOCK)["moved_by_seconds"] == 0


def test_own_pages_cannot_be_framed(sandbox):
    page = requests.get(f"{sandbox.base_url}/_sandbox/clock", timeout=10)

    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
