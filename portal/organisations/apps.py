"""The app's name and title."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganisationsConfig(AppConfig):
    """Organisations of the portal."""

    name = "portal.organisations"
    verbose_name = _("Organisations")
