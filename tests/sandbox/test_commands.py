from __future__ import annotations

import json
import signal
import socket
import sqlite3
import subprocess
import sys

from tests.sandbox.conftest import ROOT, environment, new_person, running


def start(*options, **variables):
    """Run the command to its end; gives its exit code and what it complained of."""
    done = subprocess.run(
        [sys.executable, "manage.py", "sandbox", *options],
        cwd=ROOT,
        env=environment(**variables),
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    return done.returncode, done.stderr.strip()


def test_a_taken_port_is_told_in_one_sentence(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        code, told = start(
            "--port", str(port), "--database", f"sqlite:///{tmp_path / 'db'}"
        )

    assert code == 1
    assert told.startswith(f"CommandError: Port {port} of 127.0.0.1 cannot be used:")
    assert "\n" not in told


def test_a_file_that_is_no_database_is_told_in_one_sentence(tmp_path):
    broken = tmp_path / "db.sqlite3"
    broken.write_text("This is no database. " * 100)

    code, told = start("--port", "0", "--database", f"sqlite:///{broken}")

    assert code == 1
    assert "The sandbox's database cannot be used: file is not a database." in told
    assert "Traceback" not in told


def test_a_database_of_another_version_is_refused(tmp_path):
    with sqlite3.connect(tmp_path / "db.sqlite3") as connection:
        connection.execute("CREATE TABLE users (id TEXT)")

    code, told = start("--port", "0", "--database", f"sqlite:///{tmp_path}/db.sqlite3")

    assert code == 1
    assert "it was made by another version" in told


def test_an_address_that_names_no_database_is_refused():
    code, told = start("--port", "0", "--database", "nonsense")

    assert code == 1
    assert "Traceback" not in told


def test_outside_development_the_database_must_be_named():
    code, told = start("--port", "0", SANDBOX_DEBUG="False")

    assert code == 1
    assert "name the sandbox's database" in told


def test_a_second_start_keeps_what_is_there(tmp_path):
    with running(tmp_path, "--empty") as first:
        person = new_person(first)

    with running(tmp_path, "--empty") as second:
        found = second.get(f"/user/{person['id']}")["data"]

    assert found["email_address"] == person["email_address"]


def test_it_ends_cleanly_when_interrupted(tmp_path):
    process = subprocess.Popen(
        [sys.executable, "manage.py", "sandbox", "--empty", "--port", "0"]
        + ["--database", f"sqlite:///{tmp_path}/db", "--files", str(tmp_path)],
        cwd=ROOT,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    process.stdout.readline()

    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=10)

    assert process.returncode == 0
    assert errors == ""


def test_an_uploaded_spreadsheet_lies_where_the_api_looks(sandbox):
    sandbox.upload("s1", "u1", "name\nJo\n", notification_count="1")

    path = sandbox.files / "csv_upload" / "service-s1-notify" / "u1.csv"
    beside = path.with_name("u1.csv.metadata.json")
    assert path.read_text() == "name\nJo\n"
    assert json.loads(beside.read_text()) == {"notification_count": "1"}


def test_a_description_that_is_none_is_refused(tmp_path):
    done = subprocess.run(
        [sys.executable, "manage.py", "sandbox_upload", "--files", str(tmp_path)],
        cwd=ROOT,
        env=environment(),
        input="{}",
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )

    assert done.returncode == 1
    assert "That is no description of a file" in done.stderr
