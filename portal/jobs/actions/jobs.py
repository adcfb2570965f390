"""Sending a file of recipients, and following what becomes of it."""

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
)
from portal.common import audit
from portal.jobs import schedule
from portal.jobs.listed import ListedUpload
from portal.jobs.progress import JobProgress
from portal.jobs.uploads import Upload, release_upload
from portal.notifications import statuses
from portal.notifications.lines import NotificationLine
from portal.remote.answers import reading
from portal.remote.errors import HTTPError, NotFound
from portal.remote.parallel import together
from portal.services.models import Service
from portal.users.models import User

PAGE_SIZE = 50
_LOCK_SECONDS = 30
_WAIT_SECONDS = 0.2


@dataclass(frozen=True)
class JobPage:
    """One page of a job's messages."""

    job: JobProgress
    lines: list[NotificationLine]
    has_next: bool

    @property
    def is_beginning(self) -> bool:
        """Whether its first messages are still to be made."""
        return not self.lines and self.job.can_change and not self.job.made


@dataclass(frozen=True)
class JobList:
    """A service's jobs: those that wait for their time, and a page of the others."""

    scheduled: list[JobProgress]
    others: list[JobProgress]
    has_next: bool


@dataclass(frozen=True)
class UploadList:
    """A service's uploads: files that wait for their time, and a page of the others."""

    scheduled: list[JobProgress]
    others: list[ListedUpload]
    has_next: bool


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
            contact_list_id=upload.contact_list_id or None,
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
            status=statuses.chosen(status),
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


def load_uploads(*, service: Service, page: int) -> UploadList:
    """Read a page of what a service uploaded, with what waits for its time or to be sent."""
    pk = str(service.pk)
    loads: list[Callable[[], Any]] = [lambda: job_api_client.get_uploads(pk, page=page)]
    if page == 1:
        loads.append(lambda: job_api_client.get_scheduled_jobs(pk))
    answer, *scheduled = together(*loads)
    with reading():
        return UploadList(
            scheduled=[JobProgress(job) for job in reversed(scheduled[0])]
            if scheduled
            else [],
            others=[ListedUpload(row) for row in answer["data"]],
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


def cancel_letter_job(*, service: Service, user: User, job_id: UUID) -> int:
    """Cancel the letters of a file that are not printed yet; gives how many there were.

    Raises Rejected with the API's reason when it is too late.
    """
    count = job_api_client.cancel_letter_job(str(service.pk), str(job_id))
    audit.record(
        actor=user,
        action="cancelled",
        model="jobs.job",
        object_id=job_id,
        object_repr=str(job_id),
        after={"letters": count},
    )
    return int(count)


def load_job_alone(*, service: Service, job_id: UUID) -> JobProgress:
    """Read a job without its messages. Raises NotFound."""
    return JobProgress(job_api_client.get_job(str(service.pk), str(job_id))["data"])
