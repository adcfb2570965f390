"""How people, their keys and their memberships are read from the API and written to it."""

from __future__ import annotations

from portal.users.managers.credentials import WebauthnCredentialQuerySet
from portal.users.managers.memberships import (
    PermissionQuerySet,
    ServiceUserQuerySet,
    UserToOrganisationQuerySet,
)
from portal.users.managers.user import UserQuerySet

__all__ = [
    "PermissionQuerySet",
    "ServiceUserQuerySet",
    "UserQuerySet",
    "UserToOrganisationQuerySet",
    "WebauthnCredentialQuerySet",
]
