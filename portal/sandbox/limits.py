"""Lengths and types of columns, which the API's database minds and SQLite does not."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import DataError, models
from django.db.models.expressions import Combinable
from django.db.models.signals import pre_save

from portal.sandbox.refusals import Refusal


def connect() -> None:
    """Check the length of all that is saved."""
    pre_save.connect(refuse_too_long, dispatch_uid="sandbox-limits")


def refuse_too_long(sender: type[models.Model], instance: Any, **_: Any) -> None:
    """Fail as PostgreSQL does when a text is longer than its column."""
    for field in sender._meta.concrete_fields:
        refuse_other_type(field, instance.__dict__.get(field.attname))
        if not isinstance(field, models.CharField) or field.max_length is None:
            continue
        value = instance.__dict__.get(field.attname)
        if isinstance(value, str) and len(value) > field.max_length:
            raise DataError(f"{field.attname} is longer than {field.max_length}.")


def refuse_other_type(field: Any, value: Any) -> None:
    """Refuse a value that cannot become one of the column's."""
    if isinstance(value, Combinable):
        return
    try:
        field.to_python(value)
    except (ValidationError, ValueError, TypeError) as error:
        told = f"Not a valid {field.get_internal_type().removesuffix('Field')}."
        raise Refusal({field.name: [told]}) from error
