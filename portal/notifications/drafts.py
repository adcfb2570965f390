"""A message that somebody is writing, kept in their session until it is sent."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID

from django.contrib.sessions.backends.base import SessionBase

from portal.messages.columns import Columns, column_key
from portal.messages.templates import MessageTemplate

SESSION_KEY = "drafts"
DRAFTS_KEPT = 10


@dataclass
class Draft:
    """Whom one message goes to, from whom, and what is filled in so far."""

    template_id: str
    sender_id: str = ""
    values: dict[str, str] = field(default_factory=dict)

    @classmethod
    def load(cls, session: SessionBase, template_id: UUID) -> Draft:
        """Return the person's draft for a template, or a new one."""
        kept: dict[str, Any] = session.get(SESSION_KEY, {})
        known = kept.get(str(template_id))
        return cls(**known) if known else cls(str(template_id))

    def save(self, session: SessionBase) -> None:
        """Keep the draft; the oldest of many is forgotten."""
        kept = dict(session.get(SESSION_KEY, {}))
        kept.pop(self.template_id, None)
        kept[self.template_id] = asdict(self)
        session[SESSION_KEY] = dict(list(kept.items())[-DRAFTS_KEPT:])

    def forget(self, session: SessionBase) -> None:
        """Drop what was filled in, once it is sent; the sender stays chosen."""
        self.values = {}
        self.save(session)

    def value(self, name: str) -> str:
        """Return what was filled in under a name."""
        return self.values.get(column_key(name), "")

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
