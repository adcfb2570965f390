"""Routes of emergency contact lists."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest

from portal.jobs.models import Job, ServiceContactList
from portal.sandbox import clock, files
from portal.sandbox.http import Answer, body, created, one, route
from portal.sandbox.rules.jobs import file_key
from portal.sandbox.rules.notification_lists import days_ago
from portal.sandbox.shapes.jobs import contact_list_shape
from portal.sandbox.validation import check
from portal.services.models import Service, ServiceDataRetention

LISTS = "/service/<uuid:service_id>/contact-list"
LIST = f"{LISTS}/<uuid:contact_list_id>"
DEFAULT_DAYS = 7


@route("GET", LISTS)
def get_contact_lists(request: HttpRequest, service_id: uuid.UUID) -> Any:
    rows = ServiceContactList.objects.filter(service_id=service_id, archived=False)
    newest = rows.select_related("created_by").order_by("-created_at")
    return [_shape(row) for row in newest]


@route("POST", LISTS)
def create_contact_list(request: HttpRequest, service_id: uuid.UUID) -> Answer:
    one(Service.objects.all(), pk=service_id)
    data = check(body(request), "create_service_contact_list_schema")
    row = ServiceContactList.objects.create(
        id=data["id"],
        original_file_name=data["original_file_name"],
        row_count=data["row_count"],
        template_type=data["template_type"],
        created_by_id=data["created_by"],
        service_id=service_id,
        created_at=clock.now(),
    )
    row.refresh_from_db()
    return created(_shape(row))


@route("GET", LIST)
def get_contact_list(
    request: HttpRequest, service_id: uuid.UUID, contact_list_id: uuid.UUID
) -> Any:
    return _shape(_list(service_id, contact_list_id))


@route("DELETE", LIST)
def delete_contact_list(
    request: HttpRequest, service_id: uuid.UUID, contact_list_id: uuid.UUID
) -> None:
    row = _list(service_id, contact_list_id)
    row.archived = True
    row.save()
    files.delete("contact_list_upload", file_key(service_id, row.pk))


def _list(service_id: uuid.UUID, key: uuid.UUID) -> ServiceContactList:
    return one(
        ServiceContactList.objects.all(), pk=key, service_id=service_id, archived=False
    )


def _shape(row: ServiceContactList) -> dict[str, Any]:
    retention = ServiceDataRetention.objects.filter(
        service_id=row.service_id, notification_type=row.template_type
    ).first()
    days = retention.days_of_retention if retention else DEFAULT_DAYS
    jobs = Job.objects.filter(contact_list_id=row.pk)
    recent = jobs.filter(created_at__gte=days_ago(days)).exclude(
        job_status__in=("cancelled", "scheduled")
    )
    return contact_list_shape(row, recent.count(), jobs.exists())
