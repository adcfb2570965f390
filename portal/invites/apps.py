"""The app's name and title."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InvitesConfig(AppConfig):
    """Invitations of the portal."""

    name = "portal.invites"
    verbose_name = _("Invitations")
