"""The recorded scenarios, played against the sandbox."""

from __future__ import annotations

import contextlib
import json
import re
import shlex
import sqlite3
import subprocess
import sys
from collections import defaultdict, namedtuple
from functools import partial
from pathlib import Path

import psycopg
import pytest
from django.contrib.auth.hashers import identify_hasher
from psycopg.rows import dict_row

from tests.sandbox.conftest import PLATFORM_ADMIN, ROOT, SECRET, running
from tests.sandbox.databases import new_database, sandbox_on
from tests.servers import require_postgres

HERE = Path(__file__).parent
API_ROUTES = ROOT / "tests" / "contract" / "api_routes.json"
READ = "import sys, urllib.request as r; print(r.urlopen(sys.argv[1]).read().decode())"


def replay(sandbox, result, files):
    outbox = [sys.executable, "-c", READ, f"{sandbox.base_url}/_sandbox/outbox.json"]
    upload = [sys.executable, str(ROOT / "manage.py"), "sandbox_upload"]
    options = {
        "--base-url": sandbox.base_url,
        "--secret": SECRET,
        "--user-id": PLATFORM_ADMIN,
        "--outbox-cmd": shlex.join(outbox),
        "--upload-cmd": shlex.join([*upload, "--files", str(sandbox.files)]),
        "--json": str(result),
    }
    command = [sys.executable, str(HERE / "replay.py")]
    command += [word for option in options.items() for word in option]
    subprocess.run([*command, *files], capture_output=True, timeout=300, check=False)
    return json.loads(result.read_text())


# Messages take as long as they did when it was recorded.
UNHURRIED = {"SANDBOX_SPEED": "1"}


@contextlib.contextmanager
def on_sqlite(folder):
    """A sandbox on a file."""
    with running(folder, "--empty", **UNHURRIED) as started:
        yield started, f"sqlite:///{folder / 'db.sqlite3'}"


@contextlib.contextmanager
def on_postgresql(folder):
    """A sandbox on PostgreSQL, in a database of its own."""
    require_postgres()
    with (
        new_database() as url,
        sandbox_on(url, folder / "files", "--empty", **UNHURRIED) as started,
    ):
        yield started, url


Played = namedtuple("Played", "result rows")
DATABASES = [
    pytest.param(on_sqlite, id="sqlite", marks=pytest.mark.xdist_group("sqlite")),
    pytest.param(
        on_postgresql,
        id="postgresql",
        marks=[pytest.mark.postgres, pytest.mark.xdist_group("postgresql")],
    ),
]
# Recorded answers of 500 are the API's own failures: here they are refusals.
FAILURES = json.loads((HERE / "refusals.json").read_text())


def scenarios(folder):
    """The scenarios, in which recorded failures are the refusals that we want instead."""
    files = []
    for path in sorted((HERE / "scenarios").glob("*.json")):
        scenario = json.loads(path.read_text())
        for step in scenario["steps"]:
            if step.get("expect", {}).get("status", 0) >= 500:
                wanted = FAILURES[scenario["name"]][step["id"]]
                step["expect"] = {"status": wanted["status"]}
                step["expect"]["values"] = wanted["values"]
        file = folder / path.name
        file.write_text(json.dumps(scenario))
        files.append(str(file))
    return files


@pytest.fixture(scope="module", params=DATABASES)
def played(request, tmp_path_factory):
    """What came of playing all scenarios, and a way to read the database's rows."""
    folder = tmp_path_factory.mktemp("replay")
    with request.param(folder) as (sandbox, url):
        result = replay(sandbox, folder / "result.json", scenarios(folder))
        yield Played(result, partial(rows, url))


def rows(url, query):
    """Read rows, columns by name."""
    if url.startswith("sqlite"):
        with contextlib.closing(
            sqlite3.connect(url.removeprefix("sqlite:///"))
        ) as database:
            database.row_factory = sqlite3.Row
            return [dict(row) for row in database.execute(query)]
    with psycopg.connect(url, row_factory=dict_row) as database:
        return database.execute(query).fetchall()


pytestmark = pytest.mark.replay


def test_every_recorded_step_gets_the_recorded_answer(played):
    totals = played.result["totals"]
    print(f"{totals['passed']} of {sum(totals.values())} steps passed")  # noqa: T201  the measure
    failed = [
        f"{step['scenario']} {step['id']} {step['call']}: {step['differences']}"
        for step in played.result["steps"]
        if step["result"] != "passed"
    ]
    assert failed == []
    assert totals["passed"] == 1205


def test_every_route_that_a_client_calls_is_reached(played):
    wanted = json.loads(API_ROUTES.read_text())
    called = wanted["called_with_token"] + wanted["called_without_token"]

    reached = {plain(step["route"]) for step in played.result["steps"] if step["route"]}

    assert len(called) == 207
    assert {plain(route) for route in called} - reached == set()


def plain(route):
    """A route without the names of its parameters."""
    return re.sub(r"<[^>]*>|\{[^}]*\}", "*", route)


VERSIONED = {
    "services": "services_history",
    "templates": "templates_history",
    "api_keys": "api_keys_history",
    "provider_details": "provider_details_history",
    "service_callback_api": "service_callback_api_history",
    "template_email_files": "template_email_files_history",
}


@pytest.mark.parametrize("table", VERSIONED)
def test_every_version_of_a_row_is_kept(played, table):
    now = played.rows(f"SELECT * FROM {table}")  # noqa: S608  our own table names
    kept = played.rows(f"SELECT * FROM {VERSIONED[table]}")  # noqa: S608  ditto
    versions = defaultdict(dict)
    for row in kept:
        versions[str(row["id"])][row["version"]] = row

    # Files of e-mails are made at version 0, which has no history, and may stay so.
    now = [row for row in now if row["version"]]
    assert now
    for row in now:
        own = versions[str(row["id"])]
        assert sorted(own) == list(range(1, row["version"] + 1))
        latest = own[row["version"]]
        shared = row.keys() & latest.keys()
        assert {k: row[k] for k in shared} == {k: latest[k] for k in shared}


def test_secrets_and_personal_values_are_stored_encrypted(played):
    for table, column in ENCRYPTED:
        query = f"SELECT {column} AS text FROM {table} WHERE {column} IS NOT NULL"  # noqa: S608
        texts = [row["text"] for row in played.rows(query)]
        assert texts, table
        # What Fernet makes begins with its version and a time.
        assert [text for text in texts if not text.startswith("gAAAAA")] == [], table


ENCRYPTED = [
    ("api_keys", "secret"),
    ("api_keys_history", "secret"),
    ("service_callback_api", "bearer_token"),
    ("service_callback_api_history", "bearer_token"),
    ("notifications", "_personalisation"),
]


def test_passwords_and_codes_are_stored_hashed(played):
    passwords = [row["_password"] for row in played.rows("SELECT * FROM users")]
    codes = [row["_code"] for row in played.rows("SELECT * FROM verify_codes")]

    assert passwords
    assert codes
    assert all(identify_hasher(one) for one in (*passwords, *codes) if one)
