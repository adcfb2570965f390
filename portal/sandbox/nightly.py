"""What happens at midnight in London: old messages and invitations go."""

from __future__ import annotations

import datetime
import uuid
from typing import Any

from django.db.models import Model, QuerySet

from portal.inbound.models import InboundSms, InboundSmsHistory
from portal.invites.models import InvitedOrganisationUser, InvitedUser
from portal.jobs.models import Job
from portal.notifications.models import Notification, NotificationHistory
from portal.sandbox.rules.figures import CHANNELS, midnight
from portal.sandbox.versions import history_row
from portal.sandbox.writing import writing
from portal.services.models import ServiceDataRetention
from portal.users.models import VerifyCode

USUAL = datetime.timedelta(days=7)
BATCH = 1000
INVITATION = datetime.timedelta(days=2)
CODE = datetime.timedelta(days=1)
# Letters that are on their way stay until they have arrived.
UNDER_WAY = ("created", "sending", "pending-virus-check")


def tidy(today: datetime.date) -> None:
    """Delete all that is too old to be kept; the clock may have gone on since ``today``."""
    now = midnight(today)
    kept = {
        (row.service_id, row.notification_type): row.days_of_retention
        for row in ServiceDataRetention.objects.all()
    }
    for channel in CHANNELS:
        rows = Notification.objects.filter(notification_type=channel)
        if channel == "letter":
            rows = rows.exclude(status__in=UNDER_WAY)
        tidy_channel(rows, NotificationHistory, days_by_service(kept, channel), now)
    texts = InboundSms.objects.all()
    tidy_channel(texts, InboundSmsHistory, days_by_service(kept, "sms"), now)
    tidy_people(now)
    archive_jobs(now)


def days_by_service(
    kept: dict[tuple[uuid.UUID, str], int], channel: str
) -> dict[uuid.UUID, int]:
    """How long the services that chose it keep a channel's messages."""
    return {service: days for (service, kind), days in kept.items() if kind == channel}


def tidy_channel(
    rows: QuerySet[Any],
    history: type[Model],
    chosen: dict[uuid.UUID, int],
    now: datetime.datetime,
) -> None:
    """Move a channel's old messages to their history."""
    usual = rows.exclude(service_id__in=chosen)
    move_away(usual.filter(created_at__lt=now - USUAL), history)
    for service_id, days in chosen.items():
        first = now - datetime.timedelta(days=days)
        move_away(rows.filter(service_id=service_id, created_at__lt=first), history)


def move_away(old: QuerySet[Any], history: type[Model]) -> None:
    """Move rows to their history, some at a time."""
    moved = BATCH
    while moved == BATCH:
        with writing():
            batch = list(old[:BATCH])
            history.objects.bulk_create(  # type: ignore[attr-defined]
                [history_row(row, history) for row in batch], ignore_conflicts=True
            )
            old.model.objects.filter(pk__in=[row.pk for row in batch]).delete()
        moved = len(batch)


def tidy_people(now: datetime.datetime) -> None:
    """Delete invitations and codes that nobody can use any more."""
    with writing():
        for model, age in (
            (InvitedUser, INVITATION),
            (InvitedOrganisationUser, INVITATION),
            (VerifyCode, CODE),
        ):
            model.objects.filter(created_at__lte=now - age).delete()


def archive_jobs(now: datetime.datetime) -> None:
    """Take jobs off the lists whose messages are gone."""
    with writing():
        old = Job.objects.filter(created_at__lt=now - USUAL, archived=False)
        old.update(archived=True)
