"""How templates, their versions and folders are read from the API and written to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from portal.clients import (
    service_api_client,
    template_email_file_client,
    template_folder_api_client,
)
from portal.remote.client import current_user_id
from portal.remote.gather import DETAILS_AT_MOST
from portal.remote.owners import (
    Item,
    Items,
    OfService,
    OwnedListQuerySet,
    ServiceListQuerySet,
    find_owner,
)
from portal.remote.plan import Plan, Row, Rows
from portal.remote.query import RemoteQuerySet

if TYPE_CHECKING:
    from portal.message_templates.models import (
        Template,
        TemplateEmailFile,
        TemplateFolder,
        TemplateHistory,  # noqa: F401 - named in strings
    )

LETTER_WORDS = ("letter_languages", "letter_welsh_subject", "letter_welsh_content")


class TemplateQuerySet(ServiceListQuerySet["Template"]):
    """A service's templates; the list leaves out archived and hidden ones and contents."""

    ended_as = "archived"
    kind = "template"
    # The list would not have those that are archived.
    details_at_most = DETAILS_AT_MOST
    unlisted = ("archived", "hidden")
    list_fields = ("id", "name", "template_type", "service", "archived", "hidden")

    def load_detail(self, service_id: str, pk: str) -> Item:
        return service_api_client.get_service_template(service_id, pk)["data"]

    def load_list(self, service_id: str, plan: Plan) -> Items:
        known = {"service_id": service_id, "archived": False, "hidden": False}
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


class TemplateEmailFileQuerySet(OwnedListQuerySet["TemplateEmailFile"]):
    """The files that the e-mails of a template link to."""

    ended_as = "archived"
    owned_by = "template"

    def for_template(self, template: Template) -> Self:
        """Those of a template, whose service then need not be looked up."""
        known = self.filter(template=template.pk)
        return known.scoped("service", str(template.service_id))

    def load_detail(self, owner_id: str, pk: str) -> Item:
        service_id = self._service_of(owner_id)
        answer = template_email_file_client.get_file_by_id(pk, service_id, owner_id)
        row: Row = answer["data"]
        return row

    def load_list(self, owner_id: str, plan: Plan) -> Items:
        service_id = self._service_of(owner_id)
        rows: Items = template_email_file_client.get_files(service_id, owner_id)["data"]
        return rows

    def send_create(self, payload: dict[str, Any]) -> Row:
        """Attach the uploaded file whose id is the payload's."""
        template_id = payload["template_id"]
        row: Row = template_email_file_client.create_file(
            file_id=payload["id"],
            service_id=self._service_of(template_id),
            template_id=template_id,
            filename=payload["filename"],
            created_by_id=payload.get("created_by_id") or current_user_id() or "",
            retention_period=payload["retention_period"],
            validate_users_email=payload["validate_users_email"],
        )["data"]
        return row

    def send_update(
        self, instance: TemplateEmailFile, payload: dict[str, Any]
    ) -> Row | None:
        names = ("link_text", "retention_period", "validate_users_email", "pending")
        self.refuse_other(payload, *names)
        template_id = str(instance.template_id)
        values: dict[str, Any] = {name: getattr(instance, name) for name in names}
        row: Row = template_email_file_client.update_file(
            str(instance.pk), self._service_of(template_id), template_id, **values
        )["data"]
        return row

    def send_delete(self, instance: TemplateEmailFile) -> None:
        template_id = str(instance.template_id)
        template_email_file_client.archive_file(
            str(instance.pk),
            self._service_of(template_id),
            template_id,
            archived_by_id=current_user_id() or "",
        )

    def _service_of(self, template_id: str) -> str:
        if service_id := self.scopes.get("service"):
            return str(service_id)
        known: Any = self._known_related_objects  # type: ignore[attr-defined]
        for templates in known.values():
            for template in templates.values():
                if str(template.pk) == template_id:
                    return str(template.service_id)
        return find_owner("template", template_id, "service")
