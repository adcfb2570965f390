"""Messages to the team: delivered, once if it can be, and lost never."""

from __future__ import annotations

import datetime
from smtplib import SMTPServerDisconnected

import pytest
from celery.exceptions import Retry
from django.core import mail
from django.utils import timezone

from portal.support import actions, tasks
from portal.support.client import SupportClient
from portal.support.hours import is_working_time
from portal.support.models import SupportMessage

pytestmark = pytest.mark.django_db

ANN = actions.Sender("Ann Example", "ann@example.gov.uk")


@pytest.fixture
def message():
    return actions.keep_message(sender=ANN, subject="Problem", text="It is broken.")


@pytest.fixture
def no_server(monkeypatch):
    def refuse(self, **message):
        raise SMTPServerDisconnected("Connection unexpectedly closed")

    monkeypatch.setattr(SupportClient, "send", refuse)


def test_a_message_is_delivered_and_forgotten(message):
    tasks.deliver_message(str(message.pk))

    [sent] = mail.outbox
    assert sent.to == ["help@platform.example"]
    assert sent.from_email == "help@platform.example"
    assert sent.reply_to == ["ann@example.gov.uk"]
    assert sent.subject == "[Notify] Problem"
    assert sent.body.startswith("It is broken.")
    assert SupportMessage.objects.count() == 0


def test_an_urgent_message_looks_urgent():
    kept = actions.keep_message(
        sender=ANN, subject="Problem", text="It is broken.", is_urgent=True
    )

    tasks.deliver_message(str(kept.pk))

    assert mail.outbox[0].subject == "[Notify] Urgent: Problem"
    assert mail.outbox[0].message()["Importance"] == "high"


def test_a_task_that_runs_twice_delivers_once(message):
    for _ in range(2):
        tasks.deliver_message(str(message.pk))

    assert len(mail.outbox) == 1


def test_what_another_run_is_delivering_is_left_to_it(message):
    SupportMessage.objects.update(claimed_at=timezone.now())

    tasks.deliver_message(str(message.pk))

    assert mail.outbox == []
    assert SupportMessage.objects.count() == 1


def test_a_message_whose_run_died_is_delivered_by_another(message):
    began = timezone.now() - actions.CLAIM - datetime.timedelta(seconds=1)
    SupportMessage.objects.update(claimed_at=began)

    tasks.deliver_message(str(message.pk))

    assert len(mail.outbox) == 1


def test_while_the_server_is_away_the_message_is_kept_and_tried_again(
    message, no_server
):
    with pytest.raises((Retry, SMTPServerDisconnected)):
        tasks.deliver_message(str(message.pk))

    kept = SupportMessage.objects.get()
    assert kept.claimed_at is None
    assert kept in actions.list_undelivered()


def test_the_clock_asks_again_for_what_waits(message, monkeypatch):
    asked = []
    monkeypatch.setattr(tasks.deliver_message, "delay", asked.append)

    tasks.deliver_what_waits()

    assert asked == [str(message.pk)]


def test_nothing_of_a_message_is_logged(message, no_server, caplog):
    caplog.set_level("DEBUG")

    with pytest.raises((Retry, SMTPServerDisconnected)):
        tasks.deliver_message(str(message.pk))

    for secret in ("It is broken", "ann@", "Ann Example"):
        assert secret not in caplog.text


@pytest.mark.parametrize(
    ("moment", "is_at_work"),
    [
        ("2026-11-20T09:29", False),
        ("2026-11-20T09:30", True),
        ("2026-11-20T17:29", True),
        ("2026-11-20T17:30", False),
        ("2026-11-21T12:00", False),
        ("2026-12-25T12:00", False),
        ("2026-07-01T08:45", True),
    ],
)
def test_working_time_is_that_of_london(moment, is_at_work):
    told = datetime.datetime.fromisoformat(moment).replace(tzinfo=datetime.UTC)

    assert is_working_time(told) is is_at_work
