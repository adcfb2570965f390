"""A message that somebody is writing, kept for them until it is sent."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from uuid import UUID

from django.utils import timezone

from portal.common import drafts
from portal.common.drafts import Place
from portal.messages.columns import Columns, column_key
from portal.messages.templates import ADDRESS_LINES, MessageTemplate
from portal.users.permissions import ServiceRequest

KIND = "one_off"
ANOTHER_VISIT = dt.timedelta(minutes=10)


@dataclass
class Draft:
    """Whom one message goes to, from whom, and what is filled in so far.

    `saved_at` is when it was kept last, None for a new one.
    """

    template_id: str
    sender_id: str = ""
    values: dict[str, str] = field(default_factory=dict)
    saved_at: dt.datetime | None = None

    @property
    def is_from_before(self) -> bool:
        """Whether it was begun on another visit, so that people should be reminded of it."""
        return bool(
            self.values
            and self.saved_at
            and self.saved_at < timezone.now() - ANOTHER_VISIT
        )

    @classmethod
    def load(cls, request: ServiceRequest, template_id: UUID) -> Draft:
        """Return the person's draft for a template, or a new one."""
        kept = drafts.load_draft(_place(request, str(template_id)))
        if kept is None:
            return cls(str(template_id))
        return cls(str(template_id), **kept.data, saved_at=kept.saved_at)

    def save(self, request: ServiceRequest) -> None:
        """Keep the draft, also for another day and another browser."""
        data = {"sender_id": self.sender_id, "values": self.values}
        drafts.save_draft(_place(request, self.template_id), data)

    def forget(self, request: ServiceRequest) -> None:
        """Drop what was filled in, once it is sent; a sender that was chosen stays."""
        self.values = {}
        if self.sender_id:
            self.save(request)
        else:
            drafts.forget_draft(_place(request, self.template_id))

    def value(self, name: str) -> str:
        """Return what was filled in under a name."""
        return self.values.get(column_key(name), "")

    def address(self) -> str:
        """Return a letter's address as it was written."""
        return "\n".join(filter(None, map(self.value, ADDRESS_LINES)))

    def fill(self, name: str, value: str) -> None:
        """Fill in one name."""
        self.values[column_key(name)] = value

    def columns(self) -> Columns:
        """Return what is filled in, as the message rules want it."""
        return Columns({key: value for key, value in self.values.items() if value})


def steps_of(message: MessageTemplate) -> list[str]:
    """Return the questions of a message, one a page: the recipient, then the rest.

    A letter's address has a page of its own, in place of the first step.
    """
    recipient = "address" if message.kind == "letter" else message.recipient_columns[0]
    others = [
        name
        for name in message.placeholders
        if column_key(name) not in message.recipient_keys
    ]
    return [recipient, *others]


def first_open_step(message: MessageTemplate, draft: Draft) -> int | None:
    """Return the first question that is not answered yet; None when all are."""
    for index, name in enumerate(steps_of(message)):
        if message.kind == "letter" and index == 0:
            answered = bool(draft.value("address line 1"))
        else:
            answered = bool(draft.value(name))
        if not answered:
            return index
    return None


def _place(request: ServiceRequest, template_id: str) -> Place:
    return Place(request.user.pk, request.service.pk, KIND, template_id)
