"""PostgreSQL databases of the tests' own, and sandboxes on them."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import uuid
from pathlib import Path

import psycopg

from tests.sandbox.conftest import ROOT, Sandbox, environment
from tests.servers import POSTGRES_URL


@contextlib.contextmanager
def new_database():
    """A database under a unique name, dropped afterwards; gives its URL."""
    name = f"notify_sandbox_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(POSTGRES_URL, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
        try:
            yield f"{POSTGRES_URL.rpartition('/')[0]}/{name}"
        finally:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@contextlib.contextmanager
def sandbox_on(url, files, *options, say=str, **variables):
    """A sandbox on a database; ``say`` is told what it says up to its address."""
    command = [sys.executable, "manage.py", "sandbox", "--port", "0"]
    process = subprocess.Popen(
        [*command, "--database", url, "--files", str(files), *options],
        cwd=ROOT,
        env=environment(**variables),
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield Sandbox(_address(process, say), Path(files))
    finally:
        process.terminate()
        process.wait(10)
        process.stdout.close()


def _address(process, say):
    for line in process.stdout:
        say(line.rstrip())
        if "http://" in line:
            return line.split()[-1]
    raise AssertionError("The sandbox did not start.")
