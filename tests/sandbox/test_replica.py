from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys

import pytest

from tests.sandbox.conftest import ROOT, environment, running

SERVICE = "Riverside bin collections"
CHANNELS = ("email", "letter", "sms")
MOVE_ON = "UPDATE ft_notification_status SET notification_count = 1000"


@pytest.fixture(scope="module")
def replicated(tmp_path_factory):
    """A demo whose replica has other figures, so that one sees who answers."""
    folder = tmp_path_factory.mktemp("replicated")
    with running(folder, SANDBOX_SPEED="0.01"):
        pass
    replica = folder / "replica.sqlite3"
    shutil.copy(folder / "db.sqlite3", replica)
    with sqlite3.connect(replica) as database:
        database.execute("DELETE FROM notifications")
        database.execute("DELETE FROM ft_billing")
        database.execute(MOVE_ON)
    url = f"sqlite:///{replica}"
    with running(folder, SANDBOX_SPEED="0.01", SANDBOX_REPLICA_URL=url) as sandbox:
        yield sandbox


@pytest.fixture
def base(replicated):
    services = replicated.get("/service")["data"]
    return f"/service/{next(s['id'] for s in services if s['name'] == SERVICE)}"


def test_figures_come_from_the_replica(replicated, base):
    figures = replicated.get(f"{base}/statistics?limit_days=7")["data"]

    assert sum(figures[channel]["requested"] for channel in CHANNELS) % 1000 == 0


def test_usage_comes_from_the_replica(replicated, base):
    assert replicated.get(f"{base}/billing/yearly-usage-summary?year=2026") == []


def test_lists_and_counts_come_from_the_database_itself(replicated, base):
    assert replicated.get(f"{base}/notifications")["notifications"]
    count = replicated.get(f"{base}/notifications/count")
    assert count["notifications_sent_count"] > 100


def test_what_is_written_while_figures_are_read_goes_to_the_database(replicated, base):
    year = 2031
    replicated.get(f"{base}/billing/yearly-usage-summary?year={year}")

    path = f"{base}/billing/free-sms-fragment-limit?financial_year_start={year}"
    assert replicated.get(path)["financial_year_start"] == year


@pytest.mark.parametrize(
    ("replica", "told"),
    [
        ("sqlite:///{}/empty.sqlite3", "the replica is no copy of one"),
        ("postgres://nobody@127.0.0.1:1/none", "the replica does not answer"),
    ],
)
def test_a_replica_that_cannot_be_used_is_told_in_a_sentence(
    replicated, tmp_path, replica, told
):
    command = [sys.executable, "manage.py", "sandbox", "--port", "0", "--files"]
    database = f"sqlite:///{replicated.files.parent / 'db.sqlite3'}"

    done = subprocess.run(
        [*command, str(tmp_path), "--database", database],
        cwd=ROOT,
        env=environment(SANDBOX_REPLICA_URL=replica.format(tmp_path)),
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )

    assert done.returncode == 1
    assert told in done.stderr
