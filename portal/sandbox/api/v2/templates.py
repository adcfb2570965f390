"""Public routes of templates, and of text messages that came in."""

from __future__ import annotations

import uuid
from typing import Any, cast

from django.db.models import Subquery
from django.http import HttpRequest

from portal.inbound.models import InboundSms
from portal.message_templates.models import Template, TemplateHistory
from portal.messages.fields import Content
from portal.messages.templates import Kind, MessageTemplate
from portal.sandbox import times
from portal.sandbox.api.v2.common import (
    address,
    caller,
    identifier,
    json_body,
    public,
)
from portal.sandbox.http import one
from portal.sandbox.rules.sending import Sending
from portal.sandbox.rules.unsendable import Unsendable
from portal.sandbox.shapes.templates import Senders, Version
from portal.sandbox.validation import check
from portal.users.models import User

INBOUND_PAGE = 250


@public("GET", "/v2/templates")
def get_templates(request: HttpRequest) -> Any:
    data = check(request.GET.dict(), "get_all_template_request")
    rows = Template.objects.filter(
        service_id=caller(request).service.pk, archived=False, hidden=False
    )
    if "type" in data:
        rows = rows.filter(template_type=data["type"])
    found = sorted(rows, key=lambda row: (row.name.casefold(), row.template_type))
    return {"templates": _shapes(found)}


@public("GET", "/v2/template/<str:template_id>")
def get_template(request: HttpRequest, template_id: str) -> Any:
    key = identifier(template_id, "get_template_by_id_request", "id")
    service = caller(request).service
    template = one(Template.objects.all(), pk=key, service_id=service.pk)
    return _shapes([template])[0]


@public("GET", "/v2/template/<str:template_id>/version/<int:version>")
def get_template_version(request: HttpRequest, template_id: str, version: int) -> Any:
    data = {"id": template_id, "version": version}
    check(data, "get_template_by_id_request")
    found = one(
        TemplateHistory.objects.all(),
        id=uuid.UUID(template_id),
        version=version,
        service_id=caller(request).service.pk,
    )
    return _shapes([found])[0]


@public("POST", "/v2/template/<str:template_id>/preview")
def preview_template(request: HttpRequest, template_id: str) -> Any:
    given = json_body(request) if request.body else {}
    data = given | {"id": template_id} if isinstance(given, dict) else given
    check(data, "post_template_preview_request")
    by = caller(request)
    template = one(
        Template.objects.all(), pk=uuid.UUID(template_id), service_id=by.service.pk
    )
    values = data.get("personalisation") or {}
    sending = Sending(by.service, template, by.key)
    if missing := sending.missing(values):
        raise Unsendable(f"Missing personalisation: {', '.join(missing)}")
    kind, subject = template.template_type, template.subject
    return {
        "id": template.pk,
        "type": kind,
        "version": template.version,
        "body": sending.body.plain(values),
        "html": None,
        "subject": Content(subject).plain(values) if subject else None,
        "postage": template.postage,
    }


@public("GET", "/v2/received-text-messages")
def get_received_text_messages(request: HttpRequest) -> Any:
    data = check(request.GET.dict(), "get_inbound_sms_request")
    rows = InboundSms.objects.filter(service_id=caller(request).service.pk)
    if older_than := data.get("older_than"):
        last = rows.filter(pk=older_than).values("created_at")[:1]
        rows = rows.filter(created_at__lt=Subquery(last))
    found = list(rows.order_by("-created_at")[:INBOUND_PAGE])
    links = {"current": address(request, "/v2/received-text-messages")}
    if found:
        path = f"/v2/received-text-messages?older_than={found[-1].pk}"
        links["next"] = address(request, path)
    return {"received_text_messages": [_inbound(row) for row in found], "links": links}


def _inbound(row: InboundSms) -> dict[str, Any]:
    return {
        "id": row.pk,
        "created_at": times.iso(row.created_at),
        "service_id": row.service_id,
        "notify_number": row.notify_number,
        "user_number": row.user_number,
        "content": row.content,
    }


def _shapes(templates: list[Any]) -> list[dict[str, Any]]:
    authors = dict(
        User.objects.filter(
            pk__in={template.created_by_id for template in templates}
        ).values_list("pk", "email_address")
    )
    return [_shape(template, authors) for template in templates]


def _shape(template: Version, authors: dict[uuid.UUID, str]) -> dict[str, Any]:
    kind = cast(Kind, template.template_type)
    message = MessageTemplate(kind, template.content, template.subject or "")
    is_letter = template.template_type == "letter"
    return {
        "id": template.id,
        "type": template.template_type,
        "created_at": times.iso(template.created_at),
        "updated_at": times.iso(template.updated_at),
        "created_by": authors.get(template.created_by_id),
        "version": template.version,
        "body": template.content,
        "subject": template.subject if template.template_type != "sms" else None,
        "name": template.name,
        "personalisation": {name: {"required": True} for name in message.placeholders},
        "letter_contact_block": Senders(template.service_id).of(template)
        if is_letter
        else None,
        "postage": template.postage,
    }
