"""The API's routes about numbers that receive text messages."""

from __future__ import annotations

from typing import Any

from portal.remote.cache import cache
from portal.remote.client import Id, NotifyAdminAPIClient, given


class InboundNumberClient(NotifyAdminAPIClient):
    """The platform's numbers and the services that have them."""

    def get_available_inbound_sms_numbers(self) -> Any:
        """Return the numbers that no service has."""
        return self.get("/inbound-number/available")

    def get_all_inbound_sms_number_service(self) -> Any:
        """Return all numbers, each with its service."""
        return self.get("/inbound-number")

    def get_inbound_sms_number_for_service(self, service_id: Id) -> Any:
        """Return the number of one service."""
        return self.get(f"/inbound-number/service/{service_id}")

    @cache.delete("service-{service_id}", "service-{service_id}-template")
    def add_inbound_number_to_service(
        self, service_id: Id, inbound_number_id: Id | None = None
    ) -> Any:
        """Give a service this number, or any that is free."""
        return self.post(
            f"/inbound-number/service/{service_id}",
            data=given(inbound_number_id=inbound_number_id or None),
        )


inbound_number_client = InboundNumberClient()
