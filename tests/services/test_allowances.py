"""What is left of a service's daily limits, on its dashboard."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from portal.services import hints
from portal.services.allowances import Allowance
from portal.services.client import shared_redis
from tests.services.conftest import BASE

HTMX = {"HX-Request": "true"}


@pytest.mark.parametrize(
    ("used", "warning"),
    [
        (0, ""),
        (799, ""),
        (800, "Near the limit: 80% is used."),
        (999, "Near the limit: 99% is used."),
        (1000, "The limit is reached: no more can be sent today."),
        (1001, "The limit is reached: no more can be sent today."),
        (None, ""),
    ],
)
def test_a_limit_warns_before_it_is_reached(used, warning):
    assert Allowance("sms", used, 1000).warning == warning


def test_a_limit_of_nothing_is_reached():
    assert Allowance("letter", 0, 0).is_reached


def test_a_bar_ends_at_the_limit():
    assert Allowance("letter", 30, 20).drawn == 20
    assert Allowance("letter", 30, 20).left == 0


@pytest.fixture
def limits(known_service):
    known_service(
        email_message_limit=1000,
        sms_message_limit=500,
        international_sms_message_limit=100,
        permissions=["email", "sms", "international_sms"],
    )


def test_what_was_sent_today_is_held_against_the_limits(viewer, figures, limits):
    figures(email={"requested": 850, "delivered": 850, "failed": 0})

    page = viewer.get(f"{BASE}?period=today").content.decode()

    assert "Near the limit: 85% is used." in page
    assert 'data-label="Left today">150<' in page
    assert 'data-label="Left today">500<' in page


def test_what_nobody_counts_is_left_out_and_not_nothing(viewer, figures, limits):
    figures()

    page = viewer.get(f"{BASE}?period=today").content.decode()

    # International text messages are in nobody's statistics.
    assert "International text messages" not in page
    assert "not counted yet" not in page


def test_other_periods_learn_what_was_sent_today_by_a_poll(viewer, figures, limits):
    figures(email={"requested": 850, "delivered": 850, "failed": 0})

    first = viewer.get(BASE).content.decode()
    viewer.get(BASE, headers=HTMX)
    second = viewer.get(BASE).content.decode()

    assert first.count('data-label="Left today">not counted yet<') == 2
    assert 'data-label="Left today">150<' in second


def test_yesterdays_count_says_nothing_about_today(
    viewer, figures, limits, monkeypatch
):
    figures()
    viewer.get(BASE, headers=HTMX)
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    days = {None: tomorrow}
    monkeypatch.setattr(
        hints.timezone,
        "localdate",
        lambda value=None: days.get(value, timezone.localtime(value).date()),
    )

    page = viewer.get(BASE).content.decode()

    assert page.count('data-label="Left today">not counted yet<') == 2


def test_the_apis_own_counters_are_believed_first(
    viewer, figures, limits, monkeypatch, api_calls
):
    counted = {"email": 10, "sms": 20, "international_sms": 100, "letter": 0}
    monkeypatch.setattr(
        shared_redis,
        "read_count",
        lambda key: next(n for kind, n in counted.items() if f"-{kind}-" in key),
    )
    figures(email={"requested": 850, "delivered": 850, "failed": 0})

    page = viewer.get(BASE).content.decode()

    assert 'data-label="Left today">990<' in page
    assert "The limit is reached: no more can be sent today." in page
