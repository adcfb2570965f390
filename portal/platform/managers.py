"""How events are recorded by the API, and protected senders asked for."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.db import NotSupportedError

from portal.clients import events_api_client, protected_sender_id_api_client
from portal.remote.gather import DETAILS_AT_MOST
from portal.remote.parallel import together
from portal.remote.plan import Plan, Row, Rows
from portal.remote.query import RemoteQuerySet

if TYPE_CHECKING:
    from portal.platform.models import (  # noqa: F401 - named in strings
        Event,
        ProtectedSenderId,
    )


class EventQuerySet(RemoteQuerySet["Event"]):
    """What people did; the API records it and never tells."""

    def send_create(self, payload: dict[str, Any]) -> Row:
        row: Row = events_api_client.create_event(
            payload["event_type"], payload["data"]
        )
        return row


class ProtectedSenderIdQuerySet(RemoteQuerySet["ProtectedSenderId"]):
    """Names that only their owners may send under: asked for by name, never listed.

    The API takes names that differ in capitals and punctuation only for the same.
    """

    def fetch(self, plan: Plan) -> Rows:
        names = plan.one_of("sender_id")
        if names is None or len(names) > DETAILS_AT_MOST:
            raise NotSupportedError(
                "The Notify API does not list protected senders: "
                "ask for names, as in .filter(sender_id=…)."
            )
        check = protected_sender_id_api_client.get_check_sender_id
        found = together(*(partial(check, name) for name in names))
        return Rows(
            [
                {"sender_id": name}
                for name, is_protected in zip(names, found, strict=True)
                if is_protected
            ]
        )
