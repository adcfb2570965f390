"""How what was sent, and what came of it, is read from the API."""

from __future__ import annotations

from portal.notifications.managers.feedback import (
    ComplaintQuerySet,
    UnsubscribeRequestQuerySet,
    UnsubscribeRequestReportQuerySet,
)
from portal.notifications.managers.notification import NotificationQuerySet
from portal.notifications.managers.report import ReportRequestQuerySet

__all__ = [
    "ComplaintQuerySet",
    "NotificationQuerySet",
    "ReportRequestQuerySet",
    "UnsubscribeRequestQuerySet",
    "UnsubscribeRequestReportQuerySet",
]
