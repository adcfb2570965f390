"""Days, months and moments as templates write them."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from portal.common.templatetags import portal_ui

# Half past midnight on the clocks of London.
SUMMER_NIGHT = dt.datetime(2024, 6, 30, 23, 30, 5, tzinfo=dt.UTC)


def test_a_moment_is_on_the_day_that_it_is_in_london():
    assert portal_ui.full_day(SUMMER_NIGHT) == "1 July 2024"
    assert portal_ui.full_month(SUMMER_NIGHT) == "July 2024"
    assert portal_ui.exact_time(SUMMER_NIGHT) == "1 July 2024, 00:30:05"


def test_a_moment_follows_a_verb():
    assert portal_ui.time_in_sentence(SUMMER_NIGHT) == "on 1 July 2024 at 12:30am"
    assert portal_ui.time_in_sentence(timezone.now()).startswith("today at ")
    assert portal_ui.time_in_sentence(None) == ""


def test_a_day_is_itself():
    assert portal_ui.full_day(dt.date(2024, 6, 30)) == "30 June 2024"
    assert portal_ui.full_month(dt.date(2024, 6, 30)) == "June 2024"


def test_what_is_not_there_is_nothing():
    assert portal_ui.full_day(None) == portal_ui.full_month(None) == ""
