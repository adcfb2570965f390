"""The API's tables of this domain, mirrored."""

from __future__ import annotations

from portal.services.models.senders import (
    ServiceEmailReplyTo,
    ServiceLetterContact,
    ServiceSmsSender,
)
from portal.services.models.service import (
    Service,
    ServiceHistory,
    ServicePermission,
    ServicePermissionTypes,
)
from portal.services.models.settings import (
    ServiceCallbackApi,
    ServiceCallbackApiHistory,
    ServiceCallbackType,
    ServiceDataRetention,
    ServiceGuestList,
)

__all__ = [
    "Service",
    "ServiceCallbackApi",
    "ServiceCallbackApiHistory",
    "ServiceCallbackType",
    "ServiceDataRetention",
    "ServiceEmailReplyTo",
    "ServiceGuestList",
    "ServiceHistory",
    "ServiceLetterContact",
    "ServicePermission",
    "ServicePermissionTypes",
    "ServiceSmsSender",
]
