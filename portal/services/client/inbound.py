"""What comes back to a service: text messages and returned letters."""

from __future__ import annotations

from datetime import date
from typing import Any

from portal.remote.cache import cache
from portal.remote.client import Id, NotifyAdminAPIClient, given


class InboundMethods(NotifyAdminAPIClient):
    """Methods about received text messages and returned letters."""

    def get_inbound_sms(self, service_id: Id, user_number: str = "") -> Any:
        """Return what was received, from one number if given; sent as a body, not in a URL."""
        return self.post(
            f"/service/{service_id}/inbound-sms", data={"phone_number": user_number}
        )

    def get_most_recent_inbound_sms(
        self, service_id: Id, page: int | None = None
    ) -> Any:
        """Return a page of the last message of each number."""
        return self.get(
            f"/service/{service_id}/inbound-sms/most-recent", params=given(page=page)
        )

    def get_inbound_sms_by_id(self, service_id: Id, notification_id: Id) -> Any:
        """Return one received message."""
        return self.get(f"/service/{service_id}/inbound-sms/{notification_id}")

    def get_inbound_sms_summary(self, service_id: Id) -> Any:
        """Return how many were received, and when the last."""
        return self.get(f"/service/{service_id}/inbound-sms/summary")

    @cache.delete("service-{service_id}", "service-{service_id}-template")
    def remove_service_inbound_sms(self, service_id: Id, archive: bool) -> Any:
        """Take a service's number away, and keep others from getting it if told to."""
        return self.post(
            f"/service/{service_id}/inbound-sms/remove", data={"archive": archive}
        )

    def get_most_recent_inbound_number_usage_date(self, service_id: Id) -> Any:
        """Return when a service last received a text message."""
        return self.get(f"/service/{service_id}/inbound-sms/most-recent-usage")

    @cache.set(
        "service-{service_id}-returned-letters-statistics",
        tags=("services", "returned-letters"),
    )
    def get_returned_letter_statistics(self, service_id: Id) -> Any:
        """Return how many letters came back recently, and when the last report was."""
        return self.get(f"/service/{service_id}/returned-letter-statistics")

    @cache.set(
        "service-{service_id}-returned-letters-summary",
        tags=("services", "returned-letters"),
    )
    def get_returned_letter_summary(self, service_id: Id) -> Any:
        """Return how many letters came back, by day of the report."""
        return self.get(f"/service/{service_id}/returned-letter-summary")

    def get_returned_letters(self, service_id: Id, reported_at: date | str) -> Any:
        """Return the letters of one day's report."""
        return self.get(
            f"/service/{service_id}/returned-letters",
            params={"reported_at": str(reported_at)},
        )
