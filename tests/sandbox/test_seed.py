from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from types import SimpleNamespace

import psycopg
import pytest

from tests.sandbox.conftest import ROOT, running
from tests.sandbox.databases import new_database, sandbox_on
from tests.servers import require_postgres

BUSIEST = "Riverside bin collections"
EXPLAIN = """
import json, sys, django
django.setup()
from portal.sandbox import database
from portal.sandbox.rules.notification_lists import Filters, listed, searched
database.use(sys.argv[1])
found = {
    name: queried(sys.argv[2], Filters(filters)).all()[:51].explain()
    for queried, cases in ((listed, json.loads(sys.argv[3])), (searched, json.loads(sys.argv[4])))
    for name, filters in cases.items()
}
print(json.dumps(found))
"""
LISTS = {
    "all": {},
    "emails": {"template_type": ["email"]},
    "failed": {"template_type": ["sms"], "status": ["failed"]},
}
SEARCHES = {
    "number": {"to": "07700900321", "template_type": ["sms"]},
    "address": {"to": "seren.kestrel@mail.example", "template_type": ["email"]},
    "part of a reference": {"to": "E-0123456", "template_type": ["sms"]},
}


@pytest.fixture(scope="module")
def big(tmp_path_factory):
    """A sandbox on PostgreSQL with a demo of medium size, and what it said of it."""
    require_postgres()
    said = []
    files = tmp_path_factory.mktemp("files")
    size = ("--seed", "7", "--size", "medium")
    with (
        new_database() as url,
        sandbox_on(url, files, *size, say=said.append) as sandbox,
    ):
        services = sandbox.get("/service")["data"]
        busiest = next(row for row in services if row["name"] == BUSIEST)
        yield SimpleNamespace(
            sandbox=sandbox, url=url, said=said, services=services, busiest=busiest
        )


@pytest.fixture(scope="module")
def plans(big):
    """How PostgreSQL answers lists and searches, by their names."""
    command = [sys.executable, "-c", EXPLAIN, big.url, big.busiest["id"]]
    done = subprocess.run(
        [*command, json.dumps(LISTS), json.dumps(SEARCHES)],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "portal.sandbox.settings"},
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def sent_by(big, service):
    path = f"/service/{service['id']}/notifications/count"
    return big.sandbox.get(path)["notifications_sent_count"]


def test_a_bigger_demo_has_as_many_services_and_messages_as_it_says(big):
    with psycopg.connect(big.url) as database:
        messages = database.execute("SELECT count(*) FROM notifications").fetchone()

    # Notify's own service is one more.
    assert len(big.services) == 201
    assert messages == (50_000,)
    assert sent_by(big, big.busiest) == 20_000


def test_it_says_how_far_it_is(big):
    assert any("services" in line for line in big.said)
    assert any("25,000 of 50,000 messages" in line for line in big.said)


def test_the_services_of_the_crowd_have_people_templates_and_figures(big):
    live = next(row for row in big.services if row["name"] == "Ashbourne elections")
    base = f"/service/{live['id']}"

    assert len(big.sandbox.get(f"{base}/users")["data"]) == 3
    assert len(big.sandbox.get(f"{base}/template")["data"]) >= 4
    assert sent_by(big, live) >= 20


def test_people_can_still_sign_in_as_before(big):
    people = f"{big.sandbox.base_url}/_sandbox/people.json"

    assert len(big.sandbox.session.get(people, timeout=10).json()) > 8


@pytest.mark.parametrize("name", SEARCHES)
def test_a_search_uses_the_trigrams_of_recipients_and_references(plans, name):
    assert "ix_notifications_normalised_to_trgm" in plans[name]
    assert "ix_notifications_client_reference_trgm" in plans[name]
    assert "Seq Scan" not in plans[name]


@pytest.mark.parametrize("name", LISTS)
def test_a_list_reads_no_more_messages_than_it_shows(plans, name):
    assert " Backward using" in plans[name]
    assert "Seq Scan" not in plans[name]


def test_the_same_number_makes_the_same_messages(tmp_path):
    assert messages_of_seed(tmp_path / "1", 7) == messages_of_seed(tmp_path / "2", 7)


def test_another_number_makes_other_messages(tmp_path):
    assert messages_of_seed(tmp_path / "1", 7) != messages_of_seed(tmp_path / "2", 8)


def messages_of_seed(folder, number):
    folder.mkdir()
    with running(folder, "--seed", str(number), SANDBOX_SPEED="0.01"):
        pass
    with sqlite3.connect(folder / "db.sqlite3") as database:
        return database.execute(
            'SELECT id, "to", template_id, client_reference, job_row_number'
            " FROM notifications ORDER BY id"
        ).fetchall()
