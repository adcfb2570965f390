"""The app's name and title."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    """Notifications of the portal."""

    name = "portal.notifications"
    verbose_name = _("Notifications")
