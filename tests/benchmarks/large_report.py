"""Measures a worker that makes long reports: `python -m tests.benchmarks.large_report`.

The worker and the sandbox are real processes; the service has sent 250,000 messages. Prints
time and peak memory for each kind of file, and fails beyond 150 MB or when a row is missing.
`--database URL` uses a sandbox's database that is there, as in `sandbox_routes`.
"""

from __future__ import annotations

import argparse
import contextlib
import csv
import sys
import tempfile
import time
from pathlib import Path

from python_calamine import CalamineWorkbook

from tests.benchmarks.sandbox_routes import LARGEST, say
from tests.celery.conftest import Background
from tests.sandbox.conftest import SECRET
from tests.sandbox.databases import new_database, sandbox_on

MOST_MB = 150
LONGEST_SECONDS = 900
PREPARE = """
import sys, uuid, django
django.setup()
from django.core.management import call_command
from django.utils import timezone
from portal.reports.actions import NotificationFilters
from portal.reports.models import Report
from portal.reports.tasks import build_notifications_report
call_command("migrate", "reports", verbosity=0)
now = timezone.now()
report = Report.objects.create(
    service_id=sys.argv[2], created_by_id=uuid.uuid4(), created_at=now, heartbeat_at=now,
    parameters=NotificationFilters().as_parameters(), file_type=sys.argv[3],
)
build_notifications_report.apply_async([str(report.pk)], queue=sys.argv[1])
print(report.pk.hex)
"""


class Portal(Background):
    """A folder of the portal's with a worker, on a sandbox."""

    def __init__(self, folder, sandbox):
        super().__init__(folder, sandbox.base_url, "safefile://")
        self.environment |= {
            "ADMIN_CLIENT_SECRET": SECRET,
            "SECRET_KEY": "benchmark",
            "DANGEROUS_SALT": "benchmark",
        }

    def ask_for(self, service, file_type):
        """Ask for a report of all that the service sent."""
        return self.ask_for_report(PREPARE, service["id"], file_type)

    def peak_mb(self, worker) -> float:
        """The most memory that the worker or one of its pool's processes ever had."""
        pids = [worker.pid, *children_of(worker.pid)]
        return max(map(peak_kib, pids)) / 1024


def children_of(pid: int) -> list[int]:
    """The processes that a process has started."""
    with contextlib.suppress(FileNotFoundError):
        told = Path(f"/proc/{pid}/task/{pid}/children").read_text()
        return [int(child) for child in told.split()]
    return []


def peak_kib(pid: int) -> int:
    """The most memory that a process ever had; 0 when it is gone."""
    with contextlib.suppress(FileNotFoundError):
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1])
    return 0


def measure(portal, service, file_type, expected) -> bool:
    """Make one report with a new worker; say whether it is whole and was cheap."""
    began = time.monotonic()
    pk = portal.ask_for(service, file_type)
    worker = portal.start_worker()
    seen, peak = set(), 0.0
    while time.monotonic() - began < LONGEST_SECONDS:
        time.sleep(0.2)
        report = portal.report(pk)
        peak = max(peak, portal.peak_mb(worker))
        seen.add(report["rows_done"])
        if report["status"] in ("finished", "failed"):
            break
    portal.stop()
    rows = rows_of(portal.folder / "files", report["file_key"])
    say(
        f"{file_type}: {rows:,} rows in {time.monotonic() - began:.0f} s, "
        f"{peak:.0f} MB at most, progress seen {len(seen)} times"
    )
    return rows == expected and peak <= MOST_MB and len(seen) > 2


def rows_of(files, key: str) -> int:
    """Count the rows under the heading of a report's file."""
    path = next(path for path in files.rglob(Path(key).name))
    if path.suffix == ".xlsx":
        return (
            len(CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()) - 1
        )
    with path.open(encoding="utf-8-sig", newline="") as file:
        return sum(1 for _ in csv.reader(file)) - 1


def main() -> int:
    """Make a CSV file and a workbook."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--database", help="URL of a database to use")
    given = parser.parse_args().database
    with (
        contextlib.nullcontext(given) if given else new_database() as url,
        tempfile.TemporaryDirectory() as folder,
        sandbox_on(url, folder, "--seed", "7", "--size", "large", say=say) as sandbox,
    ):
        services = sandbox.get("/service")["data"]
        service = next(row for row in services if row["name"] == LARGEST)
        path = f"/service/{service['id']}/notifications/count?limit_days=7"
        expected = sandbox.get(path)["notifications_sent_count"]
        good = [
            measure(Portal(Path(folder) / kind, sandbox), service, kind, expected)
            for kind in ("csv", "xlsx")
        ]
    return int(not all(good))


if __name__ == "__main__":
    sys.exit(main())
