"""What a service used: the year, its months, and how fresh that is."""

from __future__ import annotations

import csv
import datetime as dt
import io

import pytest
from django.utils import timezone

from portal.billing import actions
from portal.billing.tasks import refresh_usage
from portal.common import kept
from portal.services.months import financial_year
from tests.builders import service
from tests.users.personas import SERVICE_ID, sign_in, staff

URL = f"/services/{SERVICE_ID}/usage"
API = f"/service/{SERVICE_ID}/billing"


def line(kind, **overrides):
    return {
        "notification_type": kind,
        "notifications_sent": 10,
        "chargeable_units": 10,
        "charged_units": 10,
        "rate": 0.0227,
        "cost": 0.227,
        "free_allowance_used": 0,
        **overrides,
    }


TEXTS = line(
    "sms",
    notifications_sent=900,
    chargeable_units=1200,
    charged_units=200,
    cost=4.54,
    free_allowance_used=1000,
)
LETTERS = line("letter", notifications_sent=3, rate=0.73, cost=2.19)
EMAILS = line("email", notifications_sent=5000, rate=0, cost=0)


@pytest.fixture
def manager(db, client, api):
    api.get(f"/service/{SERVICE_ID}", json={"data": service(id=SERVICE_ID)})
    return sign_in(client, staff("manage_service"), api)


@pytest.fixture
def used(api):
    def register(annual=(TEXTS, LETTERS, EMAILS), monthly=()):
        api.get(f"{API}/yearly-usage-summary", json=list(annual))
        api.get(f"{API}/monthly-usage", json=list(monthly))
        api.get(
            f"{API}/free-sms-fragment-limit",
            json={"free_sms_fragment_limit": 1000, "financial_year_start": 2026},
        )

    return register


def test_the_year_is_summed_up(manager, used):
    used()

    page = manager.get(URL).content.decode()

    assert "5,000" in page
    assert "0 left of 1,000" in page
    assert "£4.54" in page
    assert "200 at 2.27p" in page
    assert "£2.19" in page
    assert "Nothing was charged in this year." in page


def test_months_come_newest_first_in_their_own_years(manager, used):
    april = TEXTS | {"month": "April", "postage": None}
    letters = LETTERS | {"month": "January", "postage": "second"}
    used(monthly=[april, letters])
    year = timezone.localdate().year - 1

    page = manager.get(f"{URL}?year={year}").content.decode()

    assert page.index(f"January {year + 1}") < page.index(f"April {year}")
    assert "Second class: 3 at 73p" in page
    assert "1,000 free" in page


def test_the_months_can_be_taken_away_as_a_file(manager, used):
    used(monthly=[TEXTS | {"month": "April", "postage": None}])

    file = manager.get(f"{URL}.csv")

    rows = list(csv.reader(io.StringIO(file.content.decode("utf-8-sig"))))
    assert [row[1:4] for row in rows[1:]] == [
        ["Free text messages", "", "1000"],
        ["Text messages", "", "200"],
    ]
    assert rows[2][4:] == ["0.0227", "4.54"]


def test_a_second_look_asks_for_nothing(manager, used, api_calls):
    used()
    manager.get(URL)
    api_calls.clear()

    page = manager.get(URL).content.decode()

    assert "As of" in page
    assert not [call for call in api_calls if "billing" in call.route]


def test_the_first_look_asks_side_by_side(manager, used, api_calls):
    used()

    manager.get(URL)

    assert len([call for call in api_calls if "billing" in call.route]) == 3


def test_old_figures_are_shown_at_once_and_refreshed_behind(manager, used, monkeypatch):
    asked = []
    monkeypatch.setattr(kept, "send_task", lambda *task: asked.append(task))
    used()
    manager.get(URL)
    later = timezone.now() + dt.timedelta(hours=1)
    monkeypatch.setattr(kept.timezone, "now", lambda: later)

    for _look in range(2):
        page = manager.get(URL).content.decode()
        assert 'hx-trigger="' in page

    year = financial_year(timezone.localdate())
    assert asked == [(actions.REFRESH, SERVICE_ID, str(year))]


def test_the_background_keeps_what_it_read(db, used, api, scope):
    used()

    refresh_usage(SERVICE_ID, "2025")

    api.reset()
    assert actions.usage_of(service_id=SERVICE_ID, year=2025).emails == 5000


def test_a_year_that_is_no_year_is_this_one(manager, used):
    used()

    assert manager.get(f"{URL}?year=1e9").status_code == 200


def test_a_script_gets_what_the_page_shows(manager, used):
    used(monthly=[TEXTS | {"month": "April", "postage": None}])

    told = manager.get(f"/services/{SERVICE_ID}/dashboard-usage.json").json()

    assert told["free_sms_fragment_limit"] == told["free_sms_fragments_used"] == 1000
    assert told["sms"] == {"chargeable_units": 1200, "cost": 4.54}
    assert told["letter"] == {"notifications_sent": 3, "cost": 2.19}
    assert told["email"] == {"notifications_sent": 5000}
    assert told["as_of"].endswith("Z")
    assert told["months"][0]["free_sms_fragments_used"] == 1000


@pytest.mark.parametrize(
    ("units", "warning"),
    [
        (799, ""),
        (800, "Nearly used up: 80% of the free text messages."),
        (999, "Nearly used up: 99% of the free text messages."),
        (
            1000,
            "All free text messages of this year are used. Each one now costs money.",
        ),
    ],
)
def test_the_free_allowance_warns_before_it_is_used_up(manager, used, units, warning):
    used(annual=[line("sms", chargeable_units=units)])

    page = manager.get(URL).content.decode()

    assert ("portal-allowance__warning" in page) is bool(warning)
    assert warning in page


def test_the_dashboard_tells_a_manager_what_the_year_used(signed_in_manager):
    browser, calls = signed_in_manager

    page = browser.get(f"/services/{SERVICE_ID}").content.decode()
    assert "Not yet known." in page
    assert not [call for call in calls if "billing" in call.route]
    part = browser.get(
        f"/services/{SERVICE_ID}?part=usage", headers={"HX-Request": "true"}
    )

    assert "0 left of 1,000, 1,000 used" in part.content.decode()
    page = browser.get(f"/services/{SERVICE_ID}").content.decode()
    assert "0 left of 1,000, 1,000 used" in page
    assert 'hx-trigger="load"' not in page


@pytest.fixture
def signed_in_manager(db, client, api, used, api_calls):
    nothing = {
        kind: {"requested": 0, "delivered": 0, "failed": 0}
        for kind in ("email", "sms", "letter")
    }
    base = f"/service/{SERVICE_ID}"
    api.get(base, json={"data": service(id=SERVICE_ID)})
    api.get(f"{base}/statistics", json={"data": nothing})
    api.get(f"{base}/template-statistics", json={"data": []})
    api.get(f"{base}/job", json={"data": [], "links": {}})
    used()
    browser = sign_in(client, staff("view_activity", "manage_service"), api)
    return browser, api_calls
