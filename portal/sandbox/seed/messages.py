"""The messages of the last week, and the jobs that some of them belong to."""

from __future__ import annotations

import datetime
from typing import Any

from portal.api_keys.models import ApiKey
from portal.jobs.models import Job
from portal.message_templates.models import Template
from portal.messages.fields import Content
from portal.notifications.models import Notification
from portal.sandbox import files, secrets
from portal.sandbox.rules import facts
from portal.sandbox.rules.delivery import outcome, provider
from portal.sandbox.rules.jobs import BUCKET, file_key
from portal.sandbox.seed.demo import Demo, Office
from portal.sandbox.seed.people import full_name
from portal.sandbox.seed.words import STREETS, TOWNS

DAYS = 7
SINGLE_MESSAGES = 130
JOBS = 4
JOB_ROWS = (30, 120)
WAITING_ROWS = 40
NEWEST = datetime.timedelta(minutes=5)
ONE_SECOND = datetime.timedelta(seconds=1)


def make_week(demo: Demo) -> None:
    """Make each live service's messages of the last days, and count them."""
    jobs: list[Job] = []
    rows: list[Notification] = []
    keys = dict(ApiKey.objects.filter(name="Website").values_list("service_id", "pk"))
    for office in demo.live_offices:
        for _ in range(SINGLE_MESSAGES):
            template = demo.dice.choice(office.templates)
            row = message(demo, office, template, demo.ago(0, DAYS))
            if demo.chance(0.7):
                row.api_key_id, row.created_by_id = keys[office.service.pk], None
            rows.append(row)
        for _ in range(JOBS):
            made, of_job = finished_job(demo, office)
            jobs.append(made)
            rows.extend(of_job)
        jobs.append(waiting_job(demo, office))
    Job.objects.bulk_create(jobs)
    Notification.objects.bulk_create(rows, batch_size=1000)
    for back in range(DAYS + 1):
        facts.count_day(demo.today - datetime.timedelta(days=back))


def message(
    demo: Demo, office: Office, template: Template, made: datetime.datetime
) -> Notification:
    """Make one message with what has become of it by now, not saved yet."""
    channel = template.template_type
    name = full_name(demo)
    values = personalisation(demo, template, name)
    to = recipient(demo, channel, name, values)
    made = min(made, demo.now - NEWEST)
    row = Notification(
        id=demo.id(),
        to=to,
        normalised_to=normalised(channel, to),
        service=office.service,
        template=template,
        template_version=template.version,
        key_type="normal",
        notification_type=channel,
        billable_units=0 if channel == "email" else 1,
        rate_multiplier=1 if channel == "sms" else None,
        phone_prefix="44" if channel == "sms" else None,
        postage="second" if channel == "letter" else None,
        personalisation=secrets.seal(values),
        created_at=made,
        created_by=demo.dice.choice(office.people),
    )
    settle(demo, row)
    return row


def settle(demo: Demo, row: Notification) -> None:
    """Say what has become of a message since it was made."""
    age = demo.now - row.created_at
    row.sent_by = provider(row)
    if row.notification_type == "letter":
        row.reference = f"{row.pk.int % 10**16:016}"
        settle_letter(demo, row, age.days)
        return
    row.sent_at = row.created_at + ONE_SECOND
    row.updated_at = row.sent_at + ONE_SECOND * demo.dice.randrange(1, 60)
    row.status = outcome(row)


def settle_letter(demo: Demo, row: Notification, days: int) -> None:
    """Letters are printed the next day and take some days to arrive."""
    row.status = "created" if days < 1 else "sending" if days < 4 else "delivered"
    if days >= 1 and demo.chance(0.06):
        row.status = demo.dice.choice(("cancelled", "technical-failure"))
        row.billable_units = 0
    if row.status in ("sending", "delivered"):
        row.sent_at = row.created_at + datetime.timedelta(hours=12)
    else:
        row.sent_by = None
    row.updated_at = row.sent_at


def personalisation(demo: Demo, template: Template, name: str) -> dict[str, Any]:
    """Something for every placeholder of a template."""
    day = demo.today + datetime.timedelta(days=demo.dice.randrange(2, 40))
    known = {
        "name": name,
        "date": f"{day.day} {day:%B}",
        "time": f"{demo.dice.randrange(9, 17)}:{demo.dice.choice(('00', '30'))}",
        "reference": f"{demo.dice.randrange(10**6, 10**7)}",
        "amount": f"£{demo.dice.randrange(10, 400)}.00",
        "decision": demo.dice.choice(("accept", "refuse")),
        "month": f"{demo.today:%B}",
        "highlights": "* longer opening hours\n* a new meeting room",
        "first_visit": demo.dice.choice(("yes", "no")),
    }
    names = [
        *Content(template.content).placeholders,
        *Content(template.subject or "").placeholders,
    ]
    return {name: known[name] for name in names}


def recipient(demo: Demo, channel: str, name: str, values: dict[str, Any]) -> str:
    """Whom a message goes to; a letter's address is part of its values."""
    if channel == "sms":
        return demo.mobile()
    if channel == "email":
        return f"{name.lower().replace(' ', '.')}@mail.example"
    town, postcode = demo.dice.choice(TOWNS)
    lines = (name, f"{demo.dice.randrange(1, 90)} {demo.dice.choice(STREETS)}", town)
    for number, line in enumerate((*lines, postcode), 1):
        values[f"address line {number}"] = line
    return "\n".join((*lines, postcode))


def normalised(channel: str, to: str) -> str:
    """A recipient as searches look for it."""
    if channel == "sms":
        return f"44{to[1:]}"
    return "".join(to.lower().split()) if channel == "letter" else to


def finished_job(demo: Demo, office: Office) -> tuple[Job, list[Notification]]:
    """Make a job whose messages have all been sent, not saved yet."""
    template = demo.dice.choice(office.templates)
    made = demo.ago(0.2, DAYS)
    job = new_job(demo, office, template, demo.dice.randrange(*JOB_ROWS), made)
    job.job_status = "finished"
    job.processing_started = made + ONE_SECOND
    job.processing_finished = made + ONE_SECOND * 20
    job.notifications_sent = job.notification_count
    rows = []
    for number in range(job.notification_count):
        row = message(demo, office, template, made)
        row.job, row.job_row_number, row.created_by_id = job, number, job.created_by_id
        rows.append(row)
    return job, rows


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
