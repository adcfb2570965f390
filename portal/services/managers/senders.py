"""How the senders of a service are read from the API and written to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from django.db.models import Model

from portal.clients import service_api_client
from portal.remote.owners import Item, Items, ServiceListQuerySet
from portal.remote.plan import Plan, Row

if TYPE_CHECKING:
    from portal.services.models import (  # noqa: F401 - named in strings
        ServiceEmailReplyTo,
        ServiceLetterContact,
        ServiceSmsSender,
    )

M = TypeVar("M", bound=Model)


class SenderQuerySet(ServiceListQuerySet[M]):
    """Senders of one kind, the default first; archived ones are not told of."""

    ended_as = "archived"
    unlisted = ("archived",)
    # The column that holds what recipients see.
    column: ClassVar[str]

    def send_new(self, service_id: str, text: str, is_default: bool) -> Row:
        """Add a sender by the API."""
        raise NotImplementedError

    def send_text(self, service_id: str, pk: str, text: str, is_default: bool) -> Row:
        """Change a sender by the API, which takes both at once."""
        raise NotImplementedError

    def send_archive(self, service_id: str, pk: str) -> None:
        """Archive a sender by the API."""
        raise NotImplementedError

    def send_create(self, payload: dict[str, Any]) -> Row:
        return self.send_new(
            payload["service_id"], payload[self.column], payload["is_default"]
        )

    def send_update(self, instance: Any, payload: dict[str, Any]) -> Row | None:
        self.refuse_other(payload, self.column, "is_default", "archived")
        if payload.get("archived"):
            self.send_delete(instance)
            return None
        return self.send_text(
            str(instance.service_id),
            str(instance.pk),
            getattr(instance, self.column),
            instance.is_default,
        )

    def send_delete(self, instance: Any) -> None:
        self.send_archive(str(instance.service_id), str(instance.pk))


class ServiceEmailReplyToQuerySet(SenderQuerySet["ServiceEmailReplyTo"]):
    """Addresses that answers to a service's e-mails go to."""

    kind = "reply_to_email"
    column = "email_address"

    def load_detail(self, service_id: str, pk: str) -> Item:
        row: Row = service_api_client.get_reply_to_email_address(service_id, pk)
        return row

    def load_list(self, service_id: str, plan: Plan) -> Items:
        rows: Items = service_api_client.get_reply_to_email_addresses(service_id)
        return rows

    def send_new(self, service_id: str, text: str, is_default: bool) -> Row:
        row: Row = service_api_client.add_reply_to_email_address(
            service_id, text, is_default
        )["data"]
        return row

    def send_text(self, service_id: str, pk: str, text: str, is_default: bool) -> Row:
        row: Row = service_api_client.update_reply_to_email_address(
            service_id, pk, text, is_default
        )["data"]
        return row

    def send_archive(self, service_id: str, pk: str) -> None:
        service_api_client.delete_reply_to_email_address(service_id, pk)


class ServiceSmsSenderQuerySet(SenderQuerySet["ServiceSmsSender"]):
    """Names and numbers that a service's text messages come from."""

    kind = "service_sms_sender"
    column = "sms_sender"

    def load_detail(self, service_id: str, pk: str) -> Item:
        row: Row = service_api_client.get_sms_sender(service_id, pk)
        return row

    def load_list(self, service_id: str, plan: Plan) -> Items:
        rows: Items = service_api_client.get_sms_senders(service_id)
        return rows

    def send_new(self, service_id: str, text: str, is_default: bool) -> Row:
        row: Row = service_api_client.add_sms_sender(service_id, text, is_default)
        return row

    def send_text(self, service_id: str, pk: str, text: str, is_default: bool) -> Row:
        row: Row = service_api_client.update_sms_sender(
            service_id, pk, text, is_default
        )
        return row

    def send_archive(self, service_id: str, pk: str) -> None:
        service_api_client.delete_sms_sender(service_id, pk)


class ServiceLetterContactQuerySet(SenderQuerySet["ServiceLetterContact"]):
    """Blocks of text at the top of a service's letters."""

    kind = "letter_contact"
    column = "contact_block"

    def load_detail(self, service_id: str, pk: str) -> Item:
        row: Row = service_api_client.get_letter_contact(service_id, pk)
        return row

    def load_list(self, service_id: str, plan: Plan) -> Items:
        rows: Items = service_api_client.get_letter_contacts(service_id)
        return rows

    def send_new(self, service_id: str, text: str, is_default: bool) -> Row:
        row: Row = service_api_client.add_letter_contact(service_id, text, is_default)[
            "data"
        ]
        return row

    def send_text(self, service_id: str, pk: str, text: str, is_default: bool) -> Row:
        row: Row = service_api_client.update_letter_contact(
            service_id, pk, text, is_default
        )["data"]
        return row

    def send_archive(self, service_id: str, pk: str) -> None:
        service_api_client.delete_letter_contact(service_id, pk)
