"""Routes of templates, their versions and letter attachments."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest

from portal.letters.models import LetterAttachment
from portal.message_templates.models import Template, TemplateHistory
from portal.messages.fields import Content
from portal.sandbox import clock
from portal.sandbox.http import Answer, body, created, one, route
from portal.sandbox.refusals import Refusal
from portal.sandbox.rules import templates
from portal.sandbox.shapes.templates import (
    attachment_shape,
    listed_template_shapes,
    template_shape,
    template_version_shapes,
)
from portal.sandbox.validation import check
from portal.services.models import Service

TEMPLATES = "/service/<uuid:service_id>/template"


@route("GET", TEMPLATES)
def get_templates(request: HttpRequest, service_id: uuid.UUID) -> Any:
    return {"data": listed_template_shapes(service_id)}


@route("POST", TEMPLATES)
def create_template(request: HttpRequest, service_id: uuid.UUID) -> Answer:
    service = one(Service.objects.all(), pk=service_id)
    data = check(body(request), "post_create_template_schema")
    return created({"data": template_shape(templates.create(service, data))})


@route("GET", f"{TEMPLATES}/precompiled")
def get_precompiled_template(request: HttpRequest, service_id: uuid.UUID) -> Any:
    service = one(Service.objects.all(), pk=service_id)
    return template_shape(templates.precompiled(service))


@route("GET", f"{TEMPLATES}/<uuid:template_id>")
def get_template(
    request: HttpRequest, service_id: uuid.UUID, template_id: uuid.UUID
) -> Any:
    return {"data": template_shape(templates.of_service(service_id, template_id))}


@route("POST", f"{TEMPLATES}/<uuid:template_id>")
def update_template(
    request: HttpRequest, service_id: uuid.UUID, template_id: uuid.UUID
) -> Any:
    template = templates.of_service(service_id, template_id)
    service = one(Service.objects.all(), pk=service_id)
    templates.check_permission(service, template.template_type, "Updating")
    data = check(body(request), "post_update_template_schema")
    if data.get("redact_personalisation") is True:
        templates.redact(template, data.get("created_by"))
        return Answer(None)
    templates.update(service, template, data)
    template.refresh_from_db()
    return {"data": template_shape(template)}


@route("GET", f"{TEMPLATES}/<uuid:template_id>/preview")
def preview_template(
    request: HttpRequest, service_id: uuid.UUID, template_id: uuid.UUID
) -> Any:
    template = templates.of_service(service_id, template_id)
    values = request.GET.dict()
    subject, content = Content(template.subject or ""), Content(template.content)
    missing = list(dict.fromkeys(subject.missing(values) + content.missing(values)))
    if missing:
        told = f"Missing personalisation: {', '.join(missing)}"
        raise Refusal({"template": [told]})
    shape = template_shape(template)
    shape["subject"] = template.subject and subject.plain(values)
    shape["content"] = content.plain(values)
    return shape


@route("GET", f"{TEMPLATES}/<uuid:template_id>/version/<int:version>")
def get_template_version(
    request: HttpRequest, service_id: uuid.UUID, template_id: uuid.UUID, version: int
) -> Any:
    found = one(
        TemplateHistory.objects.all(),
        id=template_id,
        service_id=service_id,
        version=version,
    )
    return {"data": template_version_shapes([found])[0]}


@route("GET", f"{TEMPLATES}/<uuid:template_id>/versions")
def get_template_versions(
    request: HttpRequest, service_id: uuid.UUID, template_id: uuid.UUID
) -> Any:
    versions = TemplateHistory.objects.filter(
        id=template_id, service_id=service_id
    ).order_by("-version")
    return {"data": template_version_shapes(versions)}


@route("POST", "/letter-attachment")
def create_letter_attachment(request: HttpRequest) -> Answer:
    data = check(body(request), "post_create_letter_attachment_schema")
    template = one(Template.objects.all(), pk=data["template_id"])
    if template.letter_attachment_id is not None:
        raise Refusal("template-already-has-attachment")
    attachment = LetterAttachment.objects.create(
        pk=data["upload_id"],
        original_filename=data["original_filename"],
        page_count=data["page_count"],
        created_by_id=data["created_by_id"],
        created_at=clock.now(),
    )
    template.letter_attachment_id = attachment.pk
    template.created_by_id = data["created_by_id"]
    templates.save(template)
    return created(attachment_shape(attachment))


@route("GET", "/letter-attachment/<uuid:letter_attachment_id>")
def get_letter_attachment(request: HttpRequest, letter_attachment_id: uuid.UUID) -> Any:
    return attachment_shape(
        one(LetterAttachment.objects.all(), pk=letter_attachment_id)
    )


@route("POST", "/letter-attachment/<uuid:letter_attachment_id>/archive")
def archive_letter_attachment(
    request: HttpRequest, letter_attachment_id: uuid.UUID
) -> None:
    data = check(body(request), "post_archive_letter_attachment_schema")
    attachment = one(LetterAttachment.objects.all(), pk=letter_attachment_id)
    if attachment.archived_at is not None:
        raise Refusal("letter-attachment-already-archived")
    attachment.archived_at = clock.now()
    attachment.archived_by_id = data["archived_by"]
    attachment.save()
    for template in Template.objects.filter(letter_attachment_id=attachment.pk):
        template.letter_attachment_id = None
        template.created_by_id = data["archived_by"]
        templates.save(template)
