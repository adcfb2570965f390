"""A signed-in browser in a world with one service."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.guards import pages
from tests.guards.people import everyone
from tests.guards.world import World, mock_api, upload_file
from tests.users import personas


class Visit:
    """Somebody with a browser of their own."""

    def __init__(self, person, *, draft=True, **options):
        self.client = Client(raise_request_exception=False, **options)
        if person is not None:
            session = {"drafts": _drafts()} if draft else {}
            personas.sign_in(self.client, person, **session)

    def __call__(self, method, route, **more):
        page = pages.PAGES[route]
        address = pages.address(route, **more.pop("fills", {}))
        data = page.data if method == "POST" else None
        send = self.client.post if method == "POST" else self.client.get
        return send(address, data, **more)


def _drafts():
    values = {"phonenumber": "07700900123", "name": "Ann"}
    sms, email, letter = pages.world.TEMPLATES
    return {
        template: {"template_id": template, "sender_id": "", "values": dict(values)}
        for template in (sms, email, letter)
    }


@pytest.fixture
def world(settings, tmp_path):
    """The world, with everyone in it."""
    made = World()
    made.people = {
        person["id"]: person for person in everyone().values() if person is not None
    }
    upload_file()
    with mock_api() as mock:
        made.install(mock)
        yield made


@pytest.fixture
def visit(db, world):
    """Let somebody come: ``visit("member with all permissions")("GET", route)``."""

    def come(name, **options):
        return Visit(everyone()[name], **options)

    return come
