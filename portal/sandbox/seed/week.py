"""What each service sent in the last week: one by one, and in jobs."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from portal.api_keys.models import ApiKey
from portal.jobs.models import Job
from portal.notifications.models import Notification
from portal.sandbox.rules import facts
from portal.sandbox.seed import bulk
from portal.sandbox.seed.demo import Demo, Office
from portal.sandbox.seed.jobs import finished_job, messages_of, waiting_job
from portal.sandbox.seed.messages import Addressees, message

DAYS = 7
JOBS = 4
JOB_ROWS = (30, 120)
SINGLE_MESSAGES = 130
BY_KEY = 0.7
# Of a busy service's messages, the share that each of its jobs has.
SHARE_OF_JOB = 0.1
# How often a busy service writes to the same person.
TIMES_EACH = 20
LEAST_MESSAGES = 20
STEEPNESS = 1.2
STEPS = 20
LEAST_TOLD = 25_000


@dataclass(frozen=True)
class Week:
    """How much a service sent: so many one by one, and jobs of so many rows."""

    singles: int
    jobs: tuple[int, ...]
    people: int = sys.maxsize

    @property
    def messages(self) -> int:
        """How many messages there are."""
        return self.singles + sum(self.jobs)


def make_week(demo: Demo) -> None:
    """Make each live service's messages of the last days."""
    keys = dict(ApiKey.objects.filter(name="Website").values_list("service_id", "pk"))
    weeks = list(plan(demo))
    progress = Progress(demo, sum(week.messages for week in weeks))
    with bulk.without_indexes(Notification):
        for office, week in zip(demo.live_offices, weeks, strict=True):
            fill_week(demo, office, week, keys[office.service.pk], progress)


def count_week(demo: Demo) -> None:
    """Make the figures of the last days from what became of their messages."""
    demo.say("Counting")
    for back in range(DAYS + 1):
        facts.count_day(demo.today - datetime.timedelta(days=back))


class Progress:
    """Tells now and then how many messages have been made."""

    def __init__(self, demo: Demo, total: int) -> None:
        self.demo, self.total, self.done = demo, total, 0
        self.step = max(LEAST_TOLD, total // STEPS)

    def of(self, rows: Iterable[Notification]) -> Iterator[Notification]:
        """Give on the messages, counting them."""
        for row in rows:
            yield row
            self.done += 1
            if not self.done % self.step:
                self.demo.say(f"{self.done:,} of {self.total:,} messages")


def plan(demo: Demo) -> Iterator[Week]:
    """Say how much each live service sent, the busiest first."""
    offices, busiest = demo.live_offices, demo.size.busiest
    if not demo.size.messages:
        for _ in offices:
            rows = tuple(demo.dice.randrange(*JOB_ROWS) for _ in range(JOBS))
            yield Week(SINGLE_MESSAGES, rows)
        return
    yield from map(busy_week, busiest)
    others = len(offices) - len(busiest)
    left = demo.size.messages - sum(busiest) - others * LEAST_MESSAGES
    weights = [demo.dice.paretovariate(STEEPNESS) for _ in range(others)]
    so_far = given = 0.0
    for weight in weights:
        so_far += weight
        upto = round(left * so_far / sum(weights))
        yield busy_week(int(LEAST_MESSAGES + upto - given))
        given = upto


def busy_week(messages: int) -> Week:
    """The week of a service that sent so many messages."""
    rows = int(messages * SHARE_OF_JOB)
    return Week(messages - rows * JOBS, (rows,) * JOBS, 1 + messages // TIMES_EACH)


def fill_week(
    demo: Demo, office: Office, week: Week, key: UUID, progress: Progress
) -> None:
    """Make what one service sent, and a job that still waits."""
    addressees = Addressees(demo, week.people)
    jobs = [
        finished_job(demo, office, demo.dice.choice(office.templates), rows)
        for rows in week.jobs
    ]
    Job.objects.bulk_create([*jobs, waiting_job(demo, office)])
    one_by_one = singles(demo, office, week.singles, addressees, key)
    bulk.write(Notification, progress.of(one_by_one))
    for job in jobs:
        of_job = messages_of(demo, office, job, addressees)
        bulk.write(Notification, progress.of(of_job))


def singles(
    demo: Demo, office: Office, number: int, addressees: Addressees, key: UUID
) -> Iterator[Notification]:
    """Make messages that were sent one by one, most of them by a program."""
    for _ in range(number):
        somebody = addressees.choose(demo.dice.choice(office.templates))
        row = message(demo, office, somebody, demo.ago(0, DAYS))
        if demo.chance(BY_KEY):
            row.api_key_id, row.created_by_id = key, None
            row.client_reference = f"CASE-{row.pk.int % 10**8:08}"
        yield row
