"""Which database a model's queries go to."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db.models import Model

from portal.remote.models import RemoteModel


class PortalRouter:
    """Mirror models: the API, or the replica their instance came from; the rest: default."""

    api = "notify_api"

    def db_for_read(
        self, model: type[Model], instance: Model | None = None, **hints: Any
    ) -> str:
        """Follow relations of an object on the source that it was read from."""
        if not issubclass(model, RemoteModel):
            return "default"
        if isinstance(instance, RemoteModel):
            return instance._state.db or self.api
        return self.api

    def db_for_write(self, model: type[Model], **hints: Any) -> str:
        """Write through the API, wherever an object was read."""
        return self.api if issubclass(model, RemoteModel) else "default"

    def allow_relation(self, one: Model, other: Model, **hints: Any) -> bool | None:
        """Relate mirror objects of different sources; they are the same data."""
        if isinstance(one, RemoteModel) or isinstance(other, RemoteModel):
            return True
        return None

    def allow_migrate(
        self, db: str, app_label: str, model_name: str | None = None, **hints: Any
    ) -> bool | None:
        """Migrate local models only; Django's admin log is not used."""
        if db != "default" or app_label == "admin":
            return False
        model = apps.all_models.get(app_label, {}).get(model_name or "")
        if model is not None and issubclass(model, RemoteModel):
            return False
        return None
