"""Who a message comes from, or where replies to it go."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

_NAMES = {"sms": "sms_sender", "email": "email_address", "letter": "contact_block"}


@dataclass(frozen=True)
class Sender:
    """A sender, a reply-to address or a contact block of a service."""

    id: str
    kind: str
    name: str
    is_default: bool
    receives_replies: bool = False

    @property
    def hint(self) -> Any:
        """What people should know when they choose."""
        if self.receives_replies:
            return _("Receives replies")
        return _("Default") if self.is_default else ""

    @classmethod
    def read(cls, kind: str, row: dict[str, Any]) -> Sender:
        """Read a sender as the API lists it."""
        return cls(
            id=str(row["id"]),
            kind=kind,
            name=str(row[_NAMES[kind]]),
            is_default=bool(row.get("is_default")),
            receives_replies=bool(row.get("inbound_number_id")),
        )


def default_first(senders: Iterable[Sender]) -> list[Sender]:
    """Put the service's default in front."""
    return sorted(senders, key=lambda sender: not sender.is_default)
