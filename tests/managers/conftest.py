"""The sandbox's demo, asked over HTTP as the portal asks and over SQL, by the same classes."""

from __future__ import annotations

import pytest
from django.db import connections

from portal.remote import context
from portal.services.models import Service
from portal.users.models import User
from tests.sandbox.conftest import SECRET, running

SQL = "sandbox"


@pytest.fixture(scope="session")
def demo(tmp_path_factory):
    """A sandbox with the demo in it, and its database as the alias ``sandbox``."""
    folder = tmp_path_factory.mktemp("mirrored")
    with running(folder, SANDBOX_SPEED="1") as started:
        connections.settings[SQL] = {
            **connections.settings["default"],
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(folder / "db.sqlite3"),
            "OPTIONS": {"timeout": 20},
        }
        yield started
        connections[SQL].close()
        del connections[SQL]
        del connections.settings[SQL]


@pytest.fixture
def mirrored(demo, settings, django_db_blocker):
    """Let the API be the sandbox, and its database be read."""
    settings.API_HOST_NAME = demo.base_url
    settings.ADMIN_CLIENT_SECRET = SECRET
    with django_db_blocker.unblock():
        yield demo


@pytest.fixture
def service(mirrored):
    """A service with something of everything."""
    return Service.objects.get(
        pk=Service.objects.using(SQL).get(name="Riverside bin collections").pk
    )


@pytest.fixture
def signed_in(mirrored, service):
    """Be a member of that service."""
    person = User.objects.using(SQL).for_service(service).order_by("pk").first()
    with context.scope(user_id=str(person.pk)):
        yield person
