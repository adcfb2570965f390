from __future__ import annotations

import datetime
import uuid

import pytest
from django.utils import timezone

from portal.reports.models import Report
from tests.builders import service, template
from tests.users.personas import SERVICE_ID, sign_in, staff

BASE = f"/services/{SERVICE_ID}"
TEMPLATE = template(name="Reminder", service=SERVICE_ID)
JOB_ID = str(uuid.uuid4())
TODAY = timezone.localdate()


def day(name, value):
    return {
        f"{name}_day": value.day,
        f"{name}_month": value.month,
        f"{name}_year": value.year,
    }


def wish(**changes):
    first = TODAY - datetime.timedelta(days=3)
    return {
        **day("first_day", first),
        **day("last_day", TODAY),
        "message_type": "",
        "status": "",
        "template": "",
        "job": "",
        "columns": ["Recipient", "Status"],
        "file_type": "csv",
        **changes,
    }


@pytest.fixture
def member(db, client, api):
    api.assert_all_requests_are_fired = False
    base = f"/service/{SERVICE_ID}"
    api.get(base, json={"data": service(id=SERVICE_ID)})
    api.get(f"{base}/template", json={"data": [TEMPLATE]})
    job = {"id": JOB_ID, "original_file_name": "people.csv"}
    api.get(f"{base}/job", json={"data": [job], "links": {}})
    api.get(f"{base}/api-keys", json={"apiKeys": [{"name": "Night run"}]})
    versions = [{"name": "Reminder"}, {"name": "Nudge"}, {"name": "Reminder"}]
    api.get(f"{base}/template/{TEMPLATE['id']}/versions", json={"data": versions})
    return sign_in(client, staff("view_activity"), api)


def make(member, **changes):
    return member.post(f"{BASE}/reports/new", wish(**changes))


def test_the_form_offers_templates_and_files(member, api_calls):
    page = member.get(f"{BASE}/reports/new").content.decode()

    assert f'<option value="{TEMPLATE["id"]}">Reminder</option>' in page
    assert f'<option value="{JOB_ID}">people.csv</option>' in page


def test_a_link_can_choose_a_kind_and_a_status(member):
    page = member.get(f"{BASE}/reports/new?message_type=sms&status=failed").content

    assert b'value="sms" checked' in page
    assert b'value="failed" checked' in page


def test_a_link_cannot_break_the_form(member):
    path = f"{BASE}/reports/new?first_day=x&columns=x&message_type=pigeon"

    assert member.get(path).status_code == 200


def test_a_report_is_made_as_it_was_asked_for(member, sent_tasks):
    response = make(
        member,
        message_type="sms",
        status="failed",
        template=TEMPLATE["id"],
        job=JOB_ID,
        recipients="hide",
        file_type="xlsx",
    )

    report = Report.objects.get()
    assert response["Location"] == f"{BASE}/download-report/{report.pk}"
    wanted = report.parameters
    assert (wanted["template_type"], wanted["status"]) == ("sms", "failed")
    assert wanted["job_id"] == JOB_ID
    assert sorted(wanted["template_names"]) == ["Nudge", "Reminder"]
    assert wanted["first_day"] == (TODAY - datetime.timedelta(days=3)).isoformat()
    assert report.layout == {
        "columns": ["Recipient", "Status"],
        "hide_recipients": True,
    }
    assert report.file_type == "xlsx"
    assert len(sent_tasks) == 1


def test_reports_that_differ_in_their_file_are_two(member, sent_tasks):
    make(member)
    make(member, file_type="xlsx")

    assert len(sent_tasks) == 2


TOMORROW = TODAY + datetime.timedelta(days=1)
LONG_AGO = TODAY - datetime.timedelta(days=91)
WRONG = [
    (
        {"first_day_day": "", "first_day_month": "", "first_day_year": ""},
        "Enter the first day.",
    ),
    ({"first_day_month": ""}, "The first day must include a day, a month and a year."),
    (
        {"first_day_day": "31", "first_day_month": "2"},
        "The first day must be a real date.",
    ),
    ({"first_day_day": "x"}, "The first day must be a real date."),
    (day("first_day", TOMORROW), "The first day must be today or in the past."),
    (
        day("first_day", LONG_AGO),
        "Messages are kept for 90 days at most: choose a later day.",
    ),
    (
        {"last_day_day": "", "last_day_month": "", "last_day_year": ""},
        "Enter the last day.",
    ),
    ({"last_day_year": ""}, "The last day must include a day, a month and a year."),
    ({"last_day_day": "99"}, "The last day must be a real date."),
    (
        day("last_day", TODAY - datetime.timedelta(days=4)),
        "The last day must not be before the first day.",
    ),
    ({"message_type": "pigeon"}, "Choose one of the kinds of message."),
    ({"status": "lost"}, "Choose one of the statuses."),
    (
        {"template": str(uuid.uuid4())},
        "That template is no longer there: choose another one.",
    ),
    ({"job": str(uuid.uuid4())}, "That file is no longer there: choose another one."),
    ({"columns": []}, "Choose at least one column."),
    ({"columns": ["Secrets"]}, "Choose columns from the list."),
    ({"recipients": "sell"}, "Choose whether to hide recipients."),
    ({"file_type": ""}, "Choose what kind of file to make."),
    ({"file_type": "doc"}, "Choose one of the kinds of file."),
]


@pytest.mark.parametrize(("changes", "sentence"), WRONG)
def test_every_bad_value_has_its_own_sentence_and_what_was_chosen_stays(
    member, changes, sentence
):
    response = make(member, **{"status": "failed", **changes})

    page = response.content.decode()
    # Once in the summary, once beside the field.
    assert page.count(sentence) == 2
    assert "There is a problem" in page
    assert Report.objects.count() == 0
    if "status" not in changes:
        assert 'value="failed" checked' in page


def test_the_api_away_is_a_page_that_says_so(member, api):
    api.upsert("GET", api.url(f"/service/{SERVICE_ID}/template"), status=503)

    assert member.get(f"{BASE}/reports/new").status_code == 503


def test_a_link_can_choose_all_filters_of_a_list(member):
    query = {
        "template": TEMPLATE["id"],
        "job": JOB_ID,
        "key": "Night run",
        "first_day": "2026-11-02",
    }

    page = member.get(f"{BASE}/reports/new", query).content.decode()

    assert f'value="{TEMPLATE["id"]}" selected' in page
    assert f'value="{JOB_ID}" selected' in page
    assert 'value="Night run" selected' in page
    assert 'value="2"' in page


def test_a_report_can_be_of_one_api_key(member):
    make(member, key="Night run")

    assert Report.objects.get().parameters["api_key"] == "Night run"
