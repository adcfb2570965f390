"""A sandbox of the tests' own, in a process of its own, and a client to call it."""

from __future__ import annotations

import contextlib
import json
import os
import re
import subprocess
import sys
import time
import uuid
from pathlib import Path

import jwt
import pytest
import requests

ROOT = Path(__file__).resolve().parent.parent.parent
SECRET = "a-secret-that-only-the-sandbox-and-its-tests-know"
PLATFORM_ADMIN = "22222222-0000-4000-8000-000000000001"


class Sandbox:
    """Calls the sandbox as the portal does, or as a service with a key."""

    def __init__(self, base_url, files):
        self.base_url = base_url
        self.files = files
        self.session = requests.Session()

    def call(self, method, path, data=None, *, issuer="notify-admin", secret=SECRET):
        token = jwt.encode({"iss": issuer, "iat": int(time.time())}, secret)
        return self.session.request(
            method,
            self.base_url + path,
            json=data,
            headers={"Authorization": f"Bearer {token}"},
            timeout=10,
        )

    def get(self, path, status=200):
        return self._checked("GET", path, None, status)

    def post(self, path, data=None, status=None):
        return self._checked("POST", path, data or {}, status)

    def delete(self, path, status=204):
        return self._checked("DELETE", path, {}, status)

    def _checked(self, method, path, data, status):
        answer = self.call(method, path, data)
        expected = {status} if status else {200, 201, 202, 204}
        assert answer.status_code in expected, answer.text
        return answer.json() if answer.content else None

    def upload(self, service_id, upload_id, text, **metadata):
        """Put a spreadsheet where the sandbox looks for a job's."""
        described = {
            "type": "upload_csv",
            "kind": "job",
            "service_id": service_id,
            "upload_id": upload_id,
            "content": text,
            "metadata": metadata,
        }
        _manage("sandbox_upload", "--files", str(self.files), described=described)

    def sent_to(self, address):
        """The texts sent to an address or number, oldest first."""
        lines = self.session.get(f"{self.base_url}/_sandbox/outbox.json", timeout=10)
        sent = [json.loads(line) for line in lines.text.splitlines() if line]
        return [message["text"] for message in sent if message["to"] == address]

    def wait_for(self, path, read, expected, seconds=20):
        """Ask again until ``read(answer)`` is what is expected; give the answer."""
        until = time.monotonic() + seconds
        while True:
            answer = self.get(path)
            if read(answer) == expected or time.monotonic() > until:
                assert read(answer) == expected
                return answer
            time.sleep(0.1)


def environment(**variables):
    """What the sandbox's process gets to see, and no more."""
    kept = ("PATH", "HOME", "LANG")
    return {
        **{name: os.environ[name] for name in kept if name in os.environ},
        "ADMIN_CLIENT_SECRET": SECRET,
        "SANDBOX_SPEED": "20",
        **variables,
    }


def _manage(*args, described):
    subprocess.run(
        [sys.executable, "manage.py", *args],
        cwd=ROOT,
        env=environment(),
        input=json.dumps(described).encode(),
        check=True,
        timeout=30,
    )


@contextlib.contextmanager
def running(folder, *options, **variables):
    """A sandbox on a free port, with its database and files in a folder."""
    command = [sys.executable, "manage.py", "sandbox", "--port", "0", *options]
    command += ["--database", f"sqlite:///{folder / 'db.sqlite3'}"]
    command += ["--files", str(folder / "files")]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment(**variables),
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        said = iter(process.stdout.readline, "")
        found = next(
            filter(None, (re.search(r"http://\S+", line) for line in said)), None
        )
        assert found, "The sandbox did not start."
        yield Sandbox(found.group(), folder / "files")
    finally:
        process.terminate()
        process.wait(10)
        process.stdout.close()


@pytest.fixture(scope="session")
def sandbox(tmp_path_factory):
    """An empty sandbox that all tests of a run share."""
    with running(tmp_path_factory.mktemp("sandbox"), "--empty") as started:
        yield started


@pytest.fixture
def person(sandbox):
    """Somebody new, with an address and number of their own."""
    return new_person(sandbox)


def new_person(sandbox, **overrides):
    """Register and activate somebody."""
    number = uuid.uuid4().int % 10**6
    data = {
        "name": "Pat Person",
        "email_address": f"pat-{uuid.uuid4().hex}@example.gov.uk",
        "mobile_number": f"07700{number:06}",
        "password": "a long enough password",
        "auth_type": "sms_auth",
    }
    made = sandbox.post("/user", data | overrides)["data"]
    return sandbox.post(f"/user/{made['id']}/activate")["data"]


@pytest.fixture
def service(sandbox, person):
    """A service in trial mode whose only member is ``person``."""
    return new_service(sandbox, person)


@pytest.fixture
def live_service(sandbox, person):
    """A service that may send to anybody."""
    return new_service(sandbox, person, restricted=False)


def new_service(sandbox, person, **overrides):
    """Make a service."""
    data = {
        "created_by": person["id"],
        "user_id": person["id"],
        "name": f"Service {uuid.uuid4().hex}",
        "organisation_type": "central",
        "active": True,
        "restricted": True,
        "email_message_limit": 50,
        "sms_message_limit": 50,
        "letter_message_limit": 50,
        "international_sms_message_limit": 50,
    }
    return sandbox.post("/service", data | overrides)["data"]


@pytest.fixture
def new_template(sandbox, person):
    """Make templates: ``new_template(service, "sms", content="…")``."""

    def make(service, kind="sms", **overrides):
        data = {
            "created_by": person["id"],
            "service": service["id"],
            "name": "A template",
            "template_type": kind,
            "content": "Hello ((name))",
        }
        if kind != "sms":
            data["subject"] = "About you"
        path = f"/service/{service['id']}/template"
        return sandbox.post(path, data | overrides)["data"]

    return make


@pytest.fixture
def send(sandbox, person):
    """Send one message: ``send(service, template, to="…")``; gives the answer."""

    def make(service, template, status=201, **overrides):
        data = {
            "created_by": person["id"],
            "template_id": template["id"],
            "to": person["mobile_number"],
            "personalisation": {"name": "Jo"},
        }
        path = f"/service/{service['id']}/send-notification"
        return sandbox.post(path, data | overrides, status)

    return make
