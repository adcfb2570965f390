"""The sandbox's demo, asked over HTTP as the portal asks and over SQL, by the same classes."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connections
from django.utils import timezone

from portal.common import audit
from portal.notifications.models import Complaint, Notification
from portal.remote import context
from portal.services.models import Service, ServiceDataRetention
from portal.users.models import User
from tests.managers.sql import SQL
from tests.sandbox.conftest import SECRET, running

NAME = "Riverside bin collections"


@pytest.fixture(scope="session")
def demo(tmp_path_factory, django_db_blocker):
    """A sandbox with the demo in it, and its database as the alias ``sandbox``."""
    folder = tmp_path_factory.mktemp("mirrored")
    with running(folder, SANDBOX_SPEED="0.001") as started:
        connections.settings[SQL] = {
            **connections.settings["default"],
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(folder / "db.sqlite3"),
            "OPTIONS": {"timeout": 20},
        }
        with django_db_blocker.unblock():
            _furnish()
        yield started
        connections[SQL].close()
        del connections[SQL]
        del connections.settings[SQL]


def _furnish():
    """Add what the demo is short of."""
    service = Service.objects.using(SQL).get(name=NAME)
    for kind, days in (("email", 3), ("sms", 30)):
        ServiceDataRetention.objects.using(SQL).get_or_create(
            service=service,
            notification_type=kind,
            defaults={"days_of_retention": days},
        )
    emails = Notification.objects.using(SQL).filter(notification_type="email")
    for number, email in enumerate(emails[:60]):
        Complaint.objects.using(SQL).create(
            notification=email,
            service_id=email.service_id,
            complaint_type="abuse",
            created_at=timezone.now() - dt.timedelta(hours=number),
        )


@pytest.fixture
def mirrored(demo, settings, django_db_blocker):
    """Let the API be the sandbox, and its database be read."""
    settings.API_HOST_NAME = demo.base_url
    settings.ADMIN_CLIENT_SECRET = SECRET
    # The portal's own database, where the audit log is, is not there.
    with django_db_blocker.unblock(), audit.telling():
        yield demo


@pytest.fixture
def service(mirrored):
    """A service with something of everything."""
    return Service.objects.get(pk=Service.objects.using(SQL).get(name=NAME).pk)


@pytest.fixture
def signed_in(mirrored, service):
    """Be a member of that service."""
    person = User.objects.using(SQL).for_service(service).order_by("pk").first()
    with context.scope(user_id=str(person.pk)):
        yield person
