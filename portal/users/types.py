"""What the API answers about a person."""

from __future__ import annotations

from typing import TypedDict


class UserData(TypedDict):
    """A person, as JSON knows it."""

    auth_type: str
    can_use_webauthn: bool
    created_at: str
    current_session_id: str | None
    email_access_validated_at: str | None
    email_address: str
    failed_login_count: int
    id: str
    logged_in_at: str | None
    mobile_number: str | None
    name: str
    organisation_permissions: dict[str, list[str]]
    organisations: list[str]
    password_changed_at: str | None
    permissions: dict[str, list[str]]
    platform_admin: bool
    receives_new_features_email: bool
    services: list[str]
    state: str
    take_part_in_research: bool
