"""The app's name and title."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RemoteConfig(AppConfig):
    """The machinery over the Notify API; registers its system checks."""

    name = "portal.remote"
    verbose_name = _("Notify API")
