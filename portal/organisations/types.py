"""What the API answers about an organisation."""

from __future__ import annotations

from typing import TypedDict


class OrganisationData(TypedDict):
    """An organisation, as JSON knows it."""

    active: bool
    agreement_signed: bool | None
    agreement_signed_at: str | None
    agreement_signed_by_id: str | None
    agreement_signed_on_behalf_of_email_address: str | None
    agreement_signed_on_behalf_of_name: str | None
    agreement_signed_version: float | None
    billing_contact_email_addresses: str | None
    billing_contact_names: str | None
    billing_reference: str | None
    can_approve_own_go_live_requests: bool
    count_of_live_services: int
    crown: bool | None
    domains: list[str]
    email_branding_id: str | None
    id: str
    letter_branding_id: str | None
    name: str
    notes: str | None
    organisation_type: str | None
    permissions: list[str]
    purchase_order_number: str | None
    request_to_go_live_notes: str | None
