"""A portal that can send messages, at a time when somebody is at work."""

from __future__ import annotations

import datetime

import pytest

from portal.support.views import feedback, triage

WORKING = datetime.datetime(2026, 11, 20, 11, tzinfo=datetime.UTC)
NIGHT = datetime.datetime(2026, 11, 20, 23, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def _mailbox(settings):
    settings.PORTAL_SUPPORT_EMAIL = "help@platform.example"
    settings.PORTAL_SENDS_EMAIL = True
    settings.DEFAULT_FROM_EMAIL = "help@platform.example"


@pytest.fixture
def now(monkeypatch):
    """Return a function that sets the time."""

    class Clock:
        moment = WORKING

        def now(self):
            return self.moment

    clock = Clock()
    for module in (feedback, triage):
        monkeypatch.setattr(module, "timezone", clock)

    def set_to(moment):
        clock.moment = moment

    set_to(WORKING)
    return set_to


@pytest.fixture(autouse=True)
def asked_for(monkeypatch):
    """The tasks that were asked for by name, none of which runs."""
    asked = []
    monkeypatch.setattr(
        "portal.support.actions.send_task", lambda *call: asked.append(call)
    )
    return asked
