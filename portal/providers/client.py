"""The API's routes about the companies that carry messages."""

from __future__ import annotations

from typing import Any

from portal.remote.client import Id, NotifyAdminAPIClient, _attach_current_user


class ProviderClient(NotifyAdminAPIClient):
    """Providers, their share of the traffic, and its history."""

    def get_all_providers(self) -> Any:
        """Return ``{"provider_details": [...]}``."""
        return self.get("/provider-details")

    def get_provider_by_id(self, provider_id: Id) -> Any:
        """Return one as ``{"provider_details": {...}}``; ``{}`` in it when unknown."""
        return self.get(f"/provider-details/{provider_id}")

    def get_provider_versions(self, provider_id: Id) -> Any:
        """Return the history of one as ``{"data": [...]}``."""
        return self.get(f"/provider-details/{provider_id}/versions")

    def update_provider(
        self, provider_id: Id, priority: int, reason: str | None = None
    ) -> Any:
        """Change a provider's share, giving the reason."""
        data = {"priority": priority, "reason": reason}
        return self.post(
            f"/provider-details/{provider_id}", data=_attach_current_user(data)
        )


provider_client = ProviderClient()
