"""Routes of the files that e-mail templates link to."""

from __future__ import annotations

import uuid
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from portal.message_templates.models import TemplateEmailFile
from portal.sandbox.http import Answer, body, created, one, route
from portal.sandbox.refusals import Refusal
from portal.sandbox.rules import email_files, templates
from portal.sandbox.rules.recipients import Team
from portal.sandbox.shapes.templates import file_shape
from portal.sandbox.validation import check
from portal.services.models import Service

FILES = "/service/<uuid:service_id>/templates/<uuid:template_id>/template_email_files"
FILE = f"{FILES}/<uuid:template_email_file_id>"


@route("GET", FILES)
def get_template_email_files(
    request: HttpRequest, service_id: uuid.UUID, template_id: uuid.UUID
) -> Any:
    template = templates.of_service(service_id, template_id)
    rows = TemplateEmailFile.objects.filter(template_id=template.pk, archived_at=None)
    return {"data": [file_shape(row) for row in rows.order_by("created_at")]}


@route("POST", FILES)
def create_template_email_file(
    request: HttpRequest, service_id: uuid.UUID, template_id: uuid.UUID
) -> Answer:
    data = check(body(request), "post_create_template_email_files_schema")
    template = templates.of_service(service_id, template_id)
    may_send = Team(one(Service.objects.all(), pk=service_id)).may("email")
    if template.template_type == "email" and not may_send:
        raise Refusal("Updating email templates is not allowed")
    return created({"data": file_shape(email_files.create(template, data))})


@route("GET", FILE)
def get_template_email_file(
    request: HttpRequest,
    service_id: uuid.UUID,
    template_id: uuid.UUID,
    template_email_file_id: uuid.UUID,
) -> Any:
    template = templates.of_service(service_id, template_id)
    return {"data": file_shape(_file(template.pk, template_email_file_id))}


@route("POST", FILE)
def update_template_email_file(
    request: HttpRequest,
    service_id: uuid.UUID,
    template_id: uuid.UUID,
    template_email_file_id: uuid.UUID,
) -> Any:
    data = check(body(request), "post_create_template_email_files_schema")
    template = templates.of_service(service_id, template_id)
    file = _file(template.pk, template_email_file_id)
    if file.archived_at is not None:
        raise Refusal("No result found", 404)
    was_pending = file.pending
    if email_files.change(file, data):
        templates.save(template)
        email_files.save(file, template.version)
    elif was_pending:
        email_files.save(file, template.version)
    return {"data": file_shape(file)}


@route("POST", f"{FILE}/archive")
def archive_template_email_file(
    request: HttpRequest,
    service_id: uuid.UUID,
    template_id: uuid.UUID,
    template_email_file_id: uuid.UUID,
) -> Any:
    data = check(body(request), "post_archive_template_email_files_schema")
    template = templates.of_service(service_id, template_id)
    file = _file(template.pk, template_email_file_id)
    if not file.pending:
        templates.save(template)
    email_files.archive(file, data["archived_by_id"], template.version)
    file.refresh_from_db()
    return {"data": file_shape(file)}


def _file(template_id: uuid.UUID, file_id: uuid.UUID) -> TemplateEmailFile:
    rows: QuerySet[TemplateEmailFile] = TemplateEmailFile.objects.all()
    return one(rows, pk=file_id, template_id=template_id)
