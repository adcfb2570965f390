"""The recorded scenarios, played against the sandbox."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.sandbox.conftest import PLATFORM_ADMIN, ROOT, SECRET, running
from tests.sandbox.databases import new_database, sandbox_on
from tests.servers import require_postgres

HERE = Path(__file__).parent
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


@pytest.fixture
def on_sqlite(tmp_path):
    """A sandbox on a file."""
    with running(tmp_path, "--empty", **UNHURRIED) as started:
        yield started


@pytest.fixture
def on_postgresql(tmp_path):
    """A sandbox on PostgreSQL, in a database of its own."""
    require_postgres()
    with (
        new_database() as url,
        sandbox_on(url, tmp_path / "files", "--empty", **UNHURRIED) as started,
    ):
        yield started


@pytest.mark.replay
@pytest.mark.parametrize(
    "database",
    ["on_sqlite", pytest.param("on_postgresql", marks=pytest.mark.postgres)],
)
def test_every_recorded_step_gets_the_recorded_answer(database, request, tmp_path):
    sandbox = request.getfixturevalue(database)
    files = sorted(map(str, (HERE / "scenarios").glob("*.json")))

    played = replay(sandbox, tmp_path / "result.json", files)

    totals = played["totals"]
    print(f"{totals['passed']} of {sum(totals.values())} steps passed")  # noqa: T201  the measure
    failed = [
        f"{step['scenario']} {step['id']} {step['call']}: {step['differences']}"
        for step in played["steps"]
        if step["result"] != "passed"
    ]
    assert failed == []
    assert totals["passed"] == 1205
