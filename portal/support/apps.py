"""The app's name and title."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SupportConfig(AppConfig):
    """What people ask the team that runs the platform."""

    name = "portal.support"
    verbose_name = _("Support")
