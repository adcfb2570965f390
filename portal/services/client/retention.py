"""How long the API keeps what a service sent."""

from __future__ import annotations

from typing import Any

from portal.remote.cache import cache
from portal.remote.client import Id, NotifyAdminAPIClient


class RetentionMethods(NotifyAdminAPIClient):
    """Methods about the days of retention by type."""

    @cache.delete("service-{service_id}-data-retention")
    def create_service_data_retention(
        self, service_id: Id, notification_type: str, days_of_retention: int
    ) -> Any:
        """Set the days of one type."""
        data = {
            "notification_type": notification_type,
            "days_of_retention": days_of_retention,
        }
        return self.post(f"/service/{service_id}/data-retention", data=data)

    @cache.delete("service-{service_id}-data-retention")
    def update_service_data_retention(
        self, service_id: Id, data_retention_id: Id, days_of_retention: int
    ) -> Any:
        """Change the days of one type."""
        return self.post(
            f"/service/{service_id}/data-retention/{data_retention_id}",
            data={"days_of_retention": days_of_retention},
        )

    @cache.set("service-{service_id}-data-retention", tags=("services",))
    def get_service_data_retention(self, service_id: Id) -> Any:
        """Return a list of the types with days of their own."""
        return self.get(f"/service/{service_id}/data-retention")

    @cache.delete("service-{service_id}-data-retention")
    def set_service_data_retention(
        self, service_id: Id, days_of_retention: int
    ) -> None:
        """Set the same days for all types."""
        present = {
            retention["notification_type"]: retention["id"]
            for retention in self.get_service_data_retention(service_id)
        }
        for notification_type in ("email", "sms", "letter"):
            if retention_id := present.get(notification_type):
                self.update_service_data_retention(
                    service_id, retention_id, days_of_retention
                )
            else:
                self.create_service_data_retention(
                    service_id, notification_type, days_of_retention
                )
