"""Fixtures of the ORM tests: the invented domain, fresh for each, and a replica."""

from __future__ import annotations

import uuid

import psycopg
import pytest
from django.db import connections, transaction

from portal.common import audit
from portal.remote.schema import create_schema
from tests.remote.orm.staffing import source
from tests.remote.orm.staffing.models import Badge, Person, Shift, Team
from tests.servers import require_postgres

MODELS = [Team, Person, Shift, Badge]


@pytest.fixture(autouse=True)
def fresh_source():
    source.reset()
    # These tests do without the portal's database, where the audit log is.
    with audit.telling():
        yield


@pytest.fixture
def calls():
    return source.calls


@pytest.fixture(scope="session")
def replica_database(django_db_blocker):
    """A PostgreSQL database with the invented domain's tables, as the alias notify_replica."""
    server = psycopg.connect(require_postgres(), autocommit=True)
    name = f"test_replica_{uuid.uuid4().hex[:12]}"
    server.execute(f"CREATE DATABASE {name}")
    info = server.info
    connections.databases["notify_replica"] = {
        **connections.databases["default"],
        "ENGINE": "portal.remote.backends.notify_postgresql",
        "NAME": name,
        "HOST": info.host,
        "PORT": info.port,
        "USER": info.user,
        "PASSWORD": info.password,
        "OPTIONS": {},
    }
    with django_db_blocker.unblock():
        create_schema("notify_replica", MODELS)
        yield "notify_replica"
        connections["notify_replica"].close()
    del connections.databases["notify_replica"]
    server.execute(f"DROP DATABASE {name} WITH (FORCE)")
    server.close()


@pytest.fixture
def replica(replica_database, django_db_blocker):
    """The alias of a read-only replica that holds the source's rows, marked as such."""
    settings = connections[replica_database].settings_dict
    with django_db_blocker.unblock(), transaction.atomic(using=replica_database):
        settings["READ_ONLY"] = False
        for team in Team.objects.all():
            team.save(using=replica_database, force_insert=True)
        for row in source.stores["people"].values():
            columns = {name: row[name] for name in ("id", "email", "joined", "notes")}
            Person(**columns, name=f"R {row['name']}", team_id=row["team"]).save(
                using=replica_database, force_insert=True
            )
        settings["READ_ONLY"] = True
        source.calls.clear()
        yield replica_database
        transaction.set_rollback(True, using=replica_database)
