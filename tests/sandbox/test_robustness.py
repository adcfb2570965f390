"""Many callers at once, and a process that is killed."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.sandbox.conftest import (
    ROOT,
    Sandbox,
    environment,
    new_person,
    new_service,
    running,
)
from tests.sandbox.databases import new_database, sandbox_on
from tests.servers import require_postgres

CALLERS, CALLS = 10, 12
ROWS = 2000
FOLDER = {"parent_id": None}


@pytest.fixture(
    params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]
)
def sandbox(request, tmp_path):
    """An empty sandbox of the test's own."""
    if request.param == "sqlite":
        with running(tmp_path, "--empty") as started:
            yield started
        return
    require_postgres()
    with new_database() as url, sandbox_on(url, tmp_path / "f", "--empty") as started:
        yield started


def test_ten_callers_at_once_lose_no_write(sandbox, person, service, new_template):
    template = new_template(service)
    path = f"/service/{service['id']}"

    def write(caller):
        own = Sandbox(sandbox.base_url, sandbox.files)
        answers = []
        for n in range(CALLS):
            name = f"{caller}-{n}"
            answers += [
                own.call("POST", f"{path}/template/{template['id']}", {"name": name}),
                own.call("POST", path, {"volume_sms": n + 1}),
                own.call("POST", f"{path}/template-folder", FOLDER | {"name": name}),
            ]
        return [answer.status_code for answer in answers]

    with ThreadPoolExecutor(CALLERS) as callers:
        statuses = [one for each in callers.map(write, range(CALLERS)) for one in each]

    assert set(statuses) <= {200, 201}
    versions = sandbox.get(f"{path}/template/{template['id']}/versions")["data"]
    assert len(versions) == 1 + CALLERS * CALLS
    history = sandbox.get(f"{path}/history")["data"]["service_history"]
    assert max(row["version"] for row in history) >= CALLERS * CALLS
    folders = sandbox.get(f"{path}/template-folder")["template_folders"]
    assert len({folder["name"] for folder in folders}) == CALLERS * CALLS


def start(folder):
    """A sandbox process on the folder's data, and a client for it."""
    command = [sys.executable, "manage.py", "sandbox", "--empty", "--port", "0"]
    command += ["--database", f"sqlite:///{folder / 'db.sqlite3'}"]
    process = subprocess.Popen(
        [*command, "--files", str(folder / "files")],
        cwd=ROOT,
        env=environment(),
        stdout=subprocess.PIPE,
        text=True,
    )
    said = next(line for line in process.stdout if "http://" in line)
    return process, Sandbox(said.split()[-1], folder / "files")


def make_job(sandbox):
    """A job of many rows, just begun; gives its path."""
    person = new_person(sandbox)
    service = new_service(sandbox, person, restricted=False, sms_message_limit=ROWS)
    data = {
        "created_by": person["id"],
        "service": service["id"],
        "name": "A template",
        "template_type": "sms",
        "content": "Hello ((name))",
    }
    path = f"/service/{service['id']}"
    template = sandbox.post(f"{path}/template", data)["data"]
    lines = [f"07700{900000 + n},Person {n}" for n in range(ROWS)]
    upload = str(uuid.uuid4())
    sandbox.upload(
        service["id"],
        upload,
        "phone number,name\n" + "\n".join(lines) + "\n",
        notification_count=str(ROWS),
        template_id=template["id"],
        valid="True",
        original_file_name="many.csv",
    )
    sandbox.post(f"{path}/job", {"id": upload, "created_by": person["id"]})
    return f"{path}/job/{upload}"


def count(sandbox, job):
    return sandbox.get(f"{job}/notification_count")["count"]


def test_a_job_goes_on_after_the_process_was_killed(tmp_path):
    process, sandbox = start(tmp_path)
    try:
        job = make_job(sandbox)
        until = time.monotonic() + 30
        while count(sandbox, job) < ROWS // 10 and time.monotonic() < until:
            time.sleep(0.02)
        process.send_signal(signal.SIGKILL)
        process.wait(10)
        process.stdout.close()

        process, sandbox = start(tmp_path)
        found = sandbox.wait_for(
            job, lambda found: found["data"]["job_status"], "finished", seconds=60
        )["data"]
        sandbox.wait_for(
            job,
            lambda found: (
                {one["status"] for one in found["data"]["statistics"]}
                & {"created", "sending"}
            ),
            set(),
            seconds=60,
        )

        rows = sandbox.get(f"{job}/notifications?page_size={ROWS + 100}")
        numbers = [row["job_row_number"] for row in rows["notifications"]]
        assert numbers == list(range(ROWS))
        assert found["notification_count"] == ROWS
        lines = sandbox.session.get(f"{sandbox.base_url}/_sandbox/outbox.json")
        texts = [line for line in lines.text.splitlines() if "Person " in line]
        assert len(texts) == len(set(texts)) == ROWS
    finally:
        process.kill()
        process.wait(10)
        process.stdout.close()


def test_a_write_whose_history_cannot_be_kept_is_not_done(tmp_path):
    with running(tmp_path, "--empty") as sandbox:
        service = new_service(sandbox, new_person(sandbox))
        refuse_history(tmp_path / "db.sqlite3")

        answer = sandbox.call("POST", f"/service/{service['id']}", {"name": "Other"})

        assert answer.status_code >= 400
        kept = sandbox.get(f"/service/{service['id']}")["data"]
        history = sandbox.get(f"/service/{service['id']}/history")["data"]
        assert kept["name"] == service["name"]
        assert len(history["service_history"]) == 1


def refuse_history(database):
    """Let nothing more be written to the services' history."""
    with sqlite3.connect(database) as connection:
        connection.execute(
            "CREATE TRIGGER refuse BEFORE INSERT ON services_history "
            "BEGIN SELECT RAISE(ABORT, 'no history'); END"
        )


def test_a_slow_callers_connection_keeps_nobody_waiting(sandbox):
    faults = "/_sandbox/faults.json"
    sandbox.post(faults, {"route": "/service", "kind": "hanging", "times": 2})
    hanging = threading.Thread(target=lambda: _ignored(sandbox), daemon=True)
    hanging.start()
    other = Sandbox(sandbox.base_url, sandbox.files)
    other.wait_for(faults, lambda found: found["faults"][0]["times"], 1)

    begun = time.monotonic()
    other.get("/provider-details")

    assert time.monotonic() - begun < 5
    other.delete(faults)
    hanging.join(10)


def _ignored(sandbox):
    try:
        sandbox.call("GET", "/service")
    except OSError:
        pass
