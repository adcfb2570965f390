"""Managers of mirror models."""

from __future__ import annotations

from typing import Any, TypeVar, cast

from django.db.models import Manager

from portal.remote.query import RemoteQuerySet

QS = TypeVar("QS", bound=RemoteQuerySet[Any])


class RemoteManager(Manager.from_queryset(RemoteQuerySet)):  # type: ignore[misc]
    """The manager of a mirror model without queries of its own."""


def manager_of(queryset: type[QS]) -> QS:
    """Make a QuerySet's manager, typed as the QuerySet whose methods it has."""
    return cast(QS, RemoteManager.from_queryset(queryset)())
