"""Check files of 100,000 recipients: `python -m tests.benchmarks.recipient_files`.

Each file has five columns and goes from bytes to verdict in a process of its own. Prints
seconds by the clock, those of the processor (of both processes where there are two), and
the memory that the process took at most beyond what it had with the file's bytes in hand.
A workbook is read by one more process, whose whole memory is printed too; the last line
is what a workbook takes more than the same rows as CSV.

The goals are for seconds by the clock, on a machine that does nothing else; those of the
processor tell how busy it was.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

ROWS = 100_000
HEADINGS = ("name", "date", "reference", "amount")
MOST = {
    # seconds, MB over the base
    "sms.csv": (1.0, 20),
    "email.csv": (0.6, 20),
    "sms.xlsx": (1.6, 100),
}
# What the workbook may take more than the CSV of the same rows.
MOST_MORE_SECONDS = 0.6
MORE = ("long.csv", "accents.csv", "bad.csv")
ROUNDS = 3
CONTENT = "Dear ((name)), your appointment is on ((date)). Quote ((reference)), bring ((amount)). "


def rows(kind):
    for n in range(ROWS):
        recipient = f"person.{n}@example.gov.uk" if kind == "email" else f"077{n:08}"
        if kind == "bad" and n % 2:
            recipient = f"02079{n:06}"
        name = f"Siân {n}" if kind == "accents" else f"Person {n}"
        yield recipient, name, "1 May 2026", f"REF-{n:06}", f"{n % 500}.00"


def write(folder):
    import xlsxwriter

    for name in (*MOST, *MORE):
        kind, _dot, suffix = name.partition(".")
        heading = "email address" if kind == "email" else "phone number"
        lines = [(heading, *HEADINGS), *rows(kind)]
        path = folder / name
        if suffix == "csv":
            path.write_text("".join(",".join(line) + "\r\n" for line in lines))
            continue
        with xlsxwriter.Workbook(path) as book:
            sheet = book.add_worksheet()
            for number, line in enumerate(lines):
                sheet.write_row(number, 0, line)


def peak_mb(process="self"):
    """The most that a process ever held, or 0 if it has ended."""
    try:
        status = Path(f"/proc/{process}/status").read_text()
        return int(status.partition("VmHWM:")[2].split()[0]) / 1024
    except (OSError, IndexError):
        return 0


class Watch(threading.Thread):
    """Looks at the peak of the process that reads workbooks while it lives."""

    peak = 0.0
    over = False

    def run(self):
        children = Path(f"/proc/self/task/{os.getpid()}/children")
        while not self.over:
            for child in children.read_text().split():
                self.peak = max(self.peak, peak_mb(child))
            # More often it would itself be a good part of the work.
            time.sleep(0.05)


def check(path):
    """Check one file, in this process; prints seconds, its memory and the reader's."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django

    django.setup()

    from portal.messages.check import RecipientTable
    from portal.messages.recipients import Limits
    from portal.messages.spreadsheet import read_spreadsheet
    from portal.messages.templates import MessageTemplate
    from portal.messages.wording import error_summary

    kind = "email" if "email" in path.name else "sms"
    content = CONTENT * (3 if path.name.startswith("long") else 1)
    template = MessageTemplate(kind, content, "Your appointment", "Parks")
    data = path.read_bytes()
    # From here on the peak is that of the work alone.
    Path("/proc/self/clear_refs").write_text("5")
    base = peak_mb()
    watch = Watch(daemon=True)
    watch.start()
    started, worked = time.perf_counter(), processor_seconds()

    table = RecipientTable(
        read_spreadsheet(data, path.name).content, template, Limits()
    )
    report = table.check()
    told = error_summary(report, kind)

    seconds, worked = time.perf_counter() - started, processor_seconds() - worked
    assert report.row_count == ROWS, report.row_count
    assert bool(told) == path.name.startswith("bad"), told
    watch.over = True
    say(f"{seconds:.3f} {worked:.3f} {peak_mb() - base:.1f} {watch.peak:.1f}")


def processor_seconds():
    """What this process and those it waited for have worked."""
    return sum(os.times()[:4])


def measured(path):
    command = [sys.executable, "-m", "tests.benchmarks.recipient_files", str(path)]
    rounds = []
    for _round in range(ROUNDS):
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        rounds.append([float(word) for word in done.stdout.split()])
    seconds, worked, own, reader = zip(*rounds, strict=True)
    # What else the machine did in a round is not the file's doing.
    return min(seconds), min(worked), max(own), max(reader)


def main() -> int:
    """Print a line for each file; fail beyond the time or the memory."""
    failed, took = 0, {}
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder))
        for name in (*MOST, *MORE):
            seconds, worked, own, reader = measured(Path(folder, name))
            took[name] = seconds, worked
            most_seconds, most_mb = MOST.get(name, (2.0, 40))
            memory = max(own, reader)
            say(
                f"{name:12} {seconds:6.2f} s (goal {most_seconds}),"
                f" of the processor {worked:5.2f} s,"
                f" +{own:5.1f} MB (goal {most_mb}), reader {reader:5.1f} MB"
            )
            failed += seconds > most_seconds or memory > most_mb
    more, worked_more = (
        workbook - text
        for workbook, text in zip(took["sms.xlsx"], took["sms.csv"], strict=True)
    )
    say(
        f"sms.xlsx over sms.csv: {more:.2f} s (goal {MOST_MORE_SECONDS}),"
        f" of the processor {worked_more:.2f} s"
    )
    failed += more > MOST_MORE_SECONDS
    return int(failed > 0)


def say(text: str) -> None:
    """Print a line."""
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    sys.exit(check(Path(sys.argv[1])) if len(sys.argv) > 1 else main())
