"""The API's routes about reports that the API makes itself."""

from __future__ import annotations

from typing import Any

from portal.remote.client import Id, NotifyAdminAPIClient


class ReportRequestClient(NotifyAdminAPIClient):
    """Requests for a report of notifications."""

    def get_report_request(self, service_id: Id, report_request_id: Id) -> Any:
        """Return ``{"data": {...}}`` with the state of a request."""
        return self.get(f"/service/{service_id}/report-request/{report_request_id}")

    def create_report_request(
        self, service_id: Id, report_type: str, data: dict[str, Any]
    ) -> Any:
        """Ask for a report and return the id of the request."""
        return self.post(
            f"/service/{service_id}/report-request?report_type={report_type}",
            data=data,
        )["data"]["id"]


report_request_api_client = ReportRequestClient()
