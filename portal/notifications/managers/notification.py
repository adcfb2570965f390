"""How notifications are read from the API, page by page."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any, Self

from django.db import NotSupportedError

from portal.clients import notification_api_client, upload_api_client
from portal.remote.owners import Item, ServicePagesQuerySet
from portal.remote.paging import Page
from portal.remote.plan import Row

if TYPE_CHECKING:
    from portal.notifications.models import (
        Notification,  # noqa: F401 - named in strings
    )


class NotificationQuerySet(ServicePagesQuerySet["Notification"]):
    """What a service or a job sent, newest first; made with test keys too.

    The template as it was sent is in ``extra["template"]``, the personalisation as
    a dictionary in ``extra["personalisation"]``.
    """

    kind = "notification"
    understood = ("service", "job", "notification_type", "status", "status__in")

    def within_days(self, days: int) -> Self:
        """Those made in the last days, counted by the API."""
        return self.scoped("limit_days", days)

    def sent_to(self, recipient: str) -> Self:
        """Those whose recipient has this in it."""
        return self.scoped("to", recipient)

    def without_jobs(self) -> Self:
        """Those that no spreadsheet made."""
        return self.scoped("include_jobs", False)

    def without_test_keys(self) -> Self:
        """Those that were not made with a test key."""
        return self.scoped("include_from_test_key", False)

    def printed_on(self, day: dt.date) -> Self:
        """The letters uploaded one by one that are printed on a day."""
        return self.scoped("letter_print_day", day)

    def row(self, item: Row) -> Row:
        row = super().row(item)
        if "status" in row:
            row["notification_status"] = row.pop("status")
        if isinstance(row.get("personalisation"), dict):
            row["_personalisation"] = json.dumps(row["personalisation"])
        if isinstance(template := row.get("template"), dict):
            row.setdefault("template_version", template.get("version"))
        return row

    def load_detail(self, service_id: str, pk: str) -> Item:
        return notification_api_client.get_notification(service_id, pk)

    def load_page(self, terms: dict[str, Any], number: int, *, counted: bool) -> Page:
        if "letter_print_day" in self.scopes:
            return self._uploaded(terms, number)
        statuses = terms.get("status__in") or [terms.get("status")]
        if "failed" in statuses:
            # The API takes it for any failure, which would be too much.
            raise NotSupportedError(
                "Filter notifications by the failures themselves: temporary-failure, "
                "permanent-failure, technical-failure."
            )
        job = terms.get("job")
        options: dict[str, Any] = {
            "include_jobs": True,
            "include_from_test_key": True,
            **self.scopes,
        }
        if any(statuses):
            options["status"] = statuses
        answer = notification_api_client.get_notifications_for_service(
            str(terms["service"]),
            job_id=str(job) if job else None,
            template_type=terms.get("notification_type"),
            page=number,
            page_size=self.page_size,
            **options,
        )
        more = "next" in answer["links"]
        return Page(answer["notifications"], more, answer.get("total"))

    def _uploaded(self, terms: dict[str, Any], number: int) -> Page:
        if unknown := sorted(terms.keys() - {"service"}):
            raise NotSupportedError(
                f"The Notify API cannot filter uploaded letters by {', '.join(unknown)}."
            )
        answer = upload_api_client.get_letters_by_service_and_print_day(
            str(terms["service"]),
            letter_print_day=self.scopes["letter_print_day"],
            page=number,
        )
        more = "next" in answer["links"]
        return Page(answer["notifications"], more, answer["total"])
