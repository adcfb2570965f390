"""What providers and time do: messages are sent and delivered, jobs run row by row."""

from __future__ import annotations

import datetime
import logging
import threading
import time
import uuid
from collections import defaultdict
from collections.abc import Iterable

from django.db import Error, connection
from django.db.models import QuerySet
from django.utils import timezone

from portal.jobs.models import Job
from portal.notifications.models import Notification
from portal.sandbox import callbacks, clock, files, nightly
from portal.sandbox.models import OutboxMessage
from portal.sandbox.outbox import Letterbox
from portal.sandbox.pace import quick
from portal.sandbox.refusals import Refusal
from portal.sandbox.rules import facts, jobs, reports
from portal.sandbox.rules.delivery import SENT, outcome, provider
from portal.sandbox.rules.letters import last_print_run
from portal.sandbox.shapes.callbacks import delivery_status
from portal.sandbox.writing import writing

logger = logging.getLogger(__name__)

QUICK_CHANNELS = ("sms", "email")
# Small batches keep each transaction short, so that callers need not wait for the database.
BATCH = 100
STEP = datetime.timedelta(seconds=1)
LETTER_DAYS = datetime.timedelta(days=2)
BUSY_PAUSE, IDLE_PAUSE, ERROR_PAUSE = 0.05, 0.3, 2.0
COUNT_SECONDS = 5.0


def start(stop: threading.Event) -> None:
    """Start the threads that move everything on until ``stop`` is set."""
    threading.Thread(
        target=Simulation().run, args=(stop,), name="simulation", daemon=True
    ).start()
    callbacks.start(stop)


class Simulation:
    """Moves everything on by one step at a time."""

    def __init__(self) -> None:
        self.today = clock.today()
        self.changed_days: set[datetime.date] = set()
        # Their statuses are counted for good once they are over.
        self.open_days = {self.today} | facts.uncounted_days()
        self.counted_at = time.monotonic()

    def run(self, stop: threading.Event) -> None:
        """Go on until told to stop."""
        pause = IDLE_PAUSE
        while not stop.wait(pause):
            try:
                pause = BUSY_PAUSE if self.step() else IDLE_PAUSE
            except Error:
                logger.exception("The simulation could not use the database.")
                pause = ERROR_PAUSE
        connection.close()

    def step(self) -> bool:
        """Do a little of everything that is due; say whether there was anything."""
        busy = run_jobs()
        busy |= self.send()
        busy |= self.finish()
        busy |= reports.process_next()
        self.count()
        self.turn_the_day(busy)
        return busy

    def send(self) -> bool:
        """Hand waiting messages to their providers, and let people read them."""
        if not any(rows().exists() for rows in (waiting, unscanned, printing)):
            return False
        with writing():
            scanned, now = unscanned(), clock.now()
            # Letters of test keys are never printed.
            of_tests = scanned.filter(key_type="test")
            of_tests.update(status="delivered", updated_at=now)
            scanned.update(status="created", billable_units=1, updated_at=now)
            for rows in (waiting, printing):
                batch = rows().select_related("service").order_by("created_at")
                self.hand_over(list(batch[:BATCH]))
        return True

    def hand_over(self, batch: list[Notification]) -> None:
        """Mark messages as being sent and put them into the outbox."""
        letterbox = Letterbox()
        OutboxMessage.objects.bulk_create(letterbox.message(row) for row in batch)
        by_provider = defaultdict(list)
        for row in batch:
            by_provider[provider(row)].append(row)
        for name, rows in by_provider.items():
            self.update(rows, status="sending", sent_by=name, sent_at=clock.now())

    def finish(self) -> bool:
        """Let providers say what became of messages, and tell services."""
        if not (under_way().exists() or arriving().exists()):
            return False
        with writing():
            by_status = defaultdict(list)
            quick_ones = under_way().order_by("created_at")[:BATCH]
            for row in [*quick_ones, *arriving()[:BATCH]]:
                by_status[outcome(row)].append(row)
            for status, rows in by_status.items():
                self.update(rows, status=status)
                tell(rows)
        return True

    def update(self, rows: list[Notification], **values: object) -> None:
        """Change messages, and remember that their days have to be counted anew."""
        values["updated_at"] = clock.now()
        for row in rows:
            day = timezone.localdate(row.created_at)
            self.changed_days.add(day)
            self.open_days.add(day)
            vars(row).update(values)
        chosen = Notification.objects.filter(pk__in=[row.pk for row in rows])
        chosen.update(**values)

    def count(self) -> None:
        """Count the days anew on which something changed, now and then."""
        if time.monotonic() - self.counted_at < COUNT_SECONDS:
            return
        self.count_now()

    def count_now(self) -> None:
        """Count them at once."""
        self.counted_at = time.monotonic()
        while self.changed_days:
            facts.count_day(self.changed_days.pop())

    def turn_the_day(self, busy: bool) -> None:
        """Once all is done that was due before midnight, count that day and tidy up."""
        today = clock.today()
        if busy or today == self.today:
            return
        self.changed_days |= self.open_days
        self.count_now()
        self.today, self.open_days = today, {today}
        nightly.tidy(today)


def step_time() -> datetime.timedelta:
    """How long each step of a message's way takes."""
    return quick(STEP)


def waiting() -> QuerySet[Notification]:
    """E-mails and text messages that have not been sent yet."""
    rows: QuerySet[Notification] = Notification.objects.filter(
        notification_type__in=QUICK_CHANNELS,
        status="created",
        created_at__lte=clock.now() - step_time(),
    )
    return rows


def under_way() -> QuerySet[Notification]:
    """E-mails and text messages whose fate is known now."""
    rows: QuerySet[Notification] = Notification.objects.filter(
        status="sending",
        notification_type__in=QUICK_CHANNELS,
        sent_at__lte=clock.now() - step_time(),
    )
    return rows


def arriving() -> QuerySet[Notification]:
    """Letters that have been on their way for long enough."""
    rows: QuerySet[Notification] = Notification.objects.filter(
        status="sending",
        notification_type="letter",
        sent_at__lte=clock.now() - LETTER_DAYS,
    )
    return rows


def tell(rows: Iterable[Notification]) -> None:
    """Tell services of e-mails and text messages; networks abroad tell nothing."""
    callbacks.tell_all(
        "delivery_status",
        [
            (row.service_id, delivery_status(row))
            for row in rows
            if row.notification_type in QUICK_CHANNELS and row.status != SENT
        ],
    )


def run_jobs() -> bool:
    """Make the messages of the next rows of each job that is due."""
    due = list(jobs.due().values_list("pk", flat=True))
    for job_id in due:
        run_job(job_id)
    return bool(due)


def run_job(job_id: uuid.UUID) -> None:
    """Do some rows; a job whose file is gone or cannot be read is in error."""
    try:
        with writing():
            # It may have been cancelled since it was found to be due.
            for job in jobs.due().filter(pk=job_id):
                jobs.process_rows(job, BATCH)
    except (files.NoSuchFile, Refusal, UnicodeDecodeError):
        Job.objects.filter(pk=job_id).update(
            job_status="error", processing_finished=clock.now()
        )


def unscanned() -> QuerySet[Notification]:
    """Uploaded letters whose check for viruses takes no longer."""
    rows: QuerySet[Notification] = Notification.objects.filter(
        notification_type="letter",
        status="pending-virus-check",
        created_at__lte=clock.now() - step_time(),
    )
    return rows


def printing() -> QuerySet[Notification]:
    """Letters whose print run has come."""
    rows: QuerySet[Notification] = Notification.objects.filter(
        notification_type="letter",
        status="created",
        created_at__lt=last_print_run(),
    )
    return rows
