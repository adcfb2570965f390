"""Who asked a service for no more e-mails, and the reports of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from portal.remote.cache import cache
from portal.remote.client import Id, NotifyAdminAPIClient

# Recipients add to these without the portal, and the API cannot tell our cache.
_RECIPIENTS_SECONDS = 60


class UnsubscribingMethods(NotifyAdminAPIClient):
    """Methods about requests to unsubscribe."""

    @cache.set(
        "service-{service_id}-unsubscribe-request-reports-summary",
        tags=("unsubscribe_request_reports",),
        ttl=_RECIPIENTS_SECONDS,
    )
    def get_unsubscribe_reports_summary(self, service_id: Id) -> Any:
        """Return the reports, the one not yet made among them."""
        return self.get(f"/service/{service_id}/unsubscribe-request-reports-summary")

    @cache.delete(
        "service-{service_id}-unsubscribe-request-reports-summary",
        "service-{service_id}-unsubscribe-request-statistics",
    )
    def process_unsubscribe_request_report(
        self, service_id: Id, batch_id: Id, data: Mapping[str, Any]
    ) -> Any:
        """Mark a report as worked through: ``{"report_has_been_processed": True}``."""
        return self.post(
            f"/service/{service_id}/process-unsubscribe-request-report/{batch_id}",
            data=data,
        )

    @cache.set(
        "service-{service_id}-unsubscribe-request-statistics",
        tags=("unsubscribe_request_reports",),
        ttl=_RECIPIENTS_SECONDS,
    )
    def get_unsubscribe_request_statistics(self, service_id: Id) -> Any:
        """Return how many requests wait, and since when."""
        return self.get(f"/service/{service_id}/unsubscribe-request-statistics")

    @cache.delete("service-{service_id}-unsubscribe-request-reports-summary")
    def create_unsubscribe_request_report(
        self, service_id: Id, data: Mapping[str, Any]
    ) -> Any:
        """Make a report of the waiting requests between two times."""
        return self.post(
            f"/service/{service_id}/create-unsubscribe-request-report", data=data
        )

    def get_unsubscribe_request_report(self, service_id: Id, batch_id: Id) -> Any:
        """Return a report with the addresses in it."""
        return self.get(f"/service/{service_id}/unsubscribe-request-report/{batch_id}")
