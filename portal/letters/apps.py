"""The app's name and title."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LettersConfig(AppConfig):
    """Letters of the portal."""

    name = "portal.letters"
    verbose_name = _("Letters")
