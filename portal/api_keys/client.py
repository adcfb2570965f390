"""The API's routes about the keys of a service."""

from __future__ import annotations

from typing import Any

from portal.api_keys.types import ApiKeysAnswer
from portal.remote.cache import cache
from portal.remote.client import Id, NotifyAdminAPIClient, _attach_current_user


class ApiKeyApiClient(NotifyAdminAPIClient):
    """Lists, makes and revokes API keys; nothing here is ever cached.

    The writes end what is kept of the service, so that they are refused, as other writes
    about access are, while the processes of the portal cannot be told of them.
    """

    def get_api_keys(self, service_id: Id) -> ApiKeysAnswer:
        """Return ``{"apiKeys": [...]}`` of a service, without their secrets."""
        answer: ApiKeysAnswer = self.get(f"/service/{service_id}/api-keys")
        return answer

    @cache.delete("service-{service_id}", strict=True)
    def create_api_key(self, service_id: Id, key_name: str, key_type: str) -> Any:
        """Make a key and return its secret, which is never told again."""
        data = _attach_current_user({"name": key_name, "key_type": key_type})
        return self.post(f"/service/{service_id}/api-key", data=data)["data"]

    @cache.delete("service-{service_id}", strict=True)
    def revoke_api_key(self, service_id: Id, key_id: Id) -> Any:
        """Revoke a key."""
        return self.post(
            f"/service/{service_id}/api-key/revoke/{key_id}",
            data=_attach_current_user({}),
        )


api_key_api_client = ApiKeyApiClient()
