"""The API's routes about notifications, complaints and unsubscribing; never cached."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from portal.notifications.types import NotificationData
from portal.remote.client import (
    Id,
    NotifyAdminAPIClient,
    _attach_current_user,
    given,
)
from portal.remote.errors import NotFound


class NotificationApiClient(NotifyAdminAPIClient):
    """What was sent, and sending one message."""

    def get_notifications_for_service(
        self,
        service_id: Id,
        job_id: Id | None = None,
        template_type: str | None = None,
        status: str | Sequence[str] | None = None,
        page: int | None = None,
        page_size: int | None = None,
        count_pages: bool | None = None,
        limit_days: int | None = None,
        include_jobs: bool | None = None,
        include_from_test_key: bool | None = None,
        to: str | None = None,
        include_one_off: bool | None = None,
    ) -> Any:
        """Return a page of a service's or a job's notifications.

        With ``to`` it is a search, sent as a body to keep recipients out of URLs. The API
        has none in a job: the service is searched, and of that page the job's are kept.
        """
        filters = given(
            page=page,
            page_size=page_size,
            template_type=template_type,
            status=status,
            include_jobs=include_jobs,
            include_from_test_key=include_from_test_key,
            to=to,
            include_one_off=include_one_off,
            count_pages=count_pages,
            limit_days=None if job_id else limit_days,
        )
        url = f"/service/{service_id}/notifications"
        if to and job_id:
            found = self.post(url, data={**filters, "include_jobs": True})
            return {**found, "notifications": _of_job(found["notifications"], job_id)}
        if to:
            return self.post(url, data=filters)
        of_job = f"/job/{job_id}" if job_id else ""
        return self.get(f"/service/{service_id}{of_job}/notifications", params=filters)

    def get_notifications_for_service_for_csv(
        self,
        service_id: Id,
        job_id: Id | None = None,
        template_type: str | None = None,
        status: str | Sequence[str] | None = None,
        older_than: Id | None = None,
        page: int | None = None,
        page_size: int | None = None,
        limit_days: int | None = None,
    ) -> Any:
        """Return a page of notifications as rows of a report, by page or by last seen id."""
        filters = given(
            older_than=older_than,
            page=page,
            page_size=page_size,
            template_type=template_type,
            status=status,
        )
        if job_id:
            return self.get(
                f"/service/{service_id}/job/{job_id}/notifications",
                params={**filters, "format_for_csv": True},
            )
        return self.get(
            f"/service/{service_id}/notifications/csv",
            params={**filters, **given(limit_days=limit_days)},
        )

    def send_notification(
        self,
        service_id: Id,
        *,
        template_id: Id,
        recipient: str,
        personalisation: dict[str, Any] | None,
        sender_id: Id | None,
    ) -> Any:
        """Send one message and return ``{"id": ...}``."""
        data = {
            "template_id": template_id,
            "to": recipient,
            "personalisation": personalisation,
            **given(sender_id=sender_id or None),
        }
        return self.post(
            f"/service/{service_id}/send-notification", data=_attach_current_user(data)
        )

    def send_precompiled_letter(
        self,
        service_id: Id,
        filename: str,
        file_id: Id,
        postage: str,
        recipient_address: str,
    ) -> Any:
        """Send an uploaded letter."""
        data = {
            "filename": filename,
            "file_id": file_id,
            "postage": postage,
            "recipient_address": recipient_address,
        }
        return self.post(
            f"/service/{service_id}/send-pdf-letter", data=_attach_current_user(data)
        )

    def get_notification(self, service_id: Id, notification_id: Id) -> NotificationData:
        """Return one notification with its template and personalisation."""
        notification: NotificationData = self.get(
            f"/service/{service_id}/notifications/{notification_id}"
        )
        return notification

    def get_notification_letter_preview(
        self,
        service_id: Id,
        notification_id: Id,
        file_type: str,
        page: int | str | None = None,
    ) -> Any:
        """Return a letter as it was printed, ``{"content": base64, "metadata": ...}``."""
        return self.get(
            f"/service/{service_id}/template/preview/{notification_id}/{file_type}",
            params=given(page=page),
        )

    def update_notification_to_cancelled(
        self, service_id: Id, notification_id: Id
    ) -> Any:
        """Cancel a letter that is not printed yet."""
        return self.post(
            f"/service/{service_id}/notifications/{notification_id}/cancel", data={}
        )

    def get_notification_status_by_service(
        self, start_date: date | str, end_date: date | str
    ) -> Any:
        """Return numbers by service, type and status for a span of days."""
        return self.get(
            "/service/monthly-data-by-service",
            params={"start_date": str(start_date), "end_date": str(end_date)},
        )

    def get_notification_count_for_job_id(self, *, service_id: Id, job_id: Id) -> Any:
        """Return how many notifications of a job exist by now."""
        return self.get(f"/service/{service_id}/job/{job_id}/notification_count")[
            "count"
        ]

    def get_notifications_count_for_service(
        self, service_id: Id, template_type: str | None, limit_days: int
    ) -> Any:
        """Return how many notifications a service sent in the last days."""
        return self.get(
            f"/service/{service_id}/notifications/count",
            params=given(template_type=template_type, limit_days=limit_days),
        )["notifications_sent_count"]


class ComplaintApiClient(NotifyAdminAPIClient):
    """E-mails that their recipients marked as spam."""

    def get_all_complaints(self, page: int = 1) -> Any:
        """Return a page of complaints."""
        return self.get("/complaint", params={"page": page})

    def get_complaint_count(self, params_dict: dict[str, Any] | None = None) -> Any:
        """Return the number of complaints between ``start_date`` and ``end_date``."""
        return self.get("/complaint/count-by-date-range", params=params_dict)


class UnsubscribeApiClient(NotifyAdminAPIClient):
    """Recipients who want no more e-mails."""

    def unsubscribe(self, notification_id: Id, token: str) -> bool:
        """Unsubscribe; False when the link is not the API's."""
        try:
            self.post(f"/unsubscribe/{notification_id}/{token}")
        except NotFound:
            return False
        return True


def _of_job(notifications: list[dict[str, Any]], job_id: Id) -> list[dict[str, Any]]:
    return [
        notification
        for notification in notifications
        if (notification["job"] or {}).get("id") == str(job_id)
    ]


notification_api_client = NotificationApiClient()
complaint_api_client = ComplaintApiClient()
unsubscribe_api_client = UnsubscribeApiClient()
