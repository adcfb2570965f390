"""What the API answers about a notification."""

from __future__ import annotations

from typing import Any, TypedDict


class NotificationData(TypedDict):
    """A notification, as JSON knows it."""

    api_key: str | None
    billable_units: int
    client_reference: str | None
    created_at: str
    created_by: dict[str, str] | None
    document_download_count: int | None
    id: str
    international: bool
    job: dict[str, str] | None
    job_row_number: int | None
    key_name: str | None
    key_type: str
    normalised_to: str | None
    notification_type: str
    personalisation: dict[str, Any]
    phone_prefix: str | None
    postage: str | None
    rate_multiplier: float | None
    reference: str | None
    reply_to_text: str | None
    sent_at: str | None
    sent_by: str | None
    service: str
    status: str
    template: dict[str, Any]
    to: str
    unsubscribe_link: str | None
    updated_at: str | None
