"""Columns of the API's database that Django has no exact field for."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone


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
