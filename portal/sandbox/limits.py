"""Lengths of columns, which SQLite does not mind but the API's database does."""

from __future__ import annotations

from typing import Any

from django.db import DataError, models
from django.db.models.signals import pre_save


def connect() -> None:
    """Check the length of all that is saved."""
    pre_save.connect(refuse_too_long, dispatch_uid="sandbox-limits")


def refuse_too_long(sender: type[models.Model], instance: Any, **_: Any) -> None:
    """Fail as PostgreSQL does when a text is longer than its column."""
    for field in sender._meta.concrete_fields:
        if not isinstance(field, models.CharField) or field.max_length is None:
            continue
        value = instance.__dict__.get(field.attname)
        if isinstance(value, str) and len(value) > field.max_length:
            raise DataError(f"{field.attname} is longer than {field.max_length}.")
