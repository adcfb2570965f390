"""How providers are read from the API and their share of the traffic is set."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from portal.clients import provider_client
from portal.remote.errors import NotFound
from portal.remote.plan import Plan, Row, Rows
from portal.remote.query import RemoteQuerySet

if TYPE_CHECKING:
    from portal.providers.models import (
        ProviderDetails,
        ProviderDetailsHistory,  # noqa: F401 - named in strings
    )


class ProviderDetailsQuerySet(RemoteQuerySet["ProviderDetails"]):
    """Providers; the list has the month's figures in ``extra``, one has who changed it."""

    list_fields = (
        *("id", "display_name", "identifier", "priority", "notification_type"),
        *("active", "updated_at", "reason", "supports_international"),
    )

    def fetch(self, plan: Plan) -> Rows:
        if (rows := self.details(plan, _detail, at_most=1)) is not None:
            return rows
        return Rows(provider_client.get_all_providers()["provider_details"])

    def send_update(
        self, instance: ProviderDetails, payload: dict[str, Any]
    ) -> Row | None:
        self.refuse_other(payload, "priority", "reason")
        row: Row = provider_client.update_provider(
            str(instance.pk),
            payload.get("priority", instance.priority),
            payload.get("reason"),
        )["provider_details"]
        return row


class ProviderDetailsHistoryQuerySet(RemoteQuerySet["ProviderDetailsHistory"]):
    """The versions of one provider."""

    def fetch(self, plan: Plan) -> Rows:
        pk = str(plan.require("id"))
        return Rows(provider_client.get_provider_versions(pk)["data"])


def _detail(provider_id: str) -> Row:
    row: Row = provider_client.get_provider_by_id(provider_id)["provider_details"]
    # An unknown provider is answered with success, and with nothing.
    if not row:
        raise NotFound("No result found")
    return row
