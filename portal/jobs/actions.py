"""Checking a file of recipients, sending it, and following what becomes of it."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.cache import cache

from portal.clients import (
    job_api_client,
    notification_api_client,
    service_api_client,
    sms_rate_api_client,
    user_api_client,
)
from portal.common import audit
from portal.jobs import schedule
from portal.jobs.progress import JobProgress
from portal.jobs.uploads import Upload, release_upload
from portal.jobs.verdicts import Verdict, verdict_on
from portal.messages.recipients import Limits
from portal.messages.templates import MessageTemplate
from portal.notifications.limits import limits_of
from portal.notifications.lines import NotificationLine
from portal.remote.errors import HTTPError, NotFound
from portal.remote.parallel import together
from portal.services.models import Service
from portal.users.models import User

PAGE_SIZE = 50
_LOCK_SECONDS = 30
_WAIT_SECONDS = 0.2


@dataclass(frozen=True)
class Checked:
    """A file with the verdict on it, and what the service may send.

    `rate` is what a part of a text message costs in pounds; None where that is not known.
    """

    verdict: Verdict
    limits: Limits
    was_sent_before: bool
    rate: float | None = None

    @property
    def is_over_allowance(self) -> bool:
        """Whether the file is more than what is left of today's allowance."""
        verdict, limits = self.verdict, self.limits
        abroad = limits.remaining_international_sms
        return (
            limits.remaining_messages is not None
            and verdict.row_count > limits.remaining_messages
        ) or (abroad is not None and verdict.international_count > abroad)

    @property
    def has_errors(self) -> bool:
        """Whether anything keeps the file from being sent."""
        return self.verdict.has_errors or self.is_over_allowance


@dataclass(frozen=True)
class JobPage:
    """One page of a job's messages."""

    job: JobProgress
    lines: list[NotificationLine]
    has_next: bool


@dataclass(frozen=True)
class JobList:
    """A service's jobs: those that wait for their time, and a page of the others."""

    scheduled: list[JobProgress]
    others: list[JobProgress]
    has_next: bool


def check_upload(
    *, service: Service, message: MessageTemplate, upload: Upload, version: int
) -> Checked:
    """Check a file, or take the verdict that is kept.

    What the API knows of earlier sends, of the team and of the rate is read meanwhile.
    """
    pk, kind = str(service.pk), message.kind
    before, team, rate, sent, abroad = together(
        lambda: job_api_client.has_sent_previously(
            pk, upload.template_id, version, upload.name
        ),
        lambda: _team(service),
        lambda: _rate(kind),
        lambda: _sent_today(pk, kind),
        lambda: service_api_client.get_notification_count(pk, "international_sms"),
    )
    limits = limits_of(
        service,
        kind,
        sent_today=sent,
        # Where nobody counts them, more than a day's limit is too many all the same.
        sent_abroad_today=(abroad or 0) if kind == "sms" else None,
        team=team,
    )
    return Checked(verdict_on(upload, message, limits), limits, bool(before), rate)


def limits_for(service: Service, kind: str) -> Limits:
    """Return the limits that rows are checked by, whatever was sent today."""
    return limits_of(service, kind, team=_team(service))


def _sent_today(service_id: str, kind: str) -> int | None:
    """Return how many messages count against today's limit; None where nobody says.

    The API's own count in Redis, else GET /service/<id>/statistics of today alone.
    """
    counted = service_api_client.get_notification_count(service_id, kind)
    if counted is not None:
        return counted
    try:
        today = service_api_client.get_service_statistics(service_id, limit_days=0)
        return int(today[kind]["requested"])
    except HTTPError:
        # The API refuses what is too much; the file can be checked without it.
        return None


def _rate(kind: str) -> float | None:
    """Return what a part of a text message costs, in pounds. GET /sms-rate/."""
    if kind != "sms":
        return None
    try:
        return float(sms_rate_api_client.get_sms_rate()["rate"])
    except HTTPError:
        # The file can be checked and sent without it.
        return None


def _team(service: Service) -> list[str]:
    """Return whom a service in trial mode may send to."""
    if not service.restricted:
        return []
    people = user_api_client.get_users_for_service(str(service.pk))
    return [
        recipient
        for person in people
        for recipient in (person["email_address"], person["mobile_number"])
        if recipient
    ]


def start_job(
    *,
    service: Service,
    user: User,
    upload: Upload,
    row_count: int,
    sender_id: str = "",
    moment: dt.datetime | None = None,
) -> None:
    """Start a file's job, or schedule it; a second call for the file starts no other.

    POST /service/<id>/job. Raises Rejected when the API refuses.
    """
    # A cache that is away answers None; the API refuses a second job of the same id.
    if cache.add(_lock(upload), "starting", _LOCK_SECONDS) is False:
        _wait_for(upload)
        return
    try:
        _start(service, upload, row_count, sender_id, moment)
    except HTTPError:
        cache.delete(_lock(upload))
        raise
    cache.set(_lock(upload), "started", _LOCK_SECONDS)
    audit.record(
        actor=user,
        action="started" if moment is None else "scheduled",
        model="jobs.job",
        object_id=upload.id,
        object_repr=upload.name,
        after={"notification_count": row_count},
    )


def _start(
    service: Service,
    upload: Upload,
    row_count: int,
    sender_id: str,
    moment: dt.datetime | None,
) -> None:
    release_upload(upload, row_count=row_count, sender_id=sender_id)
    try:
        job_api_client.create_job(
            upload.id,
            str(service.pk),
            scheduled_for=None if moment is None else schedule.wire(moment),
        )
    except HTTPError:
        # The API answers a second job of one id with an error, whatever else it thinks.
        if not job_exists(service=service, job_id=upload.id):
            raise


def _lock(upload: Upload) -> str:
    return f"start-job-{upload.id}"


def _wait_for(upload: Upload) -> None:
    """Let the first of two clicks finish, so that the second finds the job."""
    for _attempt in range(10):
        if cache.get(_lock(upload)) != "starting":
            return
        time.sleep(_WAIT_SECONDS)


def job_exists(*, service: Service, job_id: str) -> bool:
    """Say whether the API has a job of this id."""
    try:
        job_api_client.get_job(str(service.pk), job_id)
    except NotFound:
        return False
    return True


def load_job(*, service: Service, job_id: UUID, status: str, page: int) -> JobPage:
    """Read a job and a page of its messages side by side. Raises NotFound."""
    pk = str(service.pk)
    job, answer = together(
        lambda: job_api_client.get_job(pk, str(job_id)),
        lambda: notification_api_client.get_notifications_for_service(
            pk,
            job_id=str(job_id),
            status=status or None,
            page=page,
            page_size=PAGE_SIZE,
        ),
    )
    return JobPage(
        job=JobProgress(job["data"]),
        lines=[NotificationLine(row) for row in answer["notifications"]],
        has_next=bool(answer["links"].get("next")),
    )


def load_jobs(*, service: Service, page: int) -> JobList:
    """Read a service's jobs, those that wait and the others side by side."""
    pk = str(service.pk)
    loads: list[Callable[[], Any]] = [
        lambda: job_api_client.get_page_of_jobs(pk, page=page)
    ]
    if page == 1:
        loads.append(lambda: job_api_client.get_scheduled_jobs(pk))
    answer, *scheduled = together(*loads)
    waiting = reversed(scheduled[0]) if scheduled else ()
    return JobList(
        scheduled=[JobProgress(job) for job in waiting],
        others=[JobProgress(job) for job in answer["data"]],
        has_next=bool(answer["links"].get("next")),
    )


def cancel_job(*, service: Service, user: User, job_id: UUID) -> None:
    """Cancel a job that waits for its time. Raises NotFound once it has started."""
    job_api_client.cancel_job(str(service.pk), str(job_id))
    audit.record(
        actor=user,
        action="cancelled",
        model="jobs.job",
        object_id=job_id,
        object_repr=str(job_id),
    )


def load_job_alone(*, service: Service, job_id: UUID) -> JobProgress:
    """Read a job without its messages. Raises NotFound."""
    return JobProgress(job_api_client.get_job(str(service.pk), str(job_id))["data"])
