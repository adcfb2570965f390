from __future__ import annotations

import http.server
import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
import uuid
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import kombu
import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
ROWS, PAGE = 2500, 1000
PREPARE = """
import sys, uuid, django
django.setup()
from django.core.management import call_command
from django.utils import timezone
from portal.reports.actions import NotificationFilters
from portal.reports.models import Report
from portal.remote import context
from portal.reports.tasks import build_notifications_report
call_command("migrate", "reports", verbosity=0)
now = timezone.now()
report = Report.objects.create(
    service_id=uuid.uuid4(), created_by_id=uuid.uuid4(), created_at=now,
    heartbeat_at=now, parameters=NotificationFilters().as_parameters(),
    file_type=sys.argv[2],
)
with context.scope(trace_id="f" * 32):
    build_notifications_report.apply_async([str(report.pk)], queue=sys.argv[1])
print(report.pk.hex)
"""


class SlowAPI(http.server.ThreadingHTTPServer):
    """Has sent 2,500 messages, and keeps whoever asks for the last page waiting."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), SlowHandler)
        self.reached_the_end = threading.Event()
        self.may_go_on = threading.Event()
        self.traces = set()
        self.asked = 0
        self.ids = [str(uuid.UUID(int=number + 1)) for number in range(ROWS)]

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}"


class SlowHandler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.traces.add(self.headers["X-B3-TraceId"])
        self.server.asked += 1
        address = urlsplit(self.path)
        if address.path.endswith("/count"):
            return self.answer({"notifications_sent_count": ROWS})
        ids = self.server.ids
        last = parse_qs(address.query).get("older_than")
        start = ids.index(last[0]) + 1 if last else 0
        if start == 2 * PAGE:
            self.server.reached_the_end.set()
            self.server.may_go_on.wait(30)
        page = [{"id": pk, "recipient": pk} for pk in ids[start : start + PAGE]]
        return self.answer({"notifications": page, "page_size": PAGE})

    def answer(self, body):
        content = json.dumps(body).encode()
        try:
            self.send_response(200)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)
        except OSError:
            pass  # the worker was killed while it waited

    def log_message(self, *args):
        pass


@pytest.fixture
def slow_api():
    server = SlowAPI()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.may_go_on.set()
    server.shutdown()
    server.server_close()


class Background:
    """A portal's folder with workers, of which one can be killed."""

    def __init__(self, folder, api_url, broker):
        folder.mkdir(exist_ok=True)
        self.folder, self.queue = folder, f"test-{uuid.uuid4().hex[:8]}"
        self.broker, self.workers = broker, []
        self.environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "notify_admin.settings",
            "PORTAL_DATA_DIR": str(folder),
            "PORTAL_FILES_DIR": str(folder / "files"),
            "API_HOST_NAME": api_url,
            "CELERY_BROKER_URL": broker,
        }

    def ask_for_report(self, prepare=PREPARE, *arguments):
        arguments = arguments or ("csv",)
        command = [sys.executable, "-c", prepare, self.queue, *arguments]
        done = subprocess.run(
            command, cwd=ROOT, env=self.environment, check=True, capture_output=True
        )
        return done.stdout.decode().strip()

    def start_worker(self):
        with (self.folder / "worker.log").open("a") as log:
            worker = subprocess.Popen(
                [
                    *(sys.executable, "-m", "celery", "--quiet", "-A", "notify_admin"),
                    *("worker", "--concurrency=1", "--queues", self.queue),
                    *("--without-gossip", "--without-mingle", "--without-heartbeat"),
                ],
                cwd=ROOT,
                env=self.environment,
                start_new_session=True,
                stdout=log,
                stderr=log,
            )
        self.workers.append(worker)
        return worker

    def report(self, pk):
        with sqlite3.connect(self.folder / "portal.sqlite3") as database:
            database.row_factory = sqlite3.Row
            found = database.execute("SELECT * FROM reports_report WHERE id = ?", [pk])
            return found.fetchone()

    def log(self):
        return (self.folder / "worker.log").read_text()

    def stop(self):
        for worker in self.workers:
            if worker.poll() is None:
                os.killpg(worker.pid, signal.SIGKILL)
            worker.wait()
        if self.broker.startswith("amqp"):
            with kombu.Connection(self.broker) as connection:
                connection.default_channel.queue_delete(self.queue)
                connection.default_channel.exchange_delete(self.queue)


@pytest.fixture
def background(tmp_path, slow_api):
    made = []

    def make(broker="safefile://"):
        made.append(Background(tmp_path, slow_api.url, broker))
        return made[0]

    yield make
    for each in made:
        each.stop()


def wait_until(check, seconds=30):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := check():
            return found
        time.sleep(0.05)
    return False


@pytest.fixture
def until():
    return wait_until
