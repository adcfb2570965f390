from __future__ import annotations

import datetime
import uuid

import pytest

from portal.sandbox.rules.jobs import row_values

CSV = "phone number,name\n07700900111,Ann\n07700900112,Ben\n"


@pytest.fixture
def new_job(sandbox, person):
    """Upload a spreadsheet and make a job of it; gives the answer."""

    def make(service, template, text=CSV, status=201, data=None, **metadata):
        job_id = str(uuid.uuid4())
        described = {
            "notification_count": str(text.count("\n") - 1),
            "template_id": template["id"],
            "valid": "True",
            "original_file_name": "people.csv",
        }
        sandbox.upload(service["id"], job_id, text, **described | metadata)
        wanted = {"id": job_id, "created_by": person["id"]} | (data or {})
        return sandbox.post(f"/service/{service['id']}/job", wanted, status)

    return make


def in_time(**delta):
    moment = datetime.datetime.now(datetime.UTC) + datetime.timedelta(**delta)
    return moment.isoformat()


def test_a_file_that_was_not_checked_is_refused(live_service, new_template, new_job):
    template = new_template(live_service)

    refused = new_job(live_service, template, status=400, valid="False")

    assert refused["message"] == "File is not valid, can't create job"


def test_a_job_needs_its_file(sandbox, live_service, person):
    wanted = {"id": str(uuid.uuid4()), "created_by": person["id"]}

    sandbox.post(f"/service/{live_service['id']}/job", wanted, 400)


def test_an_archived_template_makes_no_job(
    sandbox, live_service, new_template, new_job
):
    template = new_template(live_service)
    path = f"/service/{live_service['id']}/template/{template['id']}"
    sandbox.post(path, {"archived": True})

    refused = new_job(live_service, template, status=400)

    assert refused["message"] == {"template": ["Template has been deleted"]}


def test_letters_are_not_for_trial_mode(service, new_template, new_job):
    new_job(service, new_template(service, "letter"), status=403)


@pytest.mark.parametrize(
    ("when", "message"),
    [
        ({"hours": -1}, "Date cannot be in the past"),
        ({"days": 8}, "Date cannot be more than 7 days in the future"),
    ],
)
def test_a_job_waits_for_days_at_most(
    live_service, new_template, new_job, when, message
):
    template = new_template(live_service)

    refused = new_job(
        live_service, template, status=400, data={"scheduled_for": in_time(**when)}
    )

    assert refused["message"] == {"scheduled_for": [message]}


def test_a_waiting_job_is_no_upload_yet(sandbox, live_service, new_template, new_job):
    template = new_template(live_service)
    job = new_job(live_service, template, data={"scheduled_for": in_time(hours=2)})

    uploads = sandbox.get(f"/service/{live_service['id']}/upload")
    listed = sandbox.get(f"/service/{live_service['id']}/job?statuses=scheduled")

    assert uploads["total"] == 0
    assert [row["id"] for row in listed["data"]] == [job["data"]["id"]]


def test_a_job_of_another_service_has_no_messages(sandbox, service, live_service):
    path = f"/service/{live_service['id']}/job/{uuid.uuid4()}/notifications"

    assert sandbox.get(path)["notifications"] == []


def test_columns_that_are_there_twice_become_a_list():
    values = row_values(["name", "item", "item"], ["Jo", "a", " b "])

    assert values == {"name": "Jo", "item": ["a", "b"]}


def test_a_short_row_has_only_its_own_cells():
    assert row_values(["name", "item"], ["Jo"]) == {"name": "Jo"}


class TestRunning:
    @pytest.fixture
    def finished(self, sandbox):
        """Wait until a job is done."""

        def wait(service, job):
            path = f"/service/{service['id']}/job/{job['data']['id']}"
            return sandbox.wait_for(
                path, lambda answer: answer["data"]["job_status"], "finished"
            )["data"]

        return wait

    def test_every_row_becomes_a_message(
        self, sandbox, live_service, new_template, new_job, finished
    ):
        job = new_job(live_service, new_template(live_service))

        finished(live_service, job)

        path = f"/service/{live_service['id']}/job/{job['data']['id']}/notifications"
        rows = sandbox.get(path)["notifications"]
        assert [row["job_row_number"] for row in rows] == [0, 1]
        assert rows[0]["personalisation"] == {
            "phonenumber": "07700900111",
            "name": "Ann",
        }

    def test_a_number_that_is_none_fails_and_costs_nothing(
        self, sandbox, live_service, new_template, new_job, finished
    ):
        text = "phone number,name\nnonsense,Ann\n07700900112,Ben\n"
        job = new_job(live_service, new_template(live_service), text)

        finished(live_service, job)

        path = f"/service/{live_service['id']}/job/{job['data']['id']}"
        rows = sandbox.get(f"{path}/notifications")["notifications"]
        assert [row["job_row_number"] for row in rows] == [0, 1]
        assert (rows[0]["status"], rows[0]["to"]) == ("validation-failed", "nonsense")
        assert rows[0]["billable_units"] == 0

    def test_a_row_for_somebody_else_makes_no_message_in_trial_mode(
        self, sandbox, person, service, new_template, new_job, finished
    ):
        mobile = person["mobile_number"]
        text = f"phone number,name\n07700900999,Ann\n{mobile},Ben\n"
        job = new_job(service, new_template(service), text)

        finished(service, job)

        path = f"/service/{service['id']}/job/{job['data']['id']}"
        rows = sandbox.get(f"{path}/notifications")["notifications"]
        assert [row["job_row_number"] for row in rows] == [1]

    def test_a_letter_of_a_job_has_an_address_and_a_class_of_post(
        self, sandbox, live_service, new_template, new_job, finished
    ):
        text = (
            "address line 1,address line 2,address line 3,postcode,name\n"
            "Ann Example,1 High Street,,SW1A 1AA,Ann\n"
            "Ben Example,2 Rue Haute,France,,Ben\n"
        )
        letter = new_template(live_service, "letter")
        job = new_job(live_service, letter, text)

        finished(live_service, job)

        path = f"/service/{live_service['id']}/job/{job['data']['id']}/notifications"
        rows = sandbox.get(path)["notifications"]
        assert [row["postage"] for row in rows] == ["second", "europe"]
        assert rows[0]["to"] == "Ann Example\n1 High Street\nSW1A 1AA"

    def test_a_job_over_the_limit_sends_nothing(
        self, sandbox, live_service, new_template, new_job
    ):
        sandbox.post(f"/service/{live_service['id']}", {"sms_message_limit": 1})
        job = new_job(live_service, new_template(live_service))

        path = f"/service/{live_service['id']}/job/{job['data']['id']}"
        sandbox.wait_for(
            path,
            lambda answer: answer["data"]["job_status"],
            "sending limits exceeded",
        )

        assert sandbox.get(f"{path}/notification_count") == {"count": 0}

    def test_a_report_holds_every_message(
        self, sandbox, live_service, person, new_template, new_job, finished
    ):
        finished(live_service, new_job(live_service, new_template(live_service)))
        path = f"/service/{live_service['id']}/report-request"
        wanted = {
            "user_id": person["id"],
            "report_type": "notifications_report",
            "notification_type": "sms",
            "notification_status": "all",
        }

        report = sandbox.post(path, wanted)["data"]

        sandbox.wait_for(
            f"{path}/{report['id']}", lambda answer: answer["data"]["status"], "stored"
        )
        folder = sandbox.files / "report_requests_download" / "notifications_report"
        lines = (folder / f"{report['id']}.csv").read_text("utf-8-sig").splitlines()
        assert lines[0].startswith("Recipient,")
        assert [line.split(",")[0] for line in lines[1:]] == [
            "07700900112",
            "07700900111",
        ]
