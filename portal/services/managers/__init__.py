"""How services and what belongs to them are read from the API and written to it."""

from __future__ import annotations

from portal.services.managers.senders import (
    ServiceEmailReplyToQuerySet,
    ServiceLetterContactQuerySet,
    ServiceSmsSenderQuerySet,
)
from portal.services.managers.service import (
    ServiceHistoryQuerySet,
    ServicePermissionQuerySet,
    ServiceQuerySet,
)
from portal.services.managers.settings import (
    ServiceCallbackApiQuerySet,
    ServiceDataRetentionQuerySet,
    ServiceGuestListQuerySet,
)

__all__ = [
    "ServiceCallbackApiQuerySet",
    "ServiceDataRetentionQuerySet",
    "ServiceEmailReplyToQuerySet",
    "ServiceGuestListQuerySet",
    "ServiceHistoryQuerySet",
    "ServiceLetterContactQuerySet",
    "ServicePermissionQuerySet",
    "ServiceQuerySet",
    "ServiceSmsSenderQuerySet",
]
