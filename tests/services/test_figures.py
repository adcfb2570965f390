from __future__ import annotations

import datetime

import pytest

from portal.jobs.progress import JobProgress
from portal.services.dashboard import Dashboard, channels_of, uses_of
from tests.builders import job

KINDS = ("email", "sms", "letter")


def figures(requested=0, delivered=0, failed=0):
    return {"requested": requested, "delivered": delivered, "failed": failed}


def channel(**numbers):
    return channels_of({"sms": figures(**numbers)}, ["sms"])[0]


def test_every_channel_of_the_service_has_its_figures():
    found = channels_of({"email": figures(9, 7, 1)}, KINDS)

    assert [c.kind for c in found] == ["email", "sms", "letter"]
    assert (found[0].requested, found[0].in_progress, found[1].requested) == (9, 1, 0)


def test_a_channel_that_is_turned_off_shows_only_if_it_was_used():
    found = channels_of({"letter": figures(1), "email": figures()}, ["sms"])

    assert [c.kind for c in found] == ["sms", "letter"]


@pytest.mark.parametrize(("failed", "worrying"), [(0, False), (3, False), (4, True)])
def test_more_than_three_percent_of_failures_are_worrying(failed, worrying):
    assert channel(requested=100, failed=failed).is_worrying is worrying


def test_a_channel_without_messages_is_quiet_and_no_worry():
    assert channel().is_quiet
    assert not channel().is_worrying


@pytest.mark.parametrize(
    ("number", "label"), [(1, "text message"), (2, "text messages")]
)
def test_a_channel_counts_in_words(number, label):
    assert channel(requested=number).label == label


def test_the_use_of_a_template_is_added_up_over_its_statuses():
    row = {"template_id": "1", "template_name": "Ready", "template_type": "sms"}
    other = {"template_id": "2", "template_name": "Due", "template_type": "email"}

    uses = uses_of([row | {"count": 1}, other | {"count": 5}, row | {"count": 3}])

    assert [(use.name, use.count) for use in uses] == [("Due", 5), ("Ready", 4)]


def test_the_use_of_a_template_counts_as_the_figures_of_its_service_do():
    """A cancelled letter was never asked for, one that came back has been delivered."""
    row = {"template_id": "1", "template_name": "Ready", "template_type": "letter"}
    counts = {"delivered": 9, "technical-failure": 1, "returned-letter": 5}
    counts["cancelled"] = 3

    rows = [row | {"status": status, "count": n} for status, n in counts.items()]
    (use,) = uses_of(rows)

    assert (use.count, use.failed) == (15, 1)


@pytest.mark.parametrize(
    ("statistics", "numbers", "running"),
    [
        ([("delivered", 6), ("sent", 1), ("permanent-failure", 3)], (0, 7, 3), False),
        ([("delivered", 6), ("sending", 4)], (4, 6, 0), True),
        ([], (10, 0, 0), True),
    ],
)
def test_a_file_says_how_far_it_is(statistics, numbers, running):
    rows = [{"status": status, "count": count} for status, count in statistics]

    line = JobProgress(job(notification_count=10, statistics=rows))

    assert (line.sending, line.delivered, line.failed) == numbers
    assert line.can_change is running


def dashboard(**parts):
    return Dashboard(**{"channels": [], "templates": [], **parts})


@pytest.mark.parametrize(
    "parts",
    [
        {"channels": [channel(requested=2, delivered=1)]},
        {"jobs": [JobProgress(job(notification_count=1, statistics=[]))]},
        {"scheduled": 1, "next_at": datetime.datetime.now(datetime.UTC)},
        {"as_of": datetime.datetime.now(datetime.UTC)},
    ],
    ids=["messages", "file", "scheduled", "old figures"],
)
def test_a_dashboard_can_change_while_something_is_under_way(parts):
    assert dashboard(**parts).can_change


def test_a_dashboard_with_nothing_under_way_stays_as_it_is():
    done = [channel(requested=2, delivered=1, failed=1)]

    assert not dashboard(channels=done, jobs=[JobProgress(job())]).can_change


def test_nobody_waits_for_a_file_that_the_daily_limit_stopped():
    stopped = JobProgress(job(job_status="sending limits exceeded", statistics=[]))

    assert not dashboard(jobs=[stopped]).can_change


def test_nobody_waits_for_letters_or_for_tomorrows_files():
    letters = channels_of({"letter": figures(2)}, ["letter"])
    printed = JobProgress(job(template_type="letter", statistics=[]))
    tomorrow = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=1)

    found = dashboard(channels=letters, jobs=[printed], scheduled=1, next_at=tomorrow)

    assert not found.can_change
