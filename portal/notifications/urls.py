"""Addresses of sent messages."""

from __future__ import annotations

from django.urls import path

from portal.common import converters  # noqa: F401  registers <template_type:…>
from portal.notifications.views import sent

app_name = "notifications"

SERVICE = "services/<uuid:service_id>"

urlpatterns = [
    path(f"{SERVICE}/notifications", sent.view_notifications, name="list"),
    path(
        f"{SERVICE}/notifications/<template_type:message_type>",
        sent.view_notifications,
        name="list",
    ),
    path(
        f"{SERVICE}/notification/<uuid:notification_id>",
        sent.view_notification,
        name="view",
    ),
]
