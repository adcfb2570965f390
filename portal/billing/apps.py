"""The app's name and title."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BillingConfig(AppConfig):
    """Usage and rates of the portal."""

    name = "portal.billing"
    verbose_name = _("Usage and rates")
