"""The Django admin site of the portal: one sign-in, its own audit."""

from __future__ import annotations

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig


class PortalAdminSite(AdminSite):
    """The superusers' side of the portal."""


class PortalAdminConfig(AdminConfig):
    """Django's admin with the portal's site."""

    default_site = "portal.common.site.PortalAdminSite"
