"""What is known of organisations beyond one of them."""

from __future__ import annotations

from typing import Any

from portal.organisations.client import organisations_client
from portal.users.models import User

CAN_ASK_TO_JOIN = "can_ask_to_join_a_service"


def organisation_of(*, user: User) -> dict[str, Any] | None:
    """Return the organisation that somebody's e-mail address belongs to, as the API lists it."""
    domain = str(user.email_address).rpartition("@")[2].lower()
    found: dict[str, Any] | None = organisations_client.get_organisation_by_domain(
        domain
    )
    return found


def can_ask_to_join(organisation: dict[str, Any] | None) -> bool:
    """Tell whether the people of an organisation may ask to join its services."""
    return bool(organisation) and CAN_ASK_TO_JOIN in (
        (organisation or {}).get("permissions") or ()
    )
