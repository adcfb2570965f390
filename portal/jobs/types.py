"""What the API answers about a job."""

from __future__ import annotations

from typing import TypedDict


class StatusCount(TypedDict):
    """How many messages of a job have one status."""

    count: int
    status: str


class JobData(TypedDict):
    """A job, as JSON knows it."""

    archived: bool
    contact_list_id: str | None
    created_at: str
    created_by: dict[str, str]
    id: str
    job_status: str
    notification_count: int
    original_file_name: str
    processing_finished: str | None
    processing_started: str | None
    scheduled_for: str | None
    service: str
    service_name: dict[str, str]
    statistics: list[StatusCount]
    template: str
    template_name: str
    template_type: str
    template_version: int
    updated_at: str | None


class JobAnswer(TypedDict):
    """An answer with one of them."""

    data: JobData
