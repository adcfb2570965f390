"""Jobs: a spreadsheet of recipients, turned into messages row by row."""

from __future__ import annotations

import datetime
import itertools
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from portal.jobs.models import Job
from portal.message_templates.models import Template, TemplateHistory
from portal.messages.columns import column_key
from portal.messages.spreadsheet import csv_rows
from portal.messages.templates import RECIPIENT_COLUMNS
from portal.notifications.models import Notification
from portal.sandbox import clock, files
from portal.sandbox.http import one
from portal.sandbox.refusals import Refusal
from portal.sandbox.rules.addresses import address_in
from portal.sandbox.rules.recipients import Recipient
from portal.sandbox.rules.sending import UK_PREFIX, Sending, sent_today
from portal.sandbox.rules.unsendable import Unsendable
from portal.services.models import Service
from portal.users.models import User

BUCKET = "csv_upload"
LONGEST_WAIT = datetime.timedelta(days=7)
UNFINISHED = ("pending", "in progress")
MICROSECOND = datetime.timedelta(microseconds=1)
Row = dict[str, Any]

# Where reading a job's file has got to; another process begins at its start again.
_reading: dict[uuid.UUID, tuple[int, Iterator[Row]]] = {}


def file_key(service_id: uuid.UUID, job_id: uuid.UUID) -> str:
    """Where the spreadsheet of a job lies."""
    return f"service-{service_id}-notify/{job_id}.csv"


@dataclass(frozen=True)
class JobFile:
    """An uploaded spreadsheet with the template that it is for, checked."""

    service: Service
    template: Template
    metadata: dict[str, Any]

    @classmethod
    def of(cls, service: Service, job_id: uuid.UUID) -> JobFile:
        """Find the spreadsheet of a job that is to be, or refuse."""
        metadata = _metadata(service.pk, job_id)
        template = one(
            Template.objects.all(),
            pk=metadata.get("template_id"),
            service_id=service.pk,
        )
        _check(service, template, metadata)
        return cls(service, template, metadata)


def create(file: JobFile, values: dict[str, Any]) -> Job:
    """Make a job of an uploaded spreadsheet, to be run now or later."""
    scheduled_for = values.get("scheduled_for")
    check_time(scheduled_for)
    one(User.objects, pk=values["created_by"])
    if Job.objects.filter(pk=values["id"]).exists():
        raise Refusal({"id": ["There is a job of this file already."]})
    job = Job(
        id=values["id"],
        service_id=file.service.pk,
        template_id=file.template.pk,
        template_version=file.template.version,
        original_file_name=file.metadata.get("original_file_name", ""),
        notification_count=int(file.metadata["notification_count"]),
        created_by_id=values["created_by"],
        created_at=clock.now(),
        contact_list_id=values.get("contact_list_id"),
        scheduled_for=scheduled_for,
        job_status="scheduled" if scheduled_for else "pending",
    )
    job.save(force_insert=True)
    return job


def _metadata(service_id: uuid.UUID, job_id: uuid.UUID) -> dict[str, Any]:
    try:
        _, metadata = files.read(BUCKET, file_key(service_id, job_id))
    except files.NoSuchFile as error:
        raise Refusal({"id": ["There is no file for this job."]}) from error
    return metadata


def _check(service: Service, template: Template, metadata: Mapping[str, Any]) -> None:
    if template.template_type == "letter" and service.restricted:
        told = "Create letter job is not allowed for service in trial mode "
        raise Refusal(told, 403)
    if metadata.get("valid") != "True" or "notification_count" not in metadata:
        raise Refusal("File is not valid, can't create job")
    if template.archived:
        raise Refusal({"template": ["Template has been deleted"]})


def check_time(moment: datetime.datetime | None) -> None:
    """Refuse to wait until a time that is gone or too far off."""
    if moment is None:
        return
    if moment < clock.now():
        raise Refusal({"scheduled_for": ["Date cannot be in the past"]})
    if moment > clock.now() + LONGEST_WAIT:
        told = "Date cannot be more than 7 days in the future"
        raise Refusal({"scheduled_for": [told]})


def due() -> QuerySet[Job]:
    """The jobs that ought to be running, the oldest first."""
    running = Q(job_status__in=UNFINISHED)
    waited = Q(job_status="scheduled", scheduled_for__lte=clock.now())
    jobs: QuerySet[Job] = Job.objects.filter(running | waited).order_by("created_at")
    return jobs


def process_rows(job: Job, limit: int) -> int:
    """Make the messages of a job's next rows; the last call finishes it.

    Gives how many rows were read: 0 when there was nothing left to do. Rows
    that may not be sent make no message, as with the API.
    """
    if job.job_status not in UNFINISHED and not _begins(job):
        return 0
    if job.processing_started is None and not _start(job):
        return 0
    rows = _next_rows(job, limit)
    sending = _sending(job)
    _save(job, [_message(sending, job, n, row) for n, row in rows])
    job.notifications_sent += len(rows)
    if len(rows) < limit:
        _reading.pop(job.pk, None)
        job.job_status = "finished"
        job.processing_finished = clock.now()
    job.save()
    return len(rows)


def _begins(job: Job) -> bool:
    is_due = job.scheduled_for is not None and job.scheduled_for <= clock.now()
    return job.job_status == "scheduled" and is_due


def _start(job: Job) -> bool:
    job.processing_started = clock.now()
    if not job.service.active:
        job.job_status = "cancelled"
    elif _is_over_limit(job):
        job.job_status = "sending limits exceeded"
        job.processing_finished = clock.now()
    else:
        job.job_status = "in progress"
    job.save()
    return job.job_status == "in progress"


def _is_over_limit(job: Job) -> bool:
    kind = _version(job).template_type
    limit: int = getattr(job.service, f"{kind}_message_limit")
    return sent_today(job.service_id, kind) + job.notification_count > limit


def _next_rows(job: Job, limit: int) -> list[tuple[int, Row]]:
    position, rows = _reading.get(job.pk, (-1, iter(())))
    if position != job.notifications_sent:
        position = job.notifications_sent
        rows = itertools.islice(_file_rows(job), position, None)
    found = list(itertools.islice(rows, limit))
    _reading[job.pk] = (position + len(found), rows)
    return list(enumerate(found, position))


def _file_rows(job: Job) -> Iterator[Row]:
    content, _ = files.read(BUCKET, file_key(job.service_id, job.pk))
    rows = csv_rows(content.decode("utf-8-sig"))
    headings = [column_key(name) for name in next(rows, [])]
    for cells in rows:
        if any(cell.strip() for cell in cells):
            yield row_values(headings, cells)


def row_values(headings: list[str], cells: list[str]) -> Row:
    """The cells of one row by column; a column that is there twice has a list."""
    values: Row = {}
    for key, cell in zip(headings, cells, strict=False):
        value = cell.strip() or None
        if key not in values:
            values[key] = value
        elif isinstance(values[key], list):
            values[key].append(value)
        else:
            values[key] = [values[key], value]
    return values


def _version(job: Job) -> TemplateHistory:
    version: TemplateHistory = TemplateHistory.objects.get(
        id__in=[job.template_id], version=job.template_version
    )
    return version


def _sending(job: Job) -> Sending:
    version = _version(job)
    metadata = _metadata(job.service_id, job.pk)
    return Sending(job.service, version, sender_id=metadata.get("sender_id"))


def _message(sending: Sending, job: Job, number: int, row: Row) -> Notification | None:
    values = {key: row[key] for key in row if key in wanted_keys(sending)}
    to, postage = _recipient(sending, row)
    columns: dict[str, Any] = {
        "job_id": job.pk,
        "job_row_number": number,
        "postage": postage,
        "client_reference": row.get("reference"),
        # Rows keep their order in lists that are sorted by time.
        "created_at": clock.now() + number * MICROSECOND,
    }
    try:
        sending.check_allowed(to, with_guests=True)
    except Unsendable:
        return None
    try:
        recipient = sending.recipient(to)
        values = sending.with_file_links(values, recipient)
    except Unsendable:
        recipient = Recipient(to, to, phone_prefix=UK_PREFIX, rate_multiplier=0)
        columns |= {"status": "validation-failed", "billable_units": 0}
        columns["updated_at"] = clock.now()
    return sending.notification(recipient, values, **columns)


def _recipient(sending: Sending, row: Row) -> tuple[str, str | None]:
    if sending.kind == "letter":
        address = address_in(row)
        abroad = address.country.zone if address.is_international else None
        return "\n".join(address.lines), abroad or sending.template.postage
    column = column_key(RECIPIENT_COLUMNS[sending.kind][0])  # type: ignore[index]
    return str(row.get(column) or ""), None


def wanted_keys(sending: Sending) -> frozenset[str]:
    """The columns that become part of a message."""
    recipient = map(column_key, RECIPIENT_COLUMNS[sending.kind])  # type: ignore[index]
    return sending.body.keys | sending.subject.keys | frozenset(recipient)


def _save(job: Job, messages: list[Notification | None]) -> None:
    Notification.objects.bulk_create(
        [message for message in messages if message], batch_size=500
    )
