"""The API's tables of this domain, mirrored."""

from __future__ import annotations

from portal.users.models.membership import (
    OrganisationUserPermissions,
    Permission,
    ServiceUser,
    UserToOrganisation,
)
from portal.users.models.user import AuthType, User, VerifyCode, WebauthnCredential

__all__ = [
    "AuthType",
    "OrganisationUserPermissions",
    "Permission",
    "ServiceUser",
    "User",
    "UserToOrganisation",
    "VerifyCode",
    "WebauthnCredential",
]
