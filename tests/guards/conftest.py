"""A signed-in browser in a world with one service."""

from __future__ import annotations

import time

import pytest
from django.conf import settings
from django.test import Client

from portal.platform import actions as platform_actions
from tests.drafts import keep_drafts
from tests.guards import pages
from tests.guards.people import everyone
from tests.guards.world import (
    PREVIEW_HOST,
    World,
    make_reports,
    mock_api,
    save_template_files,
    upload_file,
    upload_letters,
)
from tests.users import personas


class Visit:
    """Somebody with a browser of their own."""

    def __init__(self, person, *, signing_in=None, **options):
        self.client = Client(raise_request_exception=False, **options)
        if person is not None:
            personas.sign_in(self.client, person)
            _begin_messages(person)
            save_template_files(person)
        elif signing_in is not None:
            _begin(self.client, signing_in)

    def __call__(self, method, route, **more):
        page = pages.PAGES[route]
        address = pages.address(route, **more.pop("fills", {}))
        data = page.data if method == "POST" else None
        send = self.client.post if method == "POST" else self.client.get
        return send(address, data, **more)


def _begin(client, person):
    session = client.session
    session["signing_in"] = {
        "user_id": person["id"],
        "email": person["email_address"],
        "at": time.time(),
    }
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key


def _begin_messages(person):
    keep_drafts(
        person["id"],
        personas.SERVICE_ID,
        pages.world.TEMPLATES,
        phonenumber="07700900123",
        name="Ann",
        addressline1="Ann",
    )


@pytest.fixture
def events(monkeypatch):
    """Record events at once, so that none is taken for another person's."""

    class AtOnce:
        def __init__(self, target, args, daemon):
            self.start = lambda: target(*args)

    monkeypatch.setattr(platform_actions, "Thread", AtOnce)


@pytest.fixture
def world(events, settings):
    """The world, with everyone in it."""
    made = World()
    made.people = {
        person["id"]: person for person in everyone().values() if person is not None
    }
    upload_file()
    upload_letters()
    settings.TEMPLATE_PREVIEW_API_HOST = PREVIEW_HOST
    with mock_api() as mock:
        made.install(mock)
        yield made


@pytest.fixture
def visit(db, world):
    """Let somebody come: ``visit("member with all permissions")("GET", route)``."""
    make_reports()

    def come(name, **options):
        if name == "somebody signing in":
            first = next(iter(world.people.values()))
            return Visit(None, signing_in=first, **options)
        return Visit(everyone()[name], **options)

    return come
