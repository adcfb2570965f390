"""The app's name and title."""

from __future__ import annotations

from django.apps import AppConfig


class SandboxConfig(AppConfig):
    """A Notify API of the portal's own, to work, train and test against."""

    name = "portal.sandbox"

    def ready(self) -> None:
        from portal.sandbox import limits  # needs the apps to be loaded

        limits.connect()
