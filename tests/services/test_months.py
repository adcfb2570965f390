from __future__ import annotations

import csv
import datetime
import io
from uuid import UUID

import pytest
from django.utils import timezone

from portal.common import kept
from portal.services import months
from portal.services.actions import load_year
from portal.services.tasks import refresh_year
from tests.builders import new_id
from tests.services.conftest import API, BASE
from tests.users.personas import SERVICE_ID, staff, superuser

THIS_YEAR = months.years_to_show()[0]


@pytest.fixture
def sent(api):
    """Let the API say what was sent by month, and with which templates."""

    def register(data=None, usage=()):
        notifications = f"{API}/notifications"
        api.get(f"{notifications}/monthly", json={"data": data or {}})
        api.get(f"{notifications}/templates_usage/monthly", json={"stats": list(usage)})

    return register


def used(name, month, count, year=2026):
    return {
        "template_id": new_id(),
        "name": name,
        "type": "sms",
        "month": month,
        "year": year,
        "count": count,
        "is_precompiled_letter": False,
    }


@pytest.mark.parametrize(
    ("day", "year"), [("2026-03-31", 2025), ("2026-04-01", 2026), ("2026-12-31", 2026)]
)
def test_a_financial_year_begins_in_april(day, year):
    assert months.financial_year(datetime.date.fromisoformat(day)) == year


def test_statuses_of_a_month_are_added_up():
    data = {"2026-04": {"sms": {"delivered": 5, "sent": 1, "failed": 2, "sending": 3}}}

    (month,) = months.months_of(data)

    text = next(c for c in month.channels if c.kind == "sms")
    assert (text.requested, text.delivered, text.failed) == (11, 6, 2)


def test_a_month_counts_letters_that_came_back_but_none_that_was_cancelled():
    letters = {"delivered": 5, "returned-letter": 2, "cancelled": 3}

    (month,) = months.months_of({"2026-04": {"letter": letters}})

    letter = next(c for c in month.channels if c.kind == "letter")
    assert (letter.requested, letter.delivered, letter.failed) == (7, 7, 0)


def test_the_newest_month_comes_first():
    found = months.months_of({"2026-04": {}, "2027-01": {}, "2026-12": {}})

    assert [f"{m.first_day:%Y-%m}" for m in found] == ["2027-01", "2026-12", "2026-04"]


def test_months_are_shown_with_their_failures(viewer, sent):
    sent({"2026-04": {"email": {"delivered": 1200, "permanent-failure": 34}}})

    page = viewer.get(f"{BASE}/monthly").content.decode()

    assert "April 2026" in page
    assert "1,234" in page
    assert "34 failed" in page


def test_templates_are_shown_month_by_month(viewer, sent):
    sent(usage=[used("Ready", 4, 3), used("Due", 5, 2), used("Late", 5, 9)])

    page = viewer.get(f"{BASE}/template-usage").content.decode()

    assert page.index("May 2026") < page.index("Late") < page.index("Due")
    assert page.index("Due") < page.index("April 2026") < page.index("Ready")


@pytest.mark.parametrize("page", ["monthly", "template-usage"])
def test_a_year_is_read_once_for_all_its_pages(viewer, sent, api_calls, page):
    sent()

    assert viewer.get(f"{BASE}/{page}").status_code == 200
    assert len(api_calls) == 4
    for other in ("monthly", "template-usage", "monthly.csv", "template-usage.csv"):
        assert viewer.get(f"{BASE}/{other}").status_code == 200
    assert len(api_calls) == 4


def test_an_old_year_is_shown_at_once_and_counted_anew_behind(
    viewer, sent, monkeypatch
):
    asked = []
    monkeypatch.setattr(kept, "send_task", lambda *task: asked.append(task))
    sent({"2026-04": {"sms": {"delivered": 5}}})
    viewer.get(f"{BASE}/monthly")
    later = timezone.now() + datetime.timedelta(minutes=11)
    monkeypatch.setattr(kept.timezone, "now", lambda: later)

    page = viewer.get(f"{BASE}/monthly").content.decode()

    assert "April 2026" in page
    assert f'hx-get="{BASE}/monthly"' in page
    assert asked == [("portal.services.tasks.refresh_year", SERVICE_ID, str(THIS_YEAR))]


def test_the_background_counts_a_year(db, api, sent):
    sent({"2026-04": {"sms": {"delivered": 5}}})

    refresh_year(SERVICE_ID, str(THIS_YEAR))

    api.reset()
    found = load_year(service_id=UUID(SERVICE_ID), year=THIS_YEAR)
    assert found.months[0].requested == 5


def test_a_service_that_is_gone_is_no_error_of_the_background(db, api):
    api.assert_all_requests_are_fired = False
    api.get(f"{API}/notifications/monthly", status=404, json={})
    api.get(f"{API}/notifications/templates_usage/monthly", status=404, json={})

    refresh_year(SERVICE_ID, str(THIS_YEAR))


def lines(response):
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_the_months_can_be_taken_away_as_a_file(viewer, sent):
    sent({"2026-04": {"email": {"delivered": 97, "permanent-failure": 3}}})

    file = viewer.get(f"{BASE}/monthly.csv")

    assert lines(file)[1] == ["2026-04", "email", "100", "97", "3", "3.0"]
    assert f"messages-{THIS_YEAR}-to-" in file["Content-Disposition"]


def test_the_use_of_templates_can_be_taken_away_as_a_file(viewer, sent):
    sent(usage=[used("=Ready", 4, 3)])

    (row,) = lines(viewer.get(f"{BASE}/template-usage.csv"))[1:]

    assert (row[0], row[1], row[3:]) == ("2026-04", "'=Ready", ["sms", "3"])


@pytest.mark.parametrize("page", ["monthly", "template-usage"])
@pytest.mark.parametrize(
    ("asked", "year"),
    [
        ("", THIS_YEAR),
        (str(THIS_YEAR - 1), THIS_YEAR - 1),
        ("1999", THIS_YEAR),
        ("x", THIS_YEAR),
    ],
)
def test_a_year_can_be_chosen(viewer, sent, api, page, asked, year):
    sent()

    response = viewer.get(f"{BASE}/{page}?year={asked}")

    assert all(f"year={year}" in call.request.url for call in list(api.calls)[-2:])
    assert f'aria-current="page">{year} to {year + 1}<' in response.content.decode()


def test_a_year_without_messages_says_so(viewer, sent):
    sent()

    assert b"Nothing was sent in this year." in viewer.get(f"{BASE}/monthly").content
    assert b"No templates were used" in viewer.get(f"{BASE}/template-usage").content


def test_the_old_address_of_template_usage_leads_there(viewer):
    response = viewer.get(f"{BASE}/template-activity")

    assert response["Location"] == f"{BASE}/template-usage"


@pytest.mark.parametrize("page", ["monthly", "template-usage", "template-activity"])
def test_only_those_who_may_see_what_is_sent_see_the_months(signed_in, page):
    assert signed_in(staff("manage_templates")).get(f"{BASE}/{page}").status_code == 403


def test_a_platform_admin_sees_the_months(signed_in, sent):
    browser = signed_in(superuser())
    sent()

    assert browser.get(f"{BASE}/monthly").status_code == 200


def test_without_the_api_the_months_say_so(viewer, api):
    api.get(f"{API}/notifications/monthly", status=503)

    assert viewer.get(f"{BASE}/monthly").status_code == 503
