"""One message: checked as the API checks it, then written down to be sent."""

from __future__ import annotations

import datetime
import secrets as random
import string
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from portal.api_keys.models import ApiKey
from portal.message_templates.models import (
    Template,
    TemplateEmailFile,
    TemplateHistory,
)
from portal.messages.columns import Columns, column_key
from portal.messages.fields import Content
from portal.messages.sms import CHARACTER_LIMIT, TextMessage
from portal.notifications.models import Notification
from portal.sandbox import clock, secrets
from portal.sandbox.rules import addresses, email_files, recipients
from portal.sandbox.rules.figures import midnight
from portal.sandbox.rules.recipients import Recipient, Team
from portal.sandbox.rules.unsendable import Unsendable
from portal.sandbox.shapes.templates import Senders, sender_text
from portal.services.models import Service, ServiceEmailReplyTo, ServiceSmsSender

PLURAL = {"sms": "text messages", "email": "emails", "letter": "letters"}
REFERENCE = string.ascii_uppercase + string.digits
EMAIL_BYTES = 2000000
UK_PREFIX = "44"


@dataclass
class Sending:
    """A service that sends from one of its templates; what it needs is read once."""

    service: Service
    template: Template | TemplateHistory
    key: ApiKey | None = None
    sender_id: Any = None
    team: Team = field(init=False)
    body: Content = field(init=False)
    subject: Content = field(init=False)

    def __post_init__(self) -> None:
        self.team = Team(self.service)
        self.body = Content(self.template.content)
        self.subject = Content(self.template.subject or "")

    @property
    def kind(self) -> str:
        """The channel: sms, email or letter."""
        return str(self.template.template_type)

    @property
    def key_type(self) -> str:
        """The kind of key; people in the portal count as having a normal one."""
        return self.key.key_type if self.key else "normal"

    def text(self, values: Mapping[str, Any]) -> TextMessage:
        """The message as a text message."""
        prefix = self.service.name if self.service.prefix_sms else None
        return TextMessage(self.body, prefix=prefix, values=values)

    def check_content(self, values: Mapping[str, Any]) -> None:
        """Refuse archived templates, missing values and empty messages."""
        if self.template.archived:
            raise Unsendable("Template has been deleted")
        missing = self.missing(values)
        if missing:
            raise Unsendable(f"Missing personalisation: {', '.join(missing)}")
        if self.kind == "sms" and self.text(values).is_empty:
            raise Unsendable("Your message is empty.")
        if self.kind != "email" and any(map(is_file, values.values())):
            raise Unsendable("Can only send a file by email")

    def check_length(self, values: Mapping[str, Any]) -> None:
        """Refuse messages that are too long."""
        if self.kind == "sms" and self.text(values).is_too_long:
            length = self.text(values).length_without_prefix
            raise Unsendable(
                "Your message is too long. Text messages cannot be longer than "
                f"{CHARACTER_LIMIT} characters. Your message is {length} characters "
                "long."
            )
        size = len(self.body.plain(values).encode())
        if self.kind == "email" and size > EMAIL_BYTES:
            raise Unsendable(
                "Your message is too long. Emails cannot be longer than "
                f"{EMAIL_BYTES} bytes. Your message is {size} bytes."
            )

    def missing(self, values: Mapping[str, Any]) -> list[str]:
        """The placeholders without a value."""
        given = Columns({file.filename: "" for file in self.files} | dict(values))
        names = self.subject.missing(given) + self.body.missing(given)
        return list({column_key(name): name for name in names}.values())

    @cached_property
    def files(self) -> list[TemplateEmailFile]:
        """The files that the e-mails link to."""
        return list(email_files.live(self.template.id)) if self.kind == "email" else []

    def with_file_links(
        self, values: dict[str, Any], recipient: Recipient
    ) -> dict[str, Any]:
        """Add a link to a copy of each file, which is stored for this recipient alone."""
        links = {
            file.filename: email_files.link(self.service.pk, file, recipient.to)
            for file in self.files
        }
        return values | links

    def check_allowed(self, to: str, *, with_guests: bool) -> None:
        """Refuse recipients whom trial mode or the kind of key excludes."""
        recipients.check_allowed(self.team, to, self.key_type, with_guests=with_guests)

    def recipient(self, to: str) -> Recipient:
        """Read a recipient; a letter's may be anything."""
        if self.kind == "letter":
            return recipients.letter_recipient(to)
        if self.kind == "email":
            return recipients.email_address(to)
        return recipients.phone_number(self.team, to)

    def postage(self, values: Mapping[str, Any]) -> str | None:
        """The class of post of a letter, whose address is checked."""
        if self.kind != "letter":
            return None
        abroad = self.team.may("international_letters")
        address = addresses.address_in(values, abroad=abroad)
        return addresses.check(address) or self.template.postage

    @cached_property
    def reply_to_text(self) -> str | None:
        """What the message comes from, or is answered to; refused if not the service's."""
        if self.sender_id is None or self.kind == "letter":
            return Senders(self.service.pk).of(self.template)
        model, column, name = {
            "sms": (ServiceSmsSender, "sms_sender", "SMS sender"),
            "email": (ServiceEmailReplyTo, "email_address", "Reply to email address"),
        }[self.kind]
        sender = model.objects.filter(
            pk=self.sender_id, service_id=self.service.pk, archived=False
        ).first()
        if sender is None:
            raise Unsendable(f"{name} not found")
        return sender_text(getattr(sender, column))

    def notification(
        self, recipient: Recipient, values: dict[str, Any], **columns: Any
    ) -> Notification:
        """Make the row, not saved yet."""
        is_sms, is_letter = self.kind == "sms", self.kind == "letter"
        charged = self.text(values).parts if is_sms else int(is_letter)
        given: dict[str, Any] = {
            "status": "created",
            "created_at": clock.now(),
            "reference": letter_reference() if is_letter else None,
            "reply_to_text": self.reply_to_text,
            "billable_units": 0 if self.key_type == "test" else charged,
            "international": columns.get("postage") in addresses.ABROAD
            if is_letter
            else recipient.international,
        }
        return Notification(
            to=recipient.to,
            normalised_to=recipient.normalised_to,
            phone_prefix=recipient.phone_prefix,
            rate_multiplier=recipient.rate_multiplier,
            service_id=self.service.pk,
            template_id=self.template.id,
            template_version=self.template.version,
            api_key_id=self.key.pk if self.key else None,
            key_type=self.key_type,
            notification_type=self.kind,
            personalisation=secrets.seal(values),
            **given | columns,
        )


def check_permission(team: Team, kind: str) -> None:
    """Refuse a channel that the service does not have."""
    if not team.may(kind):
        raise Unsendable(f"Service is not allowed to send {PLURAL[kind]}")


def is_file(value: Any) -> bool:
    """Whether a value is a file to be sent by a link."""
    return isinstance(value, dict) and "file" in value


def sent_today(service_id: uuid.UUID, kind: str) -> int:
    """How many messages count against today's limit."""
    return int(of_today(service_id, kind).count())


def of_today(service_id: uuid.UUID, kind: str) -> QuerySet[Notification]:
    """The messages of today that count against a limit."""
    rows: QuerySet[Notification] = Notification.objects.filter(
        service_id=service_id,
        notification_type=kind,
        created_at__gte=midnight(clock.today()),
    )
    return rows.exclude(key_type="test")


def check_daily_limit(
    service: Service, kind: str, key_type: str, wanted: int = 1
) -> None:
    """Refuse what goes over the service's limit for today."""
    if key_type != "test":
        _check_limit(service, kind, sent_today(service.pk, kind) + wanted)


def check_daily_limit_abroad(
    service: Service, key_type: str, recipient: Recipient
) -> None:
    """Refuse a text message abroad that goes over the limit for those."""
    if key_type == "test" or (recipient.phone_prefix or UK_PREFIX) == UK_PREFIX:
        return
    texts = of_today(service.pk, "sms").filter(phone_prefix__isnull=False)
    abroad = texts.exclude(phone_prefix=UK_PREFIX).count()
    _check_limit(service, "international_sms", abroad + 1)


def _check_limit(service: Service, kind: str, wanted: int) -> None:
    limit = getattr(service, f"{kind}_message_limit")
    if wanted > limit:
        raise Unsendable(
            f"Exceeded send limits ({kind}: {limit}) for today",
            429,
            "TooManyRequestsError",
        )


def letter_reference() -> str:
    """A reference that printers put on a letter."""
    return "".join(random.choice(REFERENCE) for _ in range(16))


def print_day(created_at: datetime.datetime) -> datetime.date:
    """The day whose print run a letter is part of; runs start at half past five."""
    local = timezone.localtime(created_at)
    late = (local.hour, local.minute) >= (17, 30)
    return local.date() + datetime.timedelta(days=int(late))
