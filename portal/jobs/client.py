"""The API's routes about jobs and contact lists."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from portal.jobs.types import JobAnswer
from portal.remote.cache import cache
from portal.remote.client import (
    Id,
    NotifyAdminAPIClient,
    _attach_current_user,
    given,
)


class JobApiClient(NotifyAdminAPIClient):
    """Spreadsheets sent, or waiting to be."""

    SCHEDULED_JOB_STATUS = "scheduled"
    CANCELLED_JOB_STATUS = "cancelled"
    FINISHED_JOB_STATUS = "finished"
    FINISHED_ALL_NOTIFICATIONS_CREATED_JOB_STATUS = "finished all notifications created"
    FINISHED_JOB_STATUSES = frozenset(
        {FINISHED_JOB_STATUS, FINISHED_ALL_NOTIFICATIONS_CREATED_JOB_STATUS}
    )
    JOB_STATUSES = FINISHED_JOB_STATUSES | {
        SCHEDULED_JOB_STATUS,
        CANCELLED_JOB_STATUS,
        "in progress",
        "pending",
        "ready to send",
        "sending limits exceeded",
        "sent to dvla",
    }
    NON_CANCELLED_JOB_STATUSES = JOB_STATUSES - {CANCELLED_JOB_STATUS}
    NON_SCHEDULED_JOB_STATUSES = NON_CANCELLED_JOB_STATUSES - {SCHEDULED_JOB_STATUS}

    def get_job(self, service_id: Id, job_id: Id) -> JobAnswer:
        """Return ``{"data": {...}}`` with the job's statistics by status."""
        answer: JobAnswer = self.get(f"/service/{service_id}/job/{job_id}")
        return answer

    def get_jobs(
        self,
        service_id: Id,
        *,
        limit_days: int | None = None,
        contact_list_id: Id | None = None,
        statuses: Collection[str] | None = None,
        page: int = 1,
    ) -> Any:
        """Return a page of jobs, newest first: ``{"data", "links", "page_size", "total"}``."""
        return self.get(
            f"/service/{service_id}/job",
            params=given(
                page=page,
                limit_days=limit_days,
                statuses=None if statuses is None else ",".join(statuses),
                contact_list_id=contact_list_id,
            ),
        )

    def get_uploads(
        self, service_id: Id, limit_days: int | None = None, page: int = 1
    ) -> Any:
        """Return a page of jobs and uploaded letters."""
        return self.get(
            f"/service/{service_id}/upload",
            params=given(page=page, limit_days=limit_days),
        )

    def has_sent_previously(
        self,
        service_id: Id,
        template_id: Id,
        template_version: int,
        original_file_name: str,
    ) -> bool:
        """Tell whether this file was sent with this version of this template today."""
        this = (str(template_id), template_version, original_file_name)
        return any(
            this
            == (job["template"], job["template_version"], job["original_file_name"])
            for job in self.get_jobs(service_id, limit_days=0)["data"]
            if job["job_status"] != self.CANCELLED_JOB_STATUS
        )

    def get_page_of_jobs(
        self,
        service_id: Id,
        *,
        page: int,
        statuses: Collection[str] | None = None,
        contact_list_id: Id | None = None,
        limit_days: int | None = None,
    ) -> Any:
        """Return a page of jobs; of those not scheduled or cancelled unless told otherwise."""
        return self.get_jobs(
            service_id,
            statuses=statuses or sorted(self.NON_SCHEDULED_JOB_STATUSES),
            page=page,
            contact_list_id=contact_list_id,
            limit_days=limit_days,
        )

    def get_immediate_jobs(self, service_id: Id) -> Any:
        """Return the jobs of the last seven days that are not scheduled or cancelled."""
        return self.get_jobs(
            service_id,
            limit_days=7,
            statuses=sorted(self.NON_SCHEDULED_JOB_STATUSES),
        )["data"]

    def get_scheduled_jobs(self, service_id: Id) -> Any:
        """Return the scheduled jobs, the latest first."""
        return sorted(
            self.get_jobs(service_id, statuses=[self.SCHEDULED_JOB_STATUS])["data"],
            key=lambda job: job["scheduled_for"],
            reverse=True,
        )

    def get_scheduled_job_stats(self, service_id: Id) -> Any:
        """Return the number of scheduled jobs and the time of the next."""
        return self.get(f"/service/{service_id}/job/scheduled-job-stats")

    @cache.set("has_jobs-{service_id}", tags=("services",))
    def has_jobs(self, service_id: Id) -> bool:
        """Tell whether a service ever had a job."""
        return bool(self.get_jobs(service_id)["data"])

    @cache.delete("has_jobs-{service_id}")
    def create_job(
        self,
        job_id: Id,
        service_id: Id,
        scheduled_for: str | None = None,
        contact_list_id: Id | None = None,
    ) -> Any:
        """Start or schedule the job of an uploaded file."""
        data = given(
            id=job_id,
            scheduled_for=scheduled_for or None,
            contact_list_id=contact_list_id or None,
        )
        return self.post(f"/service/{service_id}/job", data=_attach_current_user(data))

    @cache.delete("has_jobs-{service_id}")
    def cancel_job(self, service_id: Id, job_id: Id) -> Any:
        """Cancel a scheduled job."""
        return self.post(f"/service/{service_id}/job/{job_id}/cancel", data={})

    @cache.delete("has_jobs-{service_id}")
    def cancel_letter_job(self, service_id: Id, job_id: Id) -> Any:
        """Cancel a job of letters that are not printed yet."""
        return self.post(
            f"/service/{service_id}/job/{job_id}/cancel-letter-job", data={}
        )


class ContactListApiClient(NotifyAdminAPIClient):
    """Spreadsheets of recipients, kept for use in many jobs."""

    def create_contact_list(
        self,
        *,
        service_id: Id,
        upload_id: Id,
        original_file_name: str,
        row_count: int,
        template_type: str,
    ) -> Any:
        """Keep an uploaded file as a contact list."""
        data = {
            "id": upload_id,
            "original_file_name": original_file_name,
            "row_count": row_count,
            "template_type": template_type,
        }
        return self.post(
            f"/service/{service_id}/contact-list", data=_attach_current_user(data)
        )

    def get_contact_lists(self, service_id: Id) -> Any:
        """Return a list of all of a service's."""
        return self.get(f"/service/{service_id}/contact-list")

    def get_contact_list(self, *, service_id: Id, contact_list_id: Id) -> Any:
        """Return one."""
        return self.get(f"/service/{service_id}/contact-list/{contact_list_id}")

    def delete_contact_list(self, *, service_id: Id, contact_list_id: Id) -> Any:
        """Delete one; jobs made with it stay."""
        return self.delete(f"/service/{service_id}/contact-list/{contact_list_id}")


job_api_client = JobApiClient()
contact_list_api_client = ContactListApiClient()
