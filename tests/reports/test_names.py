"""What a report is called, as a file and in words."""

from __future__ import annotations

import datetime

import pytest

from portal.reports.models import Report
from portal.reports.names import file_name
from portal.reports.words import describe

DAY = datetime.date(2026, 11, 21)


@pytest.mark.parametrize(
    ("parameters", "name"),
    [
        ({}, "2026-11-21-all-notifications.csv"),
        (
            {"template_type": "sms", "status": "failed"},
            "2026-11-21-failed-sms-notifications.csv",
        ),
        ({"job_name": "Bin day/May.csv"}, "2026-11-21-may-notifications.csv"),
        (
            {"job_name": "people.csv", "status": "failed"},
            "2026-11-21-people-failed-notifications.csv",
        ),
        (
            {"template_name": "Your café visit", "template_type": "email"},
            "2026-11-21-your-café-visit-email-notifications.csv",
        ),
        ({"api_key": "Night run"}, "2026-11-21-night-run-notifications.csv"),
        ({"job_name": "???.csv"}, "2026-11-21-all-notifications.csv"),
    ],
)
def test_a_file_is_called_after_what_it_holds(parameters, name):
    assert file_name(parameters, DAY) == name


def test_a_report_names_its_file_and_its_template():
    wanted = {"job_id": "1", "job_name": "people.csv", "template_name": "Bin day"}

    words = describe(Report(parameters=wanted | {"template_names": ["Bin day"]}))

    assert words == "Messages, template “Bin day”, file “people.csv”"


def test_a_report_that_was_asked_for_before_names_were_kept_is_told_as_well():
    words = describe(Report(parameters={"job_id": "1", "template_names": ["A", "B"]}))

    assert words == "Messages, of one template, of one file"
