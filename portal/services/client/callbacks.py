"""Where the API tells a service's own systems what happened."""

from __future__ import annotations

from typing import Any

from portal.remote.cache import cache
from portal.remote.client import Id, NotifyAdminAPIClient, given


class CallbackMethods(NotifyAdminAPIClient):
    """Methods about callbacks; a bearer token is written, and never read back."""

    @cache.delete("service-{service_id}")
    def create_service_callback_api(
        self,
        service_id: Id,
        url: str,
        bearer_token: str,
        user_id: Id,
        callback_type: str,
    ) -> Any:
        """Set up a callback."""
        data = {
            "url": url,
            "bearer_token": bearer_token,
            "updated_by_id": user_id,
            "callback_type": callback_type,
        }
        return self.post(f"/service/{service_id}/callback-api", data=data)

    @cache.delete("service-{service_id}")
    def update_service_callback_api(
        self,
        service_id: Id,
        url: str,
        bearer_token: str | None,
        user_id: Id,
        callback_api_id: Id,
        callback_type: str,
    ) -> Any:
        """Change a callback; without a token the present one stays."""
        data = {
            "url": url,
            "updated_by_id": user_id,
            "callback_type": callback_type,
            **given(bearer_token=bearer_token or None),
        }
        return self.post(
            f"/service/{service_id}/callback-api/{callback_api_id}", data=data
        )

    @cache.delete("service-{service_id}")
    def delete_service_callback_api(
        self, service_id: Id, callback_api_id: Id, callback_type: str
    ) -> Any:
        """Remove a callback."""
        return self.delete(
            f"/service/{service_id}/callback-api/{callback_api_id}"
            f"?callback_type={callback_type}"
        )

    def get_service_callback_api(
        self, service_id: Id, callback_api_id: Id, callback_type: str
    ) -> Any:
        """Return a callback."""
        return self.get(
            f"/service/{service_id}/callback-api/{callback_api_id}",
            params={"callback_type": callback_type},
        )["data"]
