"""The app's name and title."""

from __future__ import annotations

from django.apps import AppConfig
from django.core.checks import register
from django.utils.translation import gettext_lazy as _


class RemoteConfig(AppConfig):
    """The machinery over the Notify API; registers its system checks."""

    name = "portal.remote"
    verbose_name = _("Notify API")

    def ready(self) -> None:
        from portal.remote import checks

        register(checks.check_mirror_models)
        register(checks.check_admin_columns)
