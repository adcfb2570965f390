"""How templates, their versions and folders are read from the API and written to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from portal.clients import service_api_client, template_folder_api_client
from portal.remote.gather import DETAILS_AT_MOST
from portal.remote.owners import Item, Items, OfService, ServiceListQuerySet
from portal.remote.plan import Plan, Row, Rows
from portal.remote.query import RemoteQuerySet

if TYPE_CHECKING:
    from portal.message_templates.models import (
        Template,
        TemplateFolder,
        TemplateHistory,  # noqa: F401 - named in strings
    )

LETTER_WORDS = ("letter_languages", "letter_welsh_subject", "letter_welsh_content")


class TemplateQuerySet(ServiceListQuerySet["Template"]):
    """A service's templates; the list leaves out archived and hidden ones and contents."""

    kind = "template"
    # The list would not have those that are archived.
    details_at_most = DETAILS_AT_MOST
    unlisted = ("archived", "hidden")
    list_fields = ("id", "name", "template_type", "service", "archived", "hidden")

    def load_detail(self, service_id: str, pk: str) -> Item:
        return service_api_client.get_service_template(service_id, pk)["data"]

    def load_list(self, service_id: str, plan: Plan) -> Items:
        known = {"service": service_id, "archived": False, "hidden": False}
        items = service_api_client.get_service_templates(service_id)["data"]
        return [{**known, **item} for item in items]

    def send_create(self, payload: dict[str, Any]) -> Row:
        row: Row = service_api_client.create_service_template(
            name=payload["name"],
            type_=payload["template_type"],
            content=payload["content"],
            service_id=payload["service_id"],
            subject=payload.get("subject"),
            has_unsubscribe_link=payload.get("has_unsubscribe_link"),
            **{name: payload[name] for name in LETTER_WORDS if name in payload},
        )["data"]
        return row

    def send_update(self, instance: Template, payload: dict[str, Any]) -> Row | None:
        service_id, pk = str(instance.service_id), str(instance.pk)
        changes = dict(payload)
        answer: Any = None
        if "service_letter_contact_id" in changes:
            sender = changes.pop("service_letter_contact_id")
            answer = service_api_client.update_service_template_sender(
                service_id, pk, sender
            )
        if changes.pop("archived", False):
            return self._archived(service_id, pk)
        if changes:
            answer = service_api_client.update_service_template(
                service_id, pk, **changes
            )
        return answer["data"] if answer else None

    def send_delete(self, instance: Template) -> None:
        self._archived(str(instance.service_id), str(instance.pk))

    def _archived(self, service_id: str, pk: str) -> Row | None:
        answer = service_api_client.delete_service_template(service_id, pk)
        return answer["data"] if answer else None


class TemplateHistoryQuerySet(OfService, RemoteQuerySet["TemplateHistory"]):
    """The versions of one template."""

    kind = "template"

    def fetch(self, plan: Plan) -> Rows:
        pk = str(plan.require("id"))
        service_id = self.owner_of(plan)
        if version := plan.equal("version"):
            answer = service_api_client.get_service_template(
                service_id, pk, version["version"]
            )
            return Rows.of(answer["data"])
        answer = service_api_client.get_service_template_versions(service_id, pk)
        return Rows(answer["data"])


class TemplateFolderQuerySet(ServiceListQuerySet["TemplateFolder"]):
    """A service's folders, all in one list."""

    kind = "template_folder"
    details_at_most = 0

    def load_list(self, service_id: str, plan: Plan) -> Items:
        items: Items = template_folder_api_client.get_template_folders(service_id)
        return items

    def send_create(self, payload: dict[str, Any]) -> Row:
        pk = template_folder_api_client.create_template_folder(
            payload["service_id"], payload["name"], payload.get("parent_id")
        )
        return {**payload, "id": pk}

    def send_update(
        self, instance: TemplateFolder, payload: dict[str, Any]
    ) -> Row | None:
        service_id, pk = str(instance.service_id), str(instance.pk)
        if "parent_id" in payload:
            template_folder_api_client.move_to_folder(
                service_id, payload["parent_id"], [], [pk]
            )
        if "name" in payload:
            template_folder_api_client.update_template_folder(
                service_id, pk, payload["name"], instance.users_with_permission
            )
        return None

    def send_delete(self, instance: TemplateFolder) -> None:
        template_folder_api_client.delete_template_folder(
            str(instance.service_id), str(instance.pk)
        )
