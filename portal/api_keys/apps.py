"""The app's name and title."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ApiKeysConfig(AppConfig):
    """API keys of the portal."""

    name = "portal.api_keys"
    verbose_name = _("API keys")
