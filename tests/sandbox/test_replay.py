"""The recorded scenarios, played against the sandbox."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.sandbox.conftest import PLATFORM_ADMIN, ROOT, SECRET, running

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


@pytest.fixture
def unhurried(tmp_path):
    """A sandbox in which messages take as long as they did when it was recorded."""
    with running(tmp_path, "--empty", SANDBOX_SPEED="1") as started:
        yield started


@pytest.mark.replay
def test_every_recorded_step_gets_the_recorded_answer(unhurried, tmp_path):
    files = sorted(map(str, (HERE / "scenarios").glob("*.json")))

    played = replay(unhurried, tmp_path / "result.json", files)

    totals = played["totals"]
    print(f"{totals['passed']} of {sum(totals.values())} steps passed")  # noqa: T201  the measure
    failed = [
        f"{step['scenario']} {step['id']} {step['call']}: {step['differences']}"
        for step in played["steps"]
        if step["result"] != "passed"
    ]
    assert failed == []
    assert totals["passed"] == 1205
