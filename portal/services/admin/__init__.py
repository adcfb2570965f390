"""The superusers' pages of services and their settings."""

from __future__ import annotations

from portal.services.admin.service import ServiceAdmin

__all__ = ["ServiceAdmin"]
