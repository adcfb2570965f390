"""Which endpoint answers which query about templates, their versions and folders."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Self

from django.db import NotSupportedError

from portal.clients import service_api_client, template_folder_api_client
from portal.remote.managers import RemoteManager
from portal.remote.query import Plan, RemoteQuerySet, Row, Rows

if TYPE_CHECKING:
    from portal.message_templates.models import (
        Template,
        TemplateFolder,
    )

WORDS = ("name", "content", "subject", "postage", "has_unsubscribe_link")
LETTER_WORDS = ("letter_languages", "letter_welsh_content", "letter_welsh_subject")


class TemplateQuerySet(RemoteQuerySet["Template"]):
    """Templates of one service; archived ones only by their own id."""

    list_fields = (
        *("id", "name", "template_type", "content", "subject", "created_at"),
        *("updated_at", "archived", "version", "postage", "service", "created_by"),
    )

    def for_service(self, service: Any) -> Self:
        """Only the templates of one service."""
        return self.filter(service=service)

    def fetch(self, plan: Plan) -> Rows:
        service_id = str(plan.require("service"))

        def load(pk: str) -> Row | None:
            answer = service_api_client.get_service_template(service_id, pk)
            return template_row(answer["data"])

        if (rows := self.details(plan, load, at_most=3)) is not None:
            return rows
        found = service_api_client.get_service_templates(service_id)["data"]
        return Rows([template_row(template) for template in found])

    def send_create(self, payload: dict[str, Any]) -> Row:
        made = service_api_client.create_service_template(
            name=payload["name"],
            type_=payload["template_type"],
            content=payload["content"],
            service_id=payload["service_id"],
            subject=payload.get("subject"),
            has_unsubscribe_link=payload.get("has_unsubscribe_link"),
        )
        return template_row(made["data"])

    def send_update(self, instance: Template, payload: dict[str, Any]) -> Row | None:
        service_id, pk = str(instance.service_id), str(instance.pk)
        if payload.get("archived"):
            service_api_client.delete_service_template(service_id, pk)
            return None
        changed = only(payload, (*WORDS, *LETTER_WORDS), "templates")
        answer = service_api_client.update_service_template(service_id, pk, **changed)
        return template_row(answer["data"])

    def send_delete(self, instance: Template) -> None:
        service_api_client.delete_service_template(
            str(instance.service_id), str(instance.pk)
        )


class TemplateHistoryQuerySet(RemoteQuerySet["TemplateHistory"]):
    """All versions of one template."""

    def fetch(self, plan: Plan) -> Rows:
        service_id, pk = str(plan.require("service")), str(plan.require("id"))
        found = service_api_client.get_service_template_versions(service_id, pk)
        return Rows([template_row(version) for version in found["data"]])


class TemplateFolderQuerySet(RemoteQuerySet["TemplateFolder"]):
    """The folders of one service."""

    def for_service(self, service: Any) -> Self:
        """Only the folders of one service."""
        return self.filter(service=service)

    def fetch(self, plan: Plan) -> Rows:
        service_id = str(plan.require("service"))
        found = template_folder_api_client.get_template_folders(service_id)
        return Rows([{**folder, "service_id": service_id} for folder in found])

    def send_create(self, payload: dict[str, Any]) -> Row:
        pk = template_folder_api_client.create_template_folder(
            payload["service_id"], payload["name"], payload.get("parent_id")
        )
        return {**payload, "id": pk}

    def send_update(
        self, instance: TemplateFolder, payload: dict[str, Any]
    ) -> Row | None:
        changed = only(payload, ("name",), "folders")
        template_folder_api_client.update_template_folder(
            str(instance.service_id),
            str(instance.pk),
            name=changed["name"],
            users_with_permission=instance.users_with_permission,
        )
        return None

    def send_delete(self, instance: TemplateFolder) -> None:
        template_folder_api_client.delete_template_folder(
            str(instance.service_id), str(instance.pk)
        )


def template_row(data: dict[str, Any]) -> Row:
    """Write a template or a version of one, as the API gives it, by columns."""
    author = data.get("created_by")
    named = isinstance(author, dict)
    row = {
        **data,
        "service_id": data["service"],
        "created_by_id": author["id"] if named else author,
        "created_by_name": author["name"] if named else None,
        "service_letter_contact_id": data.get("service_letter_contact"),
        "letter_attachment_id": (data.get("letter_attachment") or {}).get("id"),
    }
    for name in ("service", "created_by", "service_letter_contact"):
        row.pop(name, None)
    return row


def only(
    payload: dict[str, Any], allowed: Iterable[str], plural: str
) -> dict[str, Any]:
    """Refuse to drop a change silently that the API cannot make."""
    if refused := sorted(payload.keys() - set(allowed)):
        raise NotSupportedError(
            f"The Notify API cannot change {', '.join(refused)} of {plural}."
        )
    return payload


TemplateManager = RemoteManager.from_queryset(TemplateQuerySet)
TemplateHistoryManager = RemoteManager.from_queryset(TemplateHistoryQuerySet)
TemplateFolderManager = RemoteManager.from_queryset(TemplateFolderQuerySet)
