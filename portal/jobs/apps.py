"""The app's name and title."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JobsConfig(AppConfig):
    """Jobs of the portal."""

    name = "portal.jobs"
    verbose_name = _("Jobs")
