"""The app's name and title."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BrandingConfig(AppConfig):
    """Branding of the portal."""

    name = "portal.branding"
    verbose_name = _("Branding")
