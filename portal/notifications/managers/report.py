"""How requests for reports of the API are made and read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import NotSupportedError

from portal.clients import report_request_api_client
from portal.remote.client import current_user_id
from portal.remote.owners import Item, OfService
from portal.remote.plan import Plan, Row, Rows
from portal.remote.query import RemoteQuerySet

if TYPE_CHECKING:
    from portal.notifications.models import (
        ReportRequest,  # noqa: F401 - named in strings
    )


class ReportRequestQuerySet(OfService, RemoteQuerySet["ReportRequest"]):
    """Requests for a report: one by its key and service, never a list."""

    def load_detail(self, owner_id: str, pk: str) -> Item:
        row: Row = report_request_api_client.get_report_request(owner_id, pk)["data"]
        return row

    def fetch(self, plan: Plan) -> Rows:
        if (rows := self.one_by_one(plan)) is None:
            raise NotSupportedError(
                "The Notify API does not list requests for reports: give the key of one, "
                'or use .using("notify_replica") where a replica is configured.'
            )
        return rows

    def send_create(self, payload: dict[str, Any]) -> Row:
        """Ask for a report of what ``parameter`` says; the same one again while it is made."""
        user_id = payload.get("user_id") or current_user_id()
        pk = report_request_api_client.create_report_request(
            payload["service_id"],
            payload["report_type"],
            {
                "user_id": user_id,
                "report_type": payload["report_type"],
                **payload["parameter"],
            },
        )
        return {"id": pk, "user_id": user_id}
