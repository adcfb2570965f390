"""Routes of jobs."""

from __future__ import annotations

import datetime
import uuid
from typing import Any

from django.db.models import F, Min, QuerySet
from django.http import HttpRequest, JsonResponse

from portal.jobs.models import Job
from portal.notifications.models import Notification
from portal.sandbox import clock
from portal.sandbox.http import Answer, created, fields, one, route
from portal.sandbox.refusals import Refusal
from portal.sandbox.rules import jobs
from portal.sandbox.rules.letters import is_too_late
from portal.sandbox.rules.loading import Complaint, Field, identifier, load
from portal.sandbox.rules.notification_lists import (
    PAGE_SIZE,
    Filters,
    days_ago,
    paged,
)
from portal.sandbox.shapes.jobs import job_shape, job_shapes
from portal.sandbox.shapes.notifications import Page
from portal.services.models import Service

JOBS = "/service/<uuid:service_id>/job"
JOB = f"{JOBS}/<uuid:job_id>"
# What single messages were once sent as.
NOT_LISTED = ("Test message", "Report")
RELATED = ("created_by", "template", "service")


def moment(value: Any) -> datetime.datetime:
    """Read a time in ISO form; without a zone it is UTC."""
    try:
        found = datetime.datetime.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise Complaint("Not a valid datetime.") from error
    return found if found.tzinfo else found.replace(tzinfo=datetime.UTC)


NEW_JOB = {
    "id": Field(identifier, required=True),
    "created_by": Field(identifier, required=True),
    "contact_list_id": Field(identifier, null=True),
    "scheduled_for": Field(moment, null=True),
}


def job_of(service_id: uuid.UUID, job_id: uuid.UUID) -> Job:
    """A service's job."""
    rows: QuerySet[Job] = Job.objects.select_related(*RELATED)
    return one(rows, pk=job_id, service_id=service_id)


@route("GET", JOBS)
def get_jobs(request: HttpRequest, service_id: uuid.UUID) -> Any:
    rows = Job.objects.filter(service_id=service_id).exclude(
        original_file_name__in=NOT_LISTED
    )
    if days := _integer(request, "limit_days"):
        rows = rows.filter(created_at__gte=days_ago(days))
    if contact_list := request.GET.get("contact_list_id"):
        rows = rows.filter(contact_list_id=_identifier(contact_list))
    statuses = [text.strip() for text in request.GET.get("statuses", "").split(",")]
    if any(statuses):
        rows = rows.filter(job_status__in=statuses)
    newest = rows.select_related(*RELATED).order_by(
        F("processing_started").desc(nulls_first=True), F("created_at").desc()
    )
    page = _integer(request, "page") or 1
    found, links = paged(newest, page, PAGE_SIZE)
    return {
        "data": job_shapes(found),
        "page_size": PAGE_SIZE,
        "total": rows.count(),
        "links": links,
    }


@route("POST", JOBS)
def create_job(request: HttpRequest, service_id: uuid.UUID) -> Answer:
    service = one(Service.objects.all(), pk=service_id)
    if not service.active:
        raise Refusal("Create job is not allowed: service is inactive ", 403)
    data = fields(request)
    # The file is looked at before anything else is read.
    file = jobs.JobFile.of(service, load(data, {"id": NEW_JOB["id"]})["id"])
    job = jobs.create(file, load(data, NEW_JOB))
    return created({"data": job_shape(job_of(service_id, job.pk))})


@route("GET", f"{JOBS}/scheduled-job-stats")
def get_scheduled_job_stats(request: HttpRequest, service_id: uuid.UUID) -> Any:
    rows = Job.objects.filter(service_id=service_id, job_status="scheduled")
    soonest = rows.aggregate(soonest=Min("scheduled_for"))["soonest"]
    return {
        "count": rows.count(),
        "soonest_scheduled_for": soonest
        and soonest.astimezone(datetime.UTC).isoformat(),
    }


@route("GET", JOB)
def get_job(request: HttpRequest, service_id: uuid.UUID, job_id: uuid.UUID) -> Any:
    return {"data": job_shape(job_of(service_id, job_id))}


@route("POST", f"{JOB}/cancel")
def cancel_job(request: HttpRequest, service_id: uuid.UUID, job_id: uuid.UUID) -> Any:
    job = job_of(service_id, job_id)
    is_waiting = job.scheduled_for is not None and job.scheduled_for > clock.now()
    if job.job_status != "scheduled" or not is_waiting:
        raise Refusal("No result found", 404)
    job.job_status = "cancelled"
    job.save()
    return {"data": job_shape(job)}


@route("POST", f"{JOB}/cancel-letter-job")
def cancel_letter_job(
    request: HttpRequest, service_id: uuid.UUID, job_id: uuid.UUID
) -> Any:
    job = job_of(service_id, job_id)
    letters = Notification.objects.filter(job_id=job.pk)
    if told := _why_not(job, letters):
        return JsonResponse({"message": told}, status=400)
    stopped = letters.update(
        status="cancelled", billable_units=0, updated_at=clock.now()
    )
    job.job_status = "cancelled"
    job.save()
    return stopped


def _why_not(job: Job, letters: QuerySet[Notification]) -> str:
    if job.template is None or job.template.template_type != "letter":
        return (
            "Only letter jobs can be cancelled through this endpoint. "
            "This is not a letter job."
        )
    if job.job_status == "cancelled":
        return "This letter job has already been cancelled."
    if not job.processing_finished or letters.count() != job.notification_count:
        return "We are still processing these letters, please try again in a minute."
    if letters.exclude(status__in=("created", "cancelled")).exists() or is_too_late(
        job.created_at
    ):
        return "It’s too late to cancel sending, these letters have already been sent."
    return ""


@route("GET", f"{JOB}/notification_count")
def count_job_notifications(
    request: HttpRequest, service_id: uuid.UUID, job_id: uuid.UUID
) -> Any:
    job = job_of(service_id, job_id)
    return {"count": Notification.objects.filter(job_id=job.pk).count()}


@route("GET", f"{JOB}/notifications")
def get_job_notifications(
    request: HttpRequest, service_id: uuid.UUID, job_id: uuid.UUID
) -> Any:
    filters = Filters.of(request)
    # Counted by the job's index alone, which knows nothing of services.
    own = Job.objects.filter(pk=job_id, service_id=service_id)
    rows = Notification.objects.filter(job_id=job_id)
    if not own.exists():
        rows = rows.none()
    if filters.statuses:
        rows = rows.filter(status__in=filters.statuses)
    found, links = paged(
        rows.order_by("job_row_number"), filters.page, filters.page_size
    )
    page = Page(found)
    in_csv = filters.get("format_for_csv", False)
    return {
        "notifications": page.report_lines() if in_csv else page.shapes(),
        "page_size": filters.page_size,
        "total": rows.count(),
        "links": links,
    }


def _integer(request: HttpRequest, name: str) -> int | None:
    given = request.GET.get(name)
    if given is None:
        return None
    try:
        return int(given)
    except ValueError as error:
        raise Refusal({name: [f"{given} is not an integer"]}) from error


def _identifier(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError as error:
        raise Refusal("No result found", 404) from error
