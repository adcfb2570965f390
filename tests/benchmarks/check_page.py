"""Measure the check page of 100,000 recipients: `python -m tests.benchmarks.check_page`.

Prints the seconds of an upload, of the first view and of later ones, and by how much the
process grows over many uploads of files that differ.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from pathlib import Path

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

FIRST, LATER = 2.0, 0.3
UPLOADS, GROWTH_MB = 12, 5


def main() -> int:
    """Print seconds and megabytes; fail beyond twice the time or beyond the memory."""
    import django
    import responses

    django.setup()
    from django.core.management import call_command
    from django.test import Client

    from tests.users.personas import sign_in, staff

    call_command("migrate", verbosity=0)
    with responses.RequestsMock(assert_all_requests_are_fired=False) as api:
        register(api)
        browser = sign_in(Client(), staff("send_messages"))
        # Once for all that is loaded and kept for good.
        measured(browser, 0)
        before = held_mb()
        results = [measured(browser, n) for n in range(1, UPLOADS + 1)]
        growth = held_mb() - before
    upload, first, later, row = (
        statistics.median(took) for took in zip(*results, strict=True)
    )
    say(f"upload: {upload:.2f} s")
    say(f"first view: {first:.2f} s (goal {FIRST})")
    say(f"later views: {later:.3f} s (goal {LATER}), row 99,999: {row:.3f} s")
    say(f"{UPLOADS} more uploads: {growth:+.1f} MB (at most {GROWTH_MB})")
    # Twice the time: a busy machine must not look like a mistake.
    slow = first > 2 * FIRST or max(later, row) > 2 * LATER
    return int(slow or growth > GROWTH_MB)


def register(api) -> None:
    """Let the API know the person, the service and the template."""
    import re

    from django.conf import settings

    from tests.benchmarks.recipient_files import CONTENT
    from tests.builders import service, template
    from tests.jobs.conftest import TEMPLATE_ID
    from tests.users.personas import SERVICE_ID, staff

    base = f"{settings.API_HOST_NAME}/service/{SERVICE_ID}"
    api.get(
        re.compile(f"{settings.API_HOST_NAME}/user/"),
        json={"data": staff("send_messages")},
    )
    api.get(base, json={"data": service(id=SERVICE_ID, sms_message_limit=250_000)})
    made = template(id=TEMPLATE_ID, service=SERVICE_ID, content=CONTENT)
    api.get(f"{base}/template/{TEMPLATE_ID}", json={"data": made})
    api.get(f"{base}/job", json={"data": [], "links": {}})
    figures = {kind: {"requested": 3} for kind in ("sms", "email", "letter")}
    api.get(f"{base}/statistics", json={"data": figures})
    api.get(f"{settings.API_HOST_NAME}/sms-rate/", json={"rate": 0.0227})


def measured(browser, number: int) -> tuple[float, ...]:
    """Upload a file like no other and look at it; the seconds of each step."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    from tests.benchmarks.recipient_files import HEADINGS, rows
    from tests.jobs.conftest import SEND

    lines = (",".join(line) for line in rows("sms"))
    head = ",".join(("phone number", *HEADINGS, f"number {number}"))
    data = "\n".join((head, *lines)).encode()
    file = SimpleUploadedFile(f"people {number}.csv", data)
    took = []

    def step(send) -> str:
        began = time.perf_counter()
        answer = send()
        took.append(time.perf_counter() - began)
        assert answer.status_code in (200, 302), answer.status_code
        return answer.url if answer.status_code == 302 else answer.text

    url = step(lambda: browser.post(f"{SEND}/csv", {"file": file}))
    assert "Send 100,000 text messages" in step(lambda: browser.get(url))
    step(lambda: browser.get(url))
    step(lambda: browser.get(f"{url}/row-99999"))
    return tuple(took)


def held_mb() -> float:
    """What the process holds now."""
    import gc

    gc.collect()
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


def say(text: str) -> None:
    """Print a line."""
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    sys.exit(main())
