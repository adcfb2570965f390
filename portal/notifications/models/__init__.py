"""The API's tables of this domain, mirrored."""

from __future__ import annotations

from portal.notifications.models.feedback import (
    Complaint,
    UnsubscribeRequest,
    UnsubscribeRequestHistory,
    UnsubscribeRequestReport,
)
from portal.notifications.models.history import (
    NotificationAllTimeView,
    NotificationHistory,
)
from portal.notifications.models.notification import (
    Notification,
    NotificationStatusType,
)
from portal.notifications.models.report import (
    ReportRequest,
)

__all__ = [
    "Complaint",
    "Notification",
    "NotificationAllTimeView",
    "NotificationHistory",
    "NotificationStatusType",
    "ReportRequest",
    "UnsubscribeRequest",
    "UnsubscribeRequestHistory",
    "UnsubscribeRequestReport",
]
