"""Times the sandbox's routes on a big platform: `python -m tests.benchmarks.sandbox_routes`.

The platform is made in a PostgreSQL database of its own, which takes some minutes, and is
dropped afterwards; `--database URL` uses one that is there (an empty one is filled, and kept).
Prints the median and 95th percentile of each route, asked one by one over HTTP.
"""

from __future__ import annotations

import argparse
import contextlib
import statistics
import sys
import tempfile
import time

from tests.sandbox.databases import new_database, sandbox_on

ROUNDS = 40
MOST_MS = 150
# How much dearer the last page of a long list may be than its first.
MOST_TIMES = 2
BUSIEST, LARGEST = "Riverside bin collections", "Riverside council tax"


def routes_of(sandbox, service, year) -> dict:
    """The routes behind the dashboard, the lists of messages, and usage."""
    base = f"/service/{service['id']}"
    sent = f"{base}/notifications"
    found = sandbox.get(f"{sent}?page_size=1")["notifications"][0]
    job = sandbox.get(f"{base}/job")["data"][-1]["id"]

    def get(path):
        return lambda: sandbox.get(path)

    def search(term, kind):
        data = {"to": term, "template_type": [kind]}
        return lambda: sandbox.post(sent, data, 200)

    return {
        "service": get(base),
        "dashboard: statistics": get(f"{base}/statistics?limit_days=7"),
        "dashboard: templates": get(f"{base}/template-statistics?limit_days=7"),
        "dashboard: jobs": get(f"{base}/job?limit_days=7&statuses=finished"),
        "dashboard: scheduled": get(f"{base}/job/scheduled-job-stats"),
        "sent: first page": get(f"{sent}?page=1&page_size=50"),
        "sent: emails": get(f"{sent}?template_type=email"),
        "sent: failed texts": get(f"{sent}?template_type=sms&status=failed"),
        "sent: no letter failed": get(f"{sent}?status=virus-scan-failed"),
        "sent: count": get(f"{sent}/count?limit_days=7"),
        "sent: number": search("07700900321", "sms"),
        "sent: e-mail address": search("seren.kestrel", "email"),
        "sent: reference": search("CASE-0123", "sms"),
        "sent: unknown recipient": search("nobody@nowhere.example", "email"),
        "sent: one": get(f"{sent}/{found['id']}"),
        "job: messages": get(f"{base}/job/{job}/notifications?page_size=50"),
        "month: statuses": get(f"{sent}/monthly?year={year}"),
        "month: templates": get(f"{sent}/templates_usage/monthly?year={year}"),
        "usage: year": get(f"{base}/billing/yearly-usage-summary?year={year}"),
        "usage: months": get(f"{base}/billing/monthly-usage?year={year}"),
        "usage: allowance": get(f"{base}/billing/free-sms-fragment-limit"),
    }


def depths(sandbox, service) -> dict:
    """The first and the last page of a service's messages, by number and by last seen."""
    sent = f"/service/{service['id']}/notifications"
    count = sandbox.get(f"{sent}/count")["notifications_sent_count"]
    last = sandbox.get(f"{sent}?page_size=50&page={count // 50 - 1}")["notifications"]
    deep = f"{sent}/csv?page_size=50&older_than={last[0]['id']}"
    return {
        "first page": lambda: sandbox.get(f"{sent}/csv?page_size=50"),
        f"from message {count - 100:,} on": lambda: sandbox.get(deep),
        "page 1": lambda: sandbox.get(f"{sent}?page_size=50&page=1"),
        f"page {count // 50:,}": lambda: sandbox.get(
            f"{sent}?page_size=50&page={count // 50}"
        ),
    }


def measured(work) -> tuple[float, float]:
    """The median and 95th percentile of one call, in milliseconds."""
    work()
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        work()
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times), statistics.quantiles(times, n=20)[-1]


def measure(sandbox, name) -> bool:
    """Print how long the routes of one service take; say whether all are quick enough."""
    services = sandbox.get("/service")["data"]
    service = next(row for row in services if row["name"] == name)
    year = time.gmtime().tm_year - (time.gmtime().tm_mon < 4)
    say(f"\n{name}")
    slow = []
    for title, work in routes_of(sandbox, service, year).items():
        median, worst = measured(work)
        slow += [title] if worst > MOST_MS else []
        say(f"  {title:26} {median:7.1f} ms  {worst:7.1f} ms at the 95th percentile")
    medians = []
    for title, work in depths(sandbox, service).items():
        medians.append(measured(work)[0])
        say(f"  {title:26} {medians[-1]:7.1f} ms")
    if slow:
        say(f"  Slower than {MOST_MS} ms: {', '.join(slow)}")
    return not slow and medians[1] < MOST_TIMES * medians[0]


def say(text: str) -> None:
    """Print a line."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def main() -> int:
    """Fail when a route is slow, or a list's last page dearer than its first."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--database", help="URL of a database to use")
    parser.add_argument("--size", default="large", choices=("medium", "large"))
    options = parser.parse_args()
    given = options.database
    with (
        contextlib.nullcontext(given) if given else new_database() as url,
        tempfile.TemporaryDirectory() as files,
        sandbox_on(url, files, "--seed", "7", "--size", options.size, say=say) as made,
    ):
        quick = [measure(made, name) for name in (BUSIEST, LARGEST)]
    return int(not all(quick))


if __name__ == "__main__":
    sys.exit(main())
