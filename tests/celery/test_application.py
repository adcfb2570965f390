from __future__ import annotations

import pytest
from celery.beat import ScheduleEntry

from notify_admin import celery_app
from portal.common import background
from portal.remote import context
from portal.remote.errors import RateLimited, Unavailable
from portal.reports import tasks


@pytest.fixture(autouse=True)
def loaded():
    celery_app.loader.import_default_modules()


def own_tasks():
    celery_app.loader.import_default_modules()
    return [
        task for name, task in celery_app.tasks.items() if name.startswith("portal.")
    ]


@pytest.mark.parametrize("name", sorted(celery_app.conf.beat_schedule))
def test_a_scheduled_task_exists(name):
    entry = ScheduleEntry(name, app=celery_app, **celery_app.conf.beat_schedule[name])

    assert entry.task in celery_app.tasks


def test_a_task_ends_only_when_it_has_run():
    conf = celery_app.conf

    assert (conf.task_acks_late, conf.task_reject_on_worker_lost) == (True, True)
    assert conf.worker_prefetch_multiplier == 1
    assert conf.task_ignore_result
    assert 0 < conf.task_soft_time_limit < conf.task_time_limit
    assert conf.accept_content == ["json"]


@pytest.mark.parametrize(
    "task",
    [
        tasks.refresh_service_figures,
        tasks.refresh_figures_of_service,
        tasks.refresh_platform_figures,
        tasks.warm_cache,
        tasks.build_notifications_report,
    ],
    ids=lambda task: task.name,
)
def test_a_task_that_asks_the_api_tries_again_when_it_is_away(task):
    assert task.autoretry_for == (Unavailable, RateLimited)
    assert task.retry_jitter
    assert task.max_retries


@celery_app.task(name="tests.look")
def look():
    here = context.current()
    return (here.trace_id, here.user_id, here.deadline)


def test_a_task_has_a_context_of_its_own_in_nobodys_name():
    trace, user, deadline = look.apply().get()

    assert len(trace) == 32
    assert (user, deadline) == (None, None)
    assert context.current() is None


def test_two_tasks_have_two_contexts():
    assert look.apply().get() != look.apply().get()


def test_a_failing_task_leaves_its_context():
    @celery_app.task(name="tests.fail")
    def fail():
        raise ValueError

    fail.apply()

    assert context.current() is None


def test_the_trace_of_a_page_goes_with_the_tasks_it_asks_for():
    headers = {}
    with context.scope(trace_id="a" * 32):
        background.carry_trace(headers=headers)

    assert headers == {background.TRACE_HEADER: "a" * 32}


@pytest.mark.django_db(transaction=True)
def test_a_task_is_asked_for_after_the_commit(monkeypatch):
    from django.db import transaction

    sent = []
    monkeypatch.setattr(
        celery_app, "send_task", lambda name, args: sent.append((name, args))
    )
    with transaction.atomic():
        background.send_task("some.task", "1")
        before = list(sent)

    assert before == []
    assert sent == [("some.task", ["1"])]


def test_a_report_whose_task_gives_up_has_failed(monkeypatch):
    failed = []
    monkeypatch.setattr(
        tasks.actions, "fail_report", lambda report_id: failed.append(report_id)
    )

    def away(report_id):
        raise ValueError

    monkeypatch.setattr(tasks.actions, "build_report", away)
    tasks.build_notifications_report.apply(["1"])

    assert failed == ["1"]


def test_the_clock_asks_for_the_first_figures_when_it_starts(monkeypatch):
    asked = []
    for task in (
        tasks.warm_cache,
        tasks.refresh_platform_figures,
        tasks.refresh_service_figures,
    ):
        monkeypatch.setattr(task, "delay", lambda name=task.name: asked.append(name))

    tasks.refresh_at_start()

    assert len(asked) == 3
