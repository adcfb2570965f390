"""The app's name and title."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UsersConfig(AppConfig):
    """Users of the portal."""

    name = "portal.users"
    verbose_name = _("Users")
