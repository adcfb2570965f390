"""The Django project: settings, paths, background; no logic."""

from __future__ import annotations

from notify_admin.celery import app as celery_app

__all__ = ["celery_app"]
