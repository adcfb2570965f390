"""How complaints and requests to unsubscribe are read from the API and seen to."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from portal.clients import complaint_api_client, service_api_client
from portal.remote.owners import Items, ServiceListQuerySet
from portal.remote.paging import Page, PagedQuerySet
from portal.remote.plan import Plan, Row
from portal.remote.values import derived_id, parse_time

if TYPE_CHECKING:
    from portal.notifications.models import (
        Complaint,  # noqa: F401 - named in strings
        UnsubscribeRequest,  # noqa: F401 - named in strings
        UnsubscribeRequestReport,
    )

# Before any complaint there is.
FIRST_DAY = dt.date(2016, 1, 1)


class ComplaintQuerySet(PagedQuerySet["Complaint"]):
    """What recipients of e-mails reported as unwanted, newest first, of all services."""

    def row(self, item: Row) -> Row:
        row = super().row(item)
        if "service_name" in row:
            row["service"] = {"id": row["service_id"], "name": row.pop("service_name")}
        return row

    def load_page(self, terms: dict[str, Any], number: int, *, counted: bool) -> Page:
        answer = complaint_api_client.get_all_complaints(number)
        return Page(answer["complaints"], "next" in answer["links"])

    def load_total(self, terms: dict[str, Any]) -> int:
        days = {"start_date": str(FIRST_DAY), "end_date": str(timezone.localdate())}
        return int(complaint_api_client.get_complaint_count(days))


class UnsubscribeRequestReportQuerySet(ServiceListQuerySet["UnsubscribeRequestReport"]):
    """The batches in which a service sees to requests to unsubscribe."""

    details_at_most = 0

    def load_list(self, owner_id: str, plan: Plan) -> Items:
        found = service_api_client.get_unsubscribe_reports_summary(owner_id)
        # What will be the next batch has no key yet.
        return [{"id": row["batch_id"], **row} for row in found if row["batch_id"]]

    def send_create(self, payload: dict[str, Any]) -> Row:
        names = ("count", "earliest_timestamp", "latest_timestamp")
        made = service_api_client.create_unsubscribe_request_report(
            payload["service_id"], {name: payload[name] for name in names}
        )
        return {"id": made["report_id"]}

    def send_update(
        self, instance: UnsubscribeRequestReport, payload: dict[str, Any]
    ) -> Row | None:
        """Mark a batch as seen to, or as not."""
        self.refuse_other(payload, "processed_by_service_at")
        service_api_client.process_unsubscribe_request_report(
            str(instance.service_id),
            str(instance.pk),
            {"report_has_been_processed": bool(payload["processed_by_service_at"])},
        )
        return None


class UnsubscribeRequestQuerySet(ServiceListQuerySet["UnsubscribeRequest"]):
    """The requests of one batch; their keys are made of the batch, recipient and time."""

    details_at_most = 0
    list_fields = (
        *("id", "service", "email_address", "created_at"),
        "unsubscribe_request_report",
    )

    def load_list(self, owner_id: str, plan: Plan) -> Items:
        batch = str(plan.require("unsubscribe_request_report"))
        found = service_api_client.get_unsubscribe_request_report(owner_id, batch)
        return [_request(batch, item) for item in found["unsubscribe_requests"]]


def _request(batch: str, item: Row) -> Row:
    received = item["unsubscribe_request_received_at"]
    at = parse_time(received).isoformat()
    return {
        "id": derived_id("unsubscribe request", batch, item["email_address"], at),
        "created_at": received,
        "unsubscribe_request_report_id": batch,
        **item,
    }
