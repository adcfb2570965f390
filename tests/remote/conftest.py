"""A database of the API's own shape, as the sandbox builds it on PostgreSQL."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import uuid
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from django.db import connections

from portal.remote.replica import replica as replica_settings
from tests.servers import require_postgres

ROOT = Path(__file__).resolve().parent.parent.parent
BUILD = (
    "import django; django.setup(); "
    "from portal.sandbox import database, seed; database.prepare(); "
)


@contextlib.contextmanager
def sandbox_database(folder, *more):
    """Make a database, let the sandbox build it, run more in its process, and drop it."""
    server_url = require_postgres()
    name = f"test_mirror_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(server_url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        url = urlsplit(server_url)._replace(path=f"/{name}").geturl()
        try:
            subprocess.run(
                [sys.executable, "-c", BUILD + "; ".join(more)],
                cwd=ROOT,
                env={
                    "PATH": os.environ["PATH"],
                    "DJANGO_SETTINGS_MODULE": "portal.sandbox.settings",
                    "SANDBOX_DATA_DIR": str(folder),
                    "SANDBOX_DATABASE_URL": url,
                },
                check=True,
                timeout=240,
            )
            yield url
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def api_database(tmp_path_factory):
    """The URL of a database that the sandbox built and filled with reference data."""
    with sandbox_database(tmp_path_factory.mktemp("sandbox")) as url:
        yield url


@pytest.fixture
def alias(api_database, django_db_blocker):
    """That database as a replica is connected to, read-only, under an alias."""
    chosen = connections.configure_settings({"default": replica_settings(api_database)})
    connections.databases["built"] = chosen["default"]
    with django_db_blocker.unblock():
        yield "built"
        connections["built"].close()
        connections["built"].close_pool()
    del connections["built"], connections.databases["built"]
