"""The API's routes about the platform as a whole: its state, events, figures and people."""

from __future__ import annotations

from datetime import date
from typing import Any

from portal.remote.cache import cache
from portal.remote.client import NotifyAdminAPIClient, given


class StatusApiClient(NotifyAdminAPIClient):
    """Whether the API is there, and how many use it."""

    def get_status(self, *params: Any) -> Any:
        """Return the API's own word on its state."""
        return self.get("/_status", *params)

    @cache.set(
        "live-service-and-organisation-counts", tags=("organisations",), ttl=3600
    )
    def get_count_of_live_services_and_organisations(self) -> Any:
        """Return ``{"services", "organisations"}``."""
        return self.get("/_status/live-service-and-organisation-counts")


class EventsApiClient(NotifyAdminAPIClient):
    """The API's record of what people did."""

    def create_event(self, event_type: str, event_data: dict[str, Any]) -> Any:
        """Record an event."""
        return self.post(
            "/events", data={"event_type": event_type, "data": event_data}
        )["data"]


class PerformanceDashboardAPIClient(NotifyAdminAPIClient):
    """Figures for the public."""

    @cache.set("performance-stats-{start_date}-to-{end_date}", ttl=3600)
    def get_performance_dashboard_stats(
        self, *, start_date: date | str, end_date: date | str
    ) -> Any:
        """Return numbers of messages, services and organisations, and processing times."""
        return self.get(
            "/performance-dashboard",
            params={"start_date": str(start_date), "end_date": str(end_date)},
        )


class AdminApiClient(NotifyAdminAPIClient):
    """Searches for platform admins."""

    def find_by_uuid(self, uuid_: str) -> Any:
        """Return what kind of thing has this id, and where it belongs."""
        return self.post("/platform-admin/find-by-uuid", data={"uuid": uuid_})

    def fetch_users_list(
        self,
        created_from_date: str | None = None,
        created_to_date: str | None = None,
        logged_from_date: str | None = None,
        logged_to_date: str | None = None,
        take_part_in_research: bool | None = None,
    ) -> Any:
        """Return the active users made and seen in these spans of time."""
        data = {
            "created_start": created_from_date,
            "created_end": created_to_date,
            "logged_in_start": logged_from_date,
            "logged_in_end": logged_to_date,
            "take_part_in_research": take_part_in_research,
        }
        return self.post("/platform-admin/users-list", data=data)


class ProtectedSenderIDApiClient(NotifyAdminAPIClient):
    """Names that only their owners may send text messages under."""

    def get_check_sender_id(self, sender_id: str | None) -> Any:
        """Tell whether a text-message sender is protected."""
        return self.get("/protected-sender-id/check", params=given(sender_id=sender_id))


status_api_client = StatusApiClient()
events_api_client = EventsApiClient()
performance_dashboard_api_client = PerformanceDashboardAPIClient()
admin_api_client = AdminApiClient()
protected_sender_id_api_client = ProtectedSenderIDApiClient()
