"""The superusers' pages of services and their settings."""

from __future__ import annotations

from portal.services.admin.senders import (
    LetterContactAdmin,
    ReplyToAdmin,
    SmsSenderAdmin,
)
from portal.services.admin.service import ServiceAdmin
from portal.services.admin.settings import (
    CallbackAdmin,
    DataRetentionAdmin,
    GuestAdmin,
)

__all__ = [
    "CallbackAdmin",
    "DataRetentionAdmin",
    "GuestAdmin",
    "LetterContactAdmin",
    "ReplyToAdmin",
    "ServiceAdmin",
    "SmsSenderAdmin",
]
