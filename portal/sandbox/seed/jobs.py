"""Jobs of the last week, and those that wait for their time."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from portal.jobs.models import Job
from portal.message_templates.models import Template
from portal.notifications.models import Notification
from portal.sandbox import files
from portal.sandbox.rules.jobs import BUCKET, file_key
from portal.sandbox.seed.demo import Demo, Office
from portal.sandbox.seed.messages import (
    ONE_SECOND,
    Addressees,
    message,
    personalisation,
    recipient,
)
from portal.sandbox.seed.people import full_name

WAITING_ROWS = 40
LONGEST_AGO = 7
# Between the messages of a job, which lists show in the order of its rows.
PACE = datetime.timedelta(milliseconds=2)


def finished_job(
    demo: Demo,
    office: Office,
    template: Template,
    rows: int,
) -> Job:
    """Make a job whose messages have all been sent, not saved yet."""
    made = demo.ago(0.2, LONGEST_AGO)
    job = new_job(demo, office, template, rows, made)
    job.job_status = "finished"
    job.processing_started = made + ONE_SECOND
    job.processing_finished = made + ONE_SECOND * 20 + PACE * rows
    job.notifications_sent = rows
    return job


def messages_of(
    demo: Demo, office: Office, job: Job, addressees: Addressees
) -> Iterator[Notification]:
    """Make the messages of a job, not saved yet."""
    template = next(row for row in office.templates if row.pk == job.template_id)
    for number in range(job.notification_count):
        somebody = addressees.choose(template)
        row = message(demo, office, somebody, job.created_at + PACE * number)
        row.job_id, row.job_row_number = job.pk, number
        row.created_by_id = job.created_by_id
        yield row


def waiting_job(demo: Demo, office: Office) -> Job:
    """Make a job that will run by itself within days, with its spreadsheet."""
    quick = [row for row in office.templates if row.template_type != "letter"]
    template = demo.dice.choice(quick)
    job = new_job(demo, office, template, WAITING_ROWS, demo.ago(0.01, 0.5))
    hours = demo.dice.randrange(20, 90)
    hour = demo.now.replace(minute=0, second=0, microsecond=0)
    job.scheduled_for = hour + datetime.timedelta(hours=hours)
    job.job_status = "scheduled"
    write_spreadsheet(demo, job, template)
    return job


def new_job(
    demo: Demo, office: Office, template: Template, rows: int, made: datetime.datetime
) -> Job:
    """Make a job, not saved yet."""
    name = template.name.lower().replace(" ", "-")
    return Job(
        id=demo.id(),
        original_file_name=f"{name}-{made:%d-%m}.csv",
        service=office.service,
        template=template,
        template_version=template.version,
        notification_count=rows,
        created_by=demo.dice.choice(office.people),
        created_at=made,
    )


def write_spreadsheet(demo: Demo, job: Job, template: Template) -> None:
    """Put the spreadsheet of a waiting job where it is looked for."""
    channel = template.template_type
    column = "phone number" if channel == "sms" else "email address"
    lines = []
    for _ in range(job.notification_count):
        name = full_name(demo)
        values = personalisation(demo, template, name)
        cells = [recipient(demo, channel, name, values), *values.values()]
        lines.append(",".join('"{}"'.format(cell.replace('"', '""')) for cell in cells))
    headings = ",".join([column, *personalisation(demo, template, "")])
    files.write(
        BUCKET,
        file_key(job.service_id, job.pk),
        "\r\n".join([headings, *lines]).encode(),
        {
            "notification_count": str(job.notification_count),
            "template_id": str(template.pk),
            "valid": "True",
            "original_file_name": job.original_file_name,
        },
    )
