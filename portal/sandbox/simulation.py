"""What providers and time do: messages are sent and delivered, jobs run row by row."""

from __future__ import annotations

import datetime
import logging
import threading
import time
from collections import defaultdict
from collections.abc import Iterable

from django.conf import settings
from django.db import Error, connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from portal.jobs.models import Job
from portal.notifications.models import Notification
from portal.sandbox import clock, files
from portal.sandbox.models import OutboxMessage
from portal.sandbox.outbox import Letterbox
from portal.sandbox.refusals import Refusal
from portal.sandbox.rules import facts, jobs, reports
from portal.sandbox.rules.delivery import outcome, provider
from portal.sandbox.rules.figures import midnight
from portal.sandbox.rules.letters import PRINT_RUN
from portal.sandbox.rules.sending import print_day

logger = logging.getLogger(__name__)

QUICK_CHANNELS = ("sms", "email")
# Small batches keep each transaction short, so that callers need not wait for the database.
BATCH = 100
STEP = datetime.timedelta(seconds=1)
LETTER_DAYS = datetime.timedelta(days=2)
BUSY_PAUSE, IDLE_PAUSE, ERROR_PAUSE = 0.05, 0.3, 2.0
COUNT_SECONDS = 5.0
SLOWEST = 0.001


def start(stop: threading.Event) -> None:
    """Start the thread that moves messages and jobs on until ``stop`` is set."""
    threading.Thread(
        target=Simulation().run, args=(stop,), name="simulation", daemon=True
    ).start()


class Simulation:
    """Moves everything on by one step at a time."""

    def __init__(self) -> None:
        self.changed_days: set[datetime.date] = set()
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
        return busy

    def send(self) -> bool:
        """Hand waiting messages to their providers, and let people read them."""
        waiting = Notification.objects.filter(
            notification_type__in=QUICK_CHANNELS,
            status="created",
            created_at__lte=clock.now() - step_time(),
        )
        batch = list(waiting.select_related("service").order_by("created_at")[:BATCH])
        letters = due_letters()
        if not batch and not letters:
            return False
        with transaction.atomic():
            self.hand_over([*batch, *letters])
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
        """Let providers say what became of messages."""
        sent = Notification.objects.filter(
            status="sending",
            notification_type__in=QUICK_CHANNELS,
            sent_at__lte=clock.now() - step_time(),
        )
        letters = Notification.objects.filter(
            status="sending",
            notification_type="letter",
            sent_at__lte=clock.now() - LETTER_DAYS,
        )
        by_status = defaultdict(list)
        for row in [*sent.order_by("created_at")[:BATCH], *letters[:BATCH]]:
            by_status[outcome(row)].append(row)
        if not by_status:
            return False
        with transaction.atomic():
            for status, rows in by_status.items():
                self.update(rows, status=status)
        return True

    def update(self, rows: Iterable[Notification], **values: object) -> None:
        """Change messages, and remember that their days have to be counted anew."""
        rows = list(rows)
        self.changed_days |= {timezone.localdate(row.created_at) for row in rows}
        Notification.objects.filter(pk__in=[row.pk for row in rows]).update(
            updated_at=clock.now(), **values
        )

    def count(self) -> None:
        """Count the days anew on which something changed, now and then."""
        if time.monotonic() - self.counted_at < COUNT_SECONDS:
            return
        self.counted_at = time.monotonic()
        while self.changed_days:
            facts.count_day(self.changed_days.pop())


def step_time() -> datetime.timedelta:
    """How long each step of a message's way takes."""
    speed: float = getattr(settings, "SANDBOX_SPEED", 1.0)
    return STEP / max(speed, SLOWEST)


def run_jobs() -> bool:
    """Make the messages of the next rows of each job that is due."""
    due = list(jobs.due())
    for job in due:
        run_job(job)
    return bool(due)


def run_job(job: Job) -> None:
    """Do some rows; a job whose file is gone or cannot be read is in error."""
    try:
        with transaction.atomic():
            jobs.process_rows(job, BATCH)
    except (files.NoSuchFile, Refusal, UnicodeDecodeError):
        Job.objects.filter(pk=job.pk).update(
            job_status="error", processing_finished=clock.now()
        )


def due_letters() -> list[Notification]:
    """Letters whose print run has come, and uploaded ones that have been checked."""
    scanned = Notification.objects.filter(
        notification_type="letter",
        status="pending-virus-check",
        created_at__lte=clock.now() - step_time(),
    )
    scanned.update(status="created", updated_at=clock.now())
    waiting: QuerySet[Notification] = Notification.objects.filter(
        notification_type="letter",
        status="created",
        created_at__lte=clock.now() - step_time(),
    ).select_related("service")
    return [
        row
        for row in waiting.order_by("created_at")[:BATCH]
        if clock.now() >= midnight(print_day(row.created_at)) + PRINT_RUN
    ]
