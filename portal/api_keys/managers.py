"""How API keys are read from the API, made and revoked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.utils import timezone
from django.utils.translation import gettext as _

from portal.clients import api_key_api_client, service_api_client
from portal.remote.errors import HTTPError, Rejected
from portal.remote.owners import Items, ServiceListQuerySet
from portal.remote.plan import Plan, Row
from portal.remote.values import wire

if TYPE_CHECKING:
    from portal.api_keys.models import (
        ApiKey,
        ApiKeyHistory,  # noqa: F401 - named in strings
    )


class ApiKeyQuerySet(ServiceListQuerySet["ApiKey"]):
    """A service's keys, lately revoked ones too; nobody can read a secret again."""

    ended_as = "revoked"
    kind = "api_key"
    details_at_most = 0
    list_fields = (
        *("id", "name", "key_type", "service", "created_by"),
        *("created_at", "updated_at", "expiry_date", "version"),
    )

    def in_use(self) -> Self:
        """Those that are not revoked."""
        return self.filter(expiry_date=None)

    def load_list(self, service_id: str, plan: Plan) -> Items:
        items: Items = api_key_api_client.get_api_keys(service_id)["apiKeys"]
        return items

    def send_create(self, payload: dict[str, Any]) -> Row:
        """Make a key; the secret is in ``extra["secret"]`` this once."""
        service_id = payload["service_id"]
        keys = api_key_api_client.get_api_keys(service_id)["apiKeys"]
        # The API answers 500 to a name in use; say what it is instead.
        if any(k["name"] == payload["name"] and not k["expiry_date"] for k in keys):
            sentence = _("This service has a key of this name already.")
            raise Rejected(sentence, errors={"name": [sentence]})
        secret = api_key_api_client.create_api_key(
            service_id, payload["name"], payload["key_type"]
        )
        known = {key["id"] for key in keys}
        for key in api_key_api_client.get_api_keys(service_id)["apiKeys"]:
            if key["id"] not in known and key["name"] == payload["name"]:
                return {**key, "service": service_id, "secret": secret}
        raise HTTPError("The API does not list the key that it made.")

    def send_delete(self, instance: ApiKey) -> None:
        api_key_api_client.revoke_api_key(str(instance.service_id), str(instance.pk))

    def send_update(self, instance: ApiKey, payload: dict[str, Any]) -> Row | None:
        """Revoke a key, which is the only change that there is."""
        if payload.keys() != {"expiry_date"} or not payload["expiry_date"]:
            self._refuse_write("changed")
        self.send_delete(instance)
        return {"expiry_date": wire(timezone.now())}


class ApiKeyHistoryQuerySet(ServiceListQuerySet["ApiKeyHistory"]):
    """The versions of a service's keys, numbered by the times of their changes."""

    details_at_most = 0
    list_fields = (
        *("id", "version", "name", "service", "created_by"),
        *("created_at", "updated_at", "expiry_date"),
    )

    def load_list(self, service_id: str, plan: Plan) -> Items:
        history = service_api_client.get_service_history(service_id)["api_key_history"]
        versions: dict[str, int] = {}
        rows = []
        for row in sorted(history, key=lambda row: row["updated_at"] or ""):
            versions[row["id"]] = versions.get(row["id"], 0) + 1
            rows.append({**row, "version": versions[row["id"]]})
        return rows
