"""The app's name and title."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    """Reports and figures of the portal."""

    name = "portal.reports"
    verbose_name = _("Reports and figures")
