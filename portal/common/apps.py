"""The app's name and title."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_delete, post_save
from django.utils.translation import gettext_lazy as _


class CommonConfig(AppConfig):
    """Portal of the portal."""

    name = "portal.common"
    verbose_name = _("Portal")

    def ready(self) -> None:
        """Let the audit log hear of what is saved and deleted through the API."""
        from portal.common import audit

        post_save.connect(audit.saved, dispatch_uid="audit saved")
        post_delete.connect(audit.deleted, dispatch_uid="audit deleted")
