"""What the API answers about a service."""

from __future__ import annotations

from typing import Any, TypedDict


class ServiceData(TypedDict):
    """A service, as JSON knows it."""

    active: bool
    billing_contact_email_addresses: str | None
    billing_contact_names: str | None
    billing_reference: str | None
    confirmed_email_sender_name: bool | None
    confirmed_unique: bool
    consent_to_research: bool | None
    contact_link: str | None
    count_as_live: bool
    created_by: str
    custom_email_sender_name: str | None
    email_branding: str | None
    email_message_limit: int
    email_sender_local_part: str
    go_live_at: str | None
    go_live_user: str | None
    has_active_go_live_request: bool
    id: str
    international_sms_message_limit: int
    letter_branding: str | None
    letter_message_limit: int
    name: str
    notes: str | None
    organisation: str | None
    organisation_type: str | None
    permissions: list[str]
    prefix_sms: bool
    purchase_order_number: str | None
    rate_limit: int
    restricted: bool
    service_callback_api: list[Any]
    sms_message_limit: int
    volume_email: int | None
    volume_letter: int | None
    volume_sms: int | None


class ServiceAnswer(TypedDict):
    """An answer with one of them."""

    data: ServiceData
