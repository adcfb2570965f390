"""The app's name and title."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlatformConfig(AppConfig):
    """Platform of the portal."""

    name = "portal.platform"
    verbose_name = _("Platform")
