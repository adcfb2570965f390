"""Columns of the API's database that Django has no exact field for."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone

# What may be assigned to a field, and what it gives; django-stubs fills them in.
_Set = TypeVar("_Set")
_Get = TypeVar("_Get")


class NumericField(models.DecimalField):  # type: ignore[type-arg]
    """PostgreSQL's ``numeric`` without precision or scale."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max_digits": 38, "decimal_places": 10} | kwargs)

    def db_type(self, connection: BaseDatabaseWrapper) -> str | None:
        if connection.vendor == "postgresql":
            return "numeric"
        return super().db_type(connection)


class UpdatedAtField(models.DateTimeField):  # type: ignore[type-arg]
    """Empty when a row is made, the time of the last change after that."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"blank": True, "editable": False} | kwargs)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        if not add:
            setattr(model_instance, self.attname, timezone.now())
        return super().pre_save(model_instance, add)


class MirrorKey(models.ForeignKey[_Set, _Get]):
    """A foreign key of the API's database: the API cascades, checks and indexes it."""

    def __init__(self, to: Any, **kwargs: Any) -> None:
        kwargs.setdefault("on_delete", models.DO_NOTHING)
        kwargs.setdefault("db_constraint", False)
        kwargs.setdefault("db_index", False)
        super().__init__(to, **kwargs)
