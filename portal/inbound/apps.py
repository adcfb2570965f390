"""The app's name and title."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InboundConfig(AppConfig):
    """Received text messages of the portal."""

    name = "portal.inbound"
    verbose_name = _("Received text messages")
