"""Jobs and contact lists as the API writes them."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Sum

from portal.jobs.models import Job, ServiceContactList
from portal.notifications.models import Notification
from portal.platform.models import FactNotificationStatus
from portal.sandbox import times

StatusCounts = list[dict[str, Any]]


def job_statistics(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, StatusCounts]:
    """Count the messages of jobs by status; of jobs long gone by their figures."""
    wanted = list(ids)
    rows = (
        Notification.objects.filter(job_id__in=wanted)
        .order_by()
        .values_list("job_id", "status")
        .annotate(total=Count("*"))
    )
    found: dict[uuid.UUID, StatusCounts] = {key: [] for key in wanted}
    for key, status, total in rows:
        found[key].append({"status": status, "count": total})
    old = [key for key, counts in found.items() if not counts]
    facts = (
        FactNotificationStatus.objects.filter(job_id__in=old)
        .order_by()
        .values_list("job_id", "notification_status")
        .annotate(total=Sum("notification_count"))
    )
    for key, status, total in facts if old else ():
        found[key].append({"status": status, "count": total})
    return found


def job_shapes(jobs: Iterable[Job]) -> list[dict[str, Any]]:
    """Jobs, each with its messages by status once it has begun."""
    rows = list(jobs)
    begun = [row.pk for row in rows if row.processing_started]
    statistics = job_statistics(begun)
    return [_shape(row, statistics.get(row.pk, [])) for row in rows]


def job_shape(job: Job) -> dict[str, Any]:
    """One job."""
    return job_shapes([job])[0]


def _shape(job: Job, statistics: StatusCounts) -> dict[str, Any]:
    person, template = job.created_by, job.template
    return {
        "archived": job.archived,
        "contact_list_id": job.contact_list_id,
        "created_at": times.iso(job.created_at),
        "created_by": person and {"id": person.pk, "name": person.name},
        "id": job.pk,
        "job_status": job.job_status,
        "notification_count": job.notification_count,
        "original_file_name": job.original_file_name,
        "processing_finished": times.iso(job.processing_finished),
        "processing_started": times.iso(job.processing_started),
        "scheduled_for": times.iso(job.scheduled_for),
        "service": job.service_id,
        "service_name": {"name": job.service.name},
        "statistics": statistics,
        "template": job.template_id,
        "template_name": template and template.name,
        "template_type": template and template.template_type,
        "template_version": job.template_version,
        "updated_at": times.iso(job.updated_at),
    }


def contact_list_shape(
    contact_list: ServiceContactList, recent_jobs: int, has_jobs: bool
) -> dict[str, Any]:
    """One contact list and how much it is used."""
    person = contact_list.created_by
    return {
        "created_at": times.iso(contact_list.created_at),
        "created_by": person.name if person else None,
        "has_jobs": has_jobs,
        "id": contact_list.pk,
        "original_file_name": contact_list.original_file_name,
        "recent_job_count": recent_jobs,
        "row_count": contact_list.row_count,
        "service_id": contact_list.service_id,
        "template_type": contact_list.template_type,
    }
