"""The dashboard's figures as JSON."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from portal.reports.models import ServiceFigures
from tests.builders import job
from tests.services.conftest import BASE
from tests.services.test_page import MOVING, SOME, use
from tests.users.personas import SERVICE_ID

URL = f"{BASE}/dashboard.json"


def test_a_script_gets_what_the_page_shows(viewer, figures, known_service):
    known_service(permissions=["email", "sms", "letter", "inbound_sms"])
    figures(
        email=SOME,
        uses=[use("Ready", 3)],
        jobs=[job(original_file_name="people.csv")],
        scheduled=1,
        next_at="2026-12-01T08:00:00.000000Z",
    )

    told = viewer.get(URL).json()

    assert told["service"] == {
        "id": SERVICE_ID,
        "name": "Parking permits",
        "restricted": False,
    }
    assert told["period"] == "week"
    assert told["as_of"] is None
    assert told["statistics"]["email"] == SOME | {"failure_rate": 0.132}
    assert [row["template_name"] for row in told["templates"]] == ["Ready"]
    assert told["templates"][0]["failed"] == 0
    assert told["jobs"][0]["original_file_name"] == "people.csv"
    assert told["jobs"][0]["created_at"] == "2026-01-05T09:00:00Z"
    assert told["scheduled_jobs"] == {
        "count": 1,
        "soonest_scheduled_for": "2026-12-01T08:00:00Z",
    }
    assert told["inbound_sms"] == {"count": 0, "most_recent": None}
    assert told["daily_limits"]["email"]["sent_today"] == SOME["requested"]


def test_what_a_service_cannot_do_is_null(viewer, figures, known_service):
    known_service(permissions=["sms"])
    figures()

    told = viewer.get(URL).json()

    assert told["inbound_sms"] is told["returned_letters"] is None
    assert list(told["statistics"]) == ["sms"]


@pytest.mark.parametrize(
    ("period", "days"), [("today", 0), ("week", 7), ("nonsense", 7)]
)
def test_the_period_can_be_chosen(viewer, figures, period, days):
    figures()

    told = viewer.get(f"{URL}?period={period}").json()

    since = timezone.localdate() - datetime.timedelta(days=days)
    assert told["since"] == since.isoformat()


def test_months_tell_when_they_were_counted(viewer, figures):
    month = f"{timezone.localdate():%Y-%m}"
    figures(months={month: {"sms": {"delivered": 5, "permanent-failure": 5}}})

    told = viewer.get(f"{URL}?period=month").json()

    assert told["since"] == f"{month}-01"
    assert told["as_of"]
    assert told["statistics"]["sms"]["failure_rate"] == 0.5


def test_an_unchanged_answer_has_no_body(viewer, figures):
    figures(sms=MOVING)
    first = viewer.get(URL)

    second = viewer.get(URL, headers={"If-None-Match": first["ETag"]})

    assert (second.status_code, second.content) == (304, b"")


def test_older_figures_say_so_while_the_api_is_away(viewer, api_away):
    ServiceFigures.objects.create(
        service_id=SERVICE_ID,
        limit_days=7,
        channels={"email": SOME},
        as_of=timezone.now(),
    )
    api_away()

    response = viewer.get(URL)

    assert response.status_code == 503
    assert response.json()["as_of"]
    assert response.json()["statistics"]["email"]["requested"] == 1205


def test_page_and_script_share_one_reading(viewer, figures, api_calls):
    figures(sms=MOVING)
    viewer.get(URL)
    api_calls.clear()

    viewer.get(URL)
    viewer.get(BASE, headers={"HX-Request": "true"})

    assert api_calls == []
