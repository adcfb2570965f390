"""How jobs and contact lists are read from the API, started and cancelled."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from django.db import NotSupportedError

from portal.clients import contact_list_api_client, job_api_client
from portal.remote.owners import Item, Items, ServiceListQuerySet, ServicePagesQuerySet
from portal.remote.paging import Page
from portal.remote.plan import Plan, Row

if TYPE_CHECKING:
    from portal.jobs.models import Job, ServiceContactList


class JobQuerySet(ServicePagesQuerySet["Job"]):
    """A service's jobs, page by page; figures by status are in ``extra["statistics"]``."""

    ended_as = "cancelled"
    kind = "job"
    understood = ("service", "job_status", "job_status__in", "contact_list")

    def within_days(self, days: int) -> Self:
        """Those made in the last days, counted by the API."""
        return self.scoped("limit_days", days)

    def uploads(self) -> Self:
        """What was uploaded and begun lately; ``extra["upload_type"]`` tells what it is.

        The letters that are printed on one day are one row, without a key.
        """
        return self.scoped("uploads", True)

    def load_detail(self, service_id: str, pk: str) -> Item:
        return job_api_client.get_job(service_id, pk)["data"]

    def load_page(self, terms: dict[str, Any], number: int, *, counted: bool) -> Page:
        if self.scopes.get("uploads"):
            return self._uploads(terms, number)
        statuses = terms.get("job_status__in")
        if "job_status" in terms:
            statuses = [terms["job_status"]]
        answer = job_api_client.get_jobs(
            str(terms["service"]),
            page=number,
            statuses=statuses,
            contact_list_id=_text(terms, "contact_list"),
            limit_days=self.scopes.get("limit_days"),
        )
        return Page(answer["data"], "next" in answer["links"], answer["total"])

    def _uploads(self, terms: dict[str, Any], number: int) -> Page:
        if unknown := sorted(terms.keys() - {"service"}):
            raise NotSupportedError(
                f"The Notify API cannot filter uploads by {', '.join(unknown)}."
            )
        limit_days = self.scopes.get("limit_days")
        answer = job_api_client.get_uploads(str(terms["service"]), limit_days, number)
        return Page(answer["data"], "next" in answer["links"], answer["total"])

    def send_create(self, payload: dict[str, Any]) -> Row:
        """Start or schedule the job of the uploaded file whose id is the payload's."""
        row: Row = job_api_client.create_job(
            payload["id"],
            payload["service_id"],
            scheduled_for=payload.get("scheduled_for"),
            contact_list_id=payload.get("contact_list_id"),
        )["data"]
        return row

    def send_delete(self, instance: Job) -> None:
        """Cancel a scheduled job."""
        job_api_client.cancel_job(str(instance.service_id), str(instance.pk))


class ServiceContactListQuerySet(ServiceListQuerySet["ServiceContactList"]):
    """A service's contact lists."""

    kind = "service_contact_list"

    def row(self, item: Row) -> Row:
        # The API gives the name of who uploaded it, where a key would be.
        named = {"created_by": "created_by_name"}
        return super().row({named.get(key, key): item[key] for key in item})

    def load_detail(self, service_id: str, pk: str) -> Row:
        row: Row = contact_list_api_client.get_contact_list(
            service_id=service_id, contact_list_id=pk
        )
        return row

    def load_list(self, service_id: str, plan: Plan) -> Items:
        items: Items = contact_list_api_client.get_contact_lists(service_id)
        return items

    def send_create(self, payload: dict[str, Any]) -> Row:
        """Keep the uploaded file whose id is the payload's."""
        row: Row = contact_list_api_client.create_contact_list(
            service_id=payload["service_id"],
            upload_id=payload["id"],
            original_file_name=payload["original_file_name"],
            row_count=payload["row_count"],
            template_type=payload["template_type"],
        )
        return row

    def send_delete(self, instance: ServiceContactList) -> None:
        contact_list_api_client.delete_contact_list(
            service_id=str(instance.service_id), contact_list_id=str(instance.pk)
        )


def _text(terms: Mapping[str, Any], name: str) -> str | None:
    return str(terms[name]) if name in terms else None
