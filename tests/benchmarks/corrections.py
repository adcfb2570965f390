"""Measure correcting 20 of 100,000 rows: `python -m tests.benchmarks.corrections`.

Prints the seconds of the check, of the page with the wrong rows (the last of the file among
them), of saving them, and of the corrected file's check; and what the process took at most
for the middle two beyond what the check took.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from pathlib import Path

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

WRONG, ROUNDS, MOST_MB = 20, 3, 15


def main() -> int:
    """Print seconds and megabytes; fail where correcting takes more than the check does."""
    import django
    import responses

    django.setup()
    from django.core.management import call_command
    from django.test import Client

    from tests.benchmarks.check_page import register, say
    from tests.users.personas import sign_in, staff

    call_command("migrate", verbosity=0)
    with responses.RequestsMock(assert_all_requests_are_fired=False) as api:
        register(api)
        browser = sign_in(Client(), staff("send_messages"))
        results = [measured(browser, n) for n in range(ROUNDS)]
    check, shown, saved, again, *peaks = (
        statistics.median(took) for took in zip(*results, strict=True)
    )
    say(f"check: {check:.2f} s, {peaks[0]:.0f} MB at most")
    say(f"the wrong rows: {shown:.2f} s, {peaks[1]:.0f} MB at most")
    say(f"saving them: {saved:.2f} s, {peaks[2]:.0f} MB at most")
    say(f"check of the corrected file: {again:.2f} s")
    return int(max(shown, saved) > check or max(peaks[1:]) > peaks[0] + MOST_MB)


def measured(browser, number: int) -> tuple[float, ...]:
    """Upload a file like no other and correct it; the seconds of each step, and peaks."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    from tests.benchmarks.recipient_files import HEADINGS, ROWS, rows
    from tests.jobs.conftest import SEND

    lines = [",".join(line) for line in rows("sms")]
    for n in range(ROWS - WRONG, ROWS):
        lines[n] = f"123{lines[n][11:]}"
    head = ",".join(("phone number", *HEADINGS, f"number {number}"))
    file = SimpleUploadedFile("people.csv", "\n".join((head, *lines)).encode())
    url = browser.post(f"{SEND}/csv", {"file": file}).url
    typed = {f"cell-{n + 2}-0": f"077{n:08}" for n in range(ROWS - WRONG, ROWS)}
    took, peaks = [], []

    def step(send) -> str:
        Path("/proc/self/clear_refs").write_text("5")
        began = time.perf_counter()
        answer = send()
        took.append(time.perf_counter() - began)
        peaks.append(peak_mb())
        return answer.url if answer.status_code == 302 else answer.text

    assert "Correct 20 rows here" in step(lambda: browser.get(url))
    assert "cell-100001-0" in step(lambda: browser.get(f"{url}/correct"))
    made = step(lambda: browser.post(f"{url}/correct", typed))
    assert "Send 100,000 text messages" in step(lambda: browser.get(made))
    return (*took, *peaks)


def peak_mb() -> float:
    """The most that the process held since it was last asked to forget."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


if __name__ == "__main__":
    sys.exit(main())
