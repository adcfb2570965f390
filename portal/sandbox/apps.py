"""The app's name and title."""

from __future__ import annotations

from django.apps import AppConfig


class SandboxConfig(AppConfig):
    """A Notify API of the portal's own, to work, train and test against."""

    name = "portal.sandbox"

    def ready(self) -> None:
        # These need the apps to be loaded.
        from portal.remote.schema import mirror_models
        from portal.sandbox import clock, limits

        limits.connect()
        clock.rule(mirror_models())
