"""The app's name and title."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommonConfig(AppConfig):
    """Portal of the portal."""

    name = "portal.common"
    verbose_name = _("Portal")
