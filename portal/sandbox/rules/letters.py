"""Letters: until when they can be stopped, and those that come back."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from portal.letters.models import ReturnedLetter
from portal.notifications.models import Notification
from portal.sandbox import callbacks, clock
from portal.sandbox.refusals import Refusal
from portal.sandbox.rules.figures import midnight
from portal.sandbox.rules.sending import print_day
from portal.sandbox.shapes.callbacks import returned_letter

PRINT_RUN = datetime.timedelta(hours=17, minutes=30)
STOPPABLE = ("created", "pending-virus-check")


def is_too_late(created_at: datetime.datetime) -> bool:
    """Whether the print run that a letter is part of has begun."""
    return clock.now() >= midnight(print_day(created_at)) + PRINT_RUN


def last_print_run() -> datetime.datetime:
    """When the latest print run began: letters made before it are printed."""
    now, today = clock.now(), midnight(clock.today())
    begun = today + PRINT_RUN
    return begun if now >= begun else begun - datetime.timedelta(days=1)


def cancel(letter: Notification) -> None:
    """Stop a letter before its print run."""
    if letter.notification_type != "letter":
        raise Refusal(
            "Notification cannot be cancelled - only letters can be cancelled"
        )
    if is_too_late(letter.created_at):
        raise Refusal(
            "It’s too late to cancel this letter. "
            f"Printing started {_day(print_day(letter.created_at))} at 5.30pm"
        )
    if letter.status == "cancelled":
        raise Refusal("This letter has already been cancelled.")
    if letter.status not in STOPPABLE:
        raise Refusal(
            f"We could not cancel this letter. Letter status: {letter.status}, "
            f"created_at: {letter.created_at:%Y-%m-%d %H:%M:%S.%f}"
        )
    letter.status = "cancelled"
    letter.billable_units = 0
    letter.save()


def take_back(references: Iterable[str]) -> None:
    """Note letters that came back, by the references printed on them."""
    rows = list(
        Notification.objects.filter(
            reference__in=list(references), notification_type="letter"
        )
    )
    today, now = clock.today(), clock.now()
    for letter in rows:
        letter.status = "returned-letter"
        letter.save()
        facts: dict[str, Any] = {"reported_at": today, "service_id": letter.service_id}
        ReturnedLetter.objects.update_or_create(
            notification_id=letter.pk,
            defaults=facts,
            create_defaults={**facts, "created_at": now},
        )
    callbacks.tell_all(
        "returned_letter", [(row.service_id, returned_letter(row)) for row in rows]
    )


def printed_on(
    day: datetime.date,
) -> tuple[datetime.datetime, datetime.datetime]:
    """From when to when letters are made that are printed on a day."""
    before = day - datetime.timedelta(days=1)
    return midnight(before) + PRINT_RUN, midnight(day) + PRINT_RUN


def _day(day: datetime.date) -> str:
    days = (clock.today() - day).days
    if days <= 1:
        return "today" if days == 0 else "yesterday"
    return f"on {day.day} {day:%B}"
