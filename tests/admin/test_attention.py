"""The first page of the admin: what needs attention, and of when that is known."""

from __future__ import annotations

import datetime

import pytest
import requests
from django.utils import timezone

from portal.platform.attention import KEY
from portal.remote.cache import cache
from portal.reports.models import Report, ServiceFigures
from tests.builders import new_id, provider, service

PART = "/admin/attention/"
WAITS = service(name="Library cards", restricted=True, has_active_go_live_request=True)
FAILS = service(name="Parking permits")


@pytest.fixture
def platform(api):
    api.assert_all_requests_are_fired = False
    now = timezone.now().isoformat()
    slow = provider(display_name="MMG", priority=70, updated_at=now)
    old = provider(display_name="SES", updated_at="2026-01-05T09:00:00.000000Z")
    stats = {"processing_time": [{"date": "x", "percentage_under_10_seconds": 91.5}]}
    api.get("/_status", json={"status": "ok"})
    api.get("/service", json={"data": [WAITS, FAILS]})
    api.get("/provider-details", json={"provider_details": [slow, old]})
    api.get("/performance-dashboard", json=stats)


@pytest.fixture
def failing(db):
    figures = {"sms": {"requested": 1000, "delivered": 900, "failed": 100}}
    ServiceFigures.objects.create(
        service_id=FAILS["id"],
        limit_days=7,
        channels=figures,
        as_of=timezone.now() - datetime.timedelta(hours=2),
    )


def words_of(page):
    return " ".join(page.content.decode().split())


def test_the_first_page_waits_for_nothing_and_loads_the_part_later(pat, asked):
    page = pat.get("/admin/").content.decode()

    assert f'data-load="{PART}"' in page
    assert asked() == []


def test_it_shows_what_needs_attention(pat, platform, failing, asked):
    words = words_of(pat.get(PART, headers={"HX-Request": "true"}))

    assert "<html" not in words
    assert "As of" in words
    assert "91.5% of the last day’s messages left within 10 seconds" in words
    assert "100 of 1,000 text messages failed" in words
    assert "Parking permits" in words
    assert "Library cards" in words
    assert words.count("switched") == 1
    assert "Figures last refreshed" in words
    assert sorted(asked()) == [
        "GET /_status",
        "GET /performance-dashboard",
        "GET /provider-details",
        "GET /service",
    ]


def test_a_second_look_asks_nothing(pat, platform, asked):
    pat.get(PART)
    asked()

    assert "Library cards" in words_of(pat.get(PART))
    assert asked() == []


def test_without_scripts_it_is_a_page(pat, platform):
    page = words_of(pat.get(PART))

    assert "<html" in page
    assert "What needs attention | " in page


def test_an_api_that_is_away_is_said_with_what_it_said_last(pat, platform, api):
    pat.get(PART)
    cache.invalidate(KEY)
    api.replace("GET", api.url("/_status"), body=requests.ConnectionError())

    words = words_of(pat.get(PART))

    assert "Does not answer, or not in time." in words
    assert "As of" in words
    assert "Library cards" in words


def test_an_api_that_never_answered_leaves_the_portals_own_figures(pat, api):
    api.assert_all_requests_are_fired = False
    for path in ("/_status", "/service", "/provider-details", "/performance-dashboard"):
        api.get(path, body=requests.ConnectionError())

    page = pat.get(PART)

    assert page.status_code == 503
    words = words_of(page)
    assert "Does not answer, or not in time." in words
    assert "As of" not in words
    assert words.count("Not known") == 3


def test_what_the_api_refuses_is_not_known_and_the_rest_is_shown(pat, platform, api):
    api.replace("GET", api.url("/provider-details"), status=500, json={"message": "x"})

    words = words_of(pat.get(PART))

    assert "Answers" in words
    assert words.count("Not known") == 1


def test_reports_that_nobody_makes_are_told_of(pat, platform):
    long_ago = timezone.now() - datetime.timedelta(minutes=10)
    Report.objects.create(
        service_id=new_id(),
        created_by_id=new_id(),
        created_at=long_ago,
        heartbeat_at=long_ago,
    )

    assert "1 report waits for longer than two minutes" in words_of(pat.get(PART))
