"""The app's name and title."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MessageTemplatesConfig(AppConfig):
    """Templates of the portal."""

    name = "portal.message_templates"
    verbose_name = _("Templates")
