"""A message that was sent, as lists and its own page show it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from portal.common.json_answers import moment
from portal.messages.formats.letter_days import (
    LetterDays,
    can_cancel,
    printing_statement,
)
from portal.messages.formats.words import readable_phone_number
from portal.messages.linked_files import sent_links, with_links
from portal.messages.templates import MessageTemplate
from portal.notifications import statuses
from portal.remote.values import parse_time

LINE_CHARACTERS = 120


@dataclass(frozen=True)
class NotificationLine:
    """One message of the API's lists: who, what, how far."""

    data: Mapping[str, Any]
    # The name that the service puts before its text messages, if it does.
    prefix: str = ""

    @property
    def id(self) -> str:
        """The notification's id."""
        return str(self.data["id"])

    @property
    def kind(self) -> str:
        """Its kind: email, sms or letter."""
        return str(self.data["notification_type"])

    @property
    def recipient(self) -> str:
        """Whom it went to; a letter's first line."""
        return next(iter(str(self.data["to"] or "").splitlines()), "")

    @property
    def shown_recipient(self) -> str:
        """The recipient as pages write it: phone numbers in one way, however they came."""
        if self.kind != "sms":
            return self.recipient
        return readable_phone_number(self.recipient)

    @property
    def template(self) -> dict[str, Any]:
        """The template it was made with, in that version."""
        template: dict[str, Any] = self.data["template"]
        return template

    @cached_property
    def message(self) -> MessageTemplate:
        """The message rules' view of its words."""
        template = self.template
        is_bilingual = template.get("letter_languages") == "welsh_then_english"
        contact = template.get("reply_to_text") if self.kind == "letter" else ""
        content = template["content"] or ""
        return MessageTemplate(
            kind=self.kind,  # type: ignore[arg-type]
            content=with_links(content, sent_links(content, self.values))
            if self.kind == "email"
            else content,
            subject=template.get("subject") or "",
            prefix=self.prefix,
            contact_block=contact or "",
            welsh_subject=(is_bilingual and template["letter_welsh_subject"]) or "",
            welsh_content=(is_bilingual and template["letter_welsh_content"]) or "",
        )

    @property
    def is_uploaded_letter(self) -> bool:
        """Whether it is a PDF that somebody uploaded, which has no words here."""
        return bool(self.template.get("is_precompiled_letter"))

    @property
    def is_redacted(self) -> bool:
        """Whether what was filled in is hidden after sending."""
        return bool(self.template.get("redact_personalisation"))

    @property
    def values(self) -> dict[str, Any]:
        """What was filled in."""
        return {} if self.is_redacted else dict(self.data["personalisation"] or {})

    @property
    def reference(self) -> str:
        """What the sender calls it."""
        return str(self.data.get("client_reference") or "")

    @property
    def job(self) -> dict[str, Any] | None:
        """The spreadsheet that it came from: id and name of the file."""
        job: dict[str, Any] | None = self.data.get("job")
        return job

    @property
    def first_words(self) -> str:
        """The subject, or the start of a text message."""
        if self.is_uploaded_letter:
            return self.reference
        words = self.message.body if self.kind == "sms" else self.message.heading
        text = words.plain(self.values or None, redact=self.is_redacted)
        return " ".join(text.split())[:LINE_CHARACTERS]

    @property
    def status(self) -> str:
        """The API's status."""
        return str(self.data["status"])

    @property
    def told(self) -> Any:
        """The status in plain words."""
        return statuses.describe(self.kind, self.status)

    @property
    def is_failed(self) -> bool:
        """Whether it did not arrive."""
        return self.status in statuses.NOT_ARRIVED

    @property
    def can_change(self) -> bool:
        """Whether its status may become another while somebody looks at it.

        An accepted letter is printed and posted in days.
        """
        is_posted = self.kind == "letter" and self.status != "pending-virus-check"
        return statuses.group(self.status) == "sending" and not is_posted

    @property
    def advice(self) -> Any:
        """What to do about a failure; empty for what did not fail."""
        return statuses.advise(self.kind, self.status)

    @property
    def can_be_cancelled(self) -> bool:
        """Whether it is a letter that has not gone to the printers."""
        return self.kind == "letter" and can_cancel(self.status, self.created_at)

    @property
    def printing(self) -> str:
        """When a letter is or was printed; empty for one that never is, and for others."""
        never = (*statuses.NEVER_PRINTED, "pending-virus-check")
        if self.kind != "letter" or self.status in never:
            return ""
        return printing_statement(self.status, self.created_at)

    @property
    def arrives(self) -> LetterDays | None:
        """Between which days a letter arrives; None for other messages."""
        if not self.printing or not self.data.get("postage"):
            return None
        return LetterDays.of(self.created_at, self.data["postage"])

    @property
    def created_at(self) -> datetime.datetime:
        """When it was made."""
        return parse_time(self.data["created_at"])

    @property
    def changed_at(self) -> datetime.datetime:
        """When its status last changed."""
        return parse_time(self.data["updated_at"] or self.data["created_at"])

    @property
    def key_name(self) -> str:
        """The name of the API key that sent it; empty for what people sent."""
        return str(self.data.get("key_name") or "")

    @property
    def sent_by(self) -> str:
        """The person, or the API key, that sent it."""
        person = self.data.get("created_by") or {}
        return str(person.get("name") or self.key_name)

    @property
    def as_data(self) -> dict[str, Any]:
        """What pages show of it, as plain data in the API's words."""
        job = self.job
        return {
            "id": self.id,
            "notification_type": self.kind,
            "status": self.status,
            "status_description": str(self.told),
            "advice": str(self.advice),
            "to": self.recipient,
            "preview": self.first_words,
            "template": {"id": self.template["id"], "name": self.template["name"]},
            "job": job
            and {"id": job["id"], "original_file_name": job["original_file_name"]},
            "created_at": moment(self.created_at),
            "updated_at": moment(self.changed_at),
        }
