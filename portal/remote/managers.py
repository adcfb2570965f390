"""Managers of mirror models."""

from __future__ import annotations

from typing import Any

from django.db.models import Manager

from portal.remote.query import RemoteQuerySet


class RemoteManager(Manager.from_queryset(RemoteQuerySet)):  # type: ignore[misc]
    """The manager of a mirror model; domains make theirs with ``from_queryset``."""

    use_in_migrations = False

    def __class_getitem__(cls, *args: Any) -> type[RemoteManager]:
        return cls
