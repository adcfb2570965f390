"""Senders of a service: reply-to addresses, text message senders, letter contacts."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from portal.message_templates.models import Template
from portal.sandbox import clock, times
from portal.sandbox.http import one
from portal.sandbox.refusals import Refusal
from portal.services.models import (
    Service,
    ServiceEmailReplyTo,
    ServiceLetterContact,
    ServiceSmsSender,
)


class Senders:
    """The senders of one kind; of most kinds a service always has a default one."""

    model: ClassVar[Any]
    column: ClassVar[str]
    shown: ClassVar[tuple[str, ...]] = ()
    needs_default: ClassVar[str] = ""
    default_stays: ClassVar[str] = ""

    def shape(self, sender: Any) -> dict[str, Any]:
        """One sender as the API writes it."""
        names = (self.column, "id", "service_id", "is_default", "archived", *self.shown)
        return {name: getattr(sender, name) for name in names} | {
            "created_at": times.iso(sender.created_at),
            "updated_at": times.iso(sender.updated_at),
        }

    def of(self, service_id: uuid.UUID) -> Any:
        """A service's senders, the default first."""
        found = self.model.objects.filter(service_id=service_id, archived=False)
        return found.order_by("-is_default", "-created_at")

    def add(self, service_id: uuid.UUID, data: dict[str, Any]) -> Any:
        """Add a sender; if it is to be the default, the old one no longer is."""
        one(Service.objects, pk=service_id)
        sender = self.model(service_id=service_id, created_at=clock.now())
        has_default = self.of(service_id).filter(is_default=True).exists()
        if not (has_default or data["is_default"]):
            self._refuse_without_default()
        self._write(sender, data)
        return sender

    def change(self, sender: Any, data: dict[str, Any]) -> None:
        """Change what a sender says and whether it is the default."""
        if sender.is_default and not data["is_default"]:
            self._refuse_without_default()
        self._write(sender, data)

    def archive(self, sender: Any) -> None:
        """Archive a sender that is not a default which a service needs."""
        if sender.is_default and self.default_stays:
            raise Refusal(self.default_stays, 400)
        sender.archived, sender.is_default = True, False
        sender.save()

    def _write(self, sender: Any, data: dict[str, Any]) -> None:
        setattr(sender, self.column, data[self.column])
        sender.is_default = data["is_default"]
        if sender.is_default:
            self._demote_others(sender)
        sender.save(force_insert=sender._state.adding)

    def _demote_others(self, sender: Any) -> None:
        defaults = self.of(sender.service_id).filter(is_default=True)
        for other in defaults.exclude(pk=sender.pk):
            other.is_default = False
            other.save()

    def _refuse_without_default(self) -> None:
        if self.needs_default:
            raise Refusal(self.needs_default, 400)


class ReplyToAddresses(Senders):
    """Addresses to which answers to a service's e-mails go."""

    model = ServiceEmailReplyTo
    column = "email_address"
    needs_default = "You must have at least one reply to email address as the default."
    default_stays = "You cannot delete a default email reply to address"

    def add(self, service_id: uuid.UUID, data: dict[str, Any]) -> Any:
        """Add an address that the service does not have yet."""
        self.refuse_used(service_id, data[self.column])
        return super().add(service_id, data)

    def refuse_used(self, service_id: uuid.UUID, address: str) -> None:
        """Refuse an address that the service already has."""
        if self.of(service_id).filter(email_address=address).exists():
            raise Refusal(
                f"‘{address}’ is already a reply-to email address for this service.",
                409,
            )


class SmsSenders(Senders):
    """Names and numbers from which a service's text messages come."""

    model = ServiceSmsSender
    column = "sms_sender"
    shown = ("inbound_number_id",)
    needs_default = "You must have at least one SMS sender as the default."
    default_stays = "You cannot delete a default sms sender"

    def change(self, sender: Any, data: dict[str, Any]) -> None:
        """Change a sender; the number that receives answers stays what it is."""
        if sender.inbound_number_id and sender.sms_sender != data[self.column]:
            raise Refusal(
                f"You can not change the inbound number for service {sender.service_id}"
            )
        super().change(sender, data)

    def archive(self, sender: Any) -> None:
        """Archive a sender that is not the number that receives answers."""
        if sender.inbound_number_id:
            raise Refusal("You cannot delete an inbound number", 400)
        super().archive(sender)


class LetterContacts(Senders):
    """Blocks of text at the top of a service's letters; it may have no default."""

    model = ServiceLetterContact
    column = "contact_block"

    def archive(self, sender: Any) -> None:
        """Archive a contact and take it out of the templates that use it."""
        templates = Template.objects.filter(service_letter_contact_id=sender.pk)
        templates.update(service_letter_contact_id=None)
        super().archive(sender)


REPLY_TO_ADDRESSES = ReplyToAddresses()
SMS_SENDERS = SmsSenders()
LETTER_CONTACTS = LetterContacts()
