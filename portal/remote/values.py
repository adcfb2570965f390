"""Values of the API's JSON as Python values, and back."""

from __future__ import annotations

import datetime as dt
import decimal
import uuid
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from portal.remote.errors import InvalidResponse

_DERIVED = uuid.uuid5(uuid.NAMESPACE_DNS, "rows.notify.internal")


def parse_time(value: str) -> dt.datetime:
    """Read any of the API's time formats as an aware time in UTC.

    ISO with or without microseconds, zone or "T", RFC 1123, or a date alone.
    """
    try:
        parsed = dt.datetime.fromisoformat(value.strip())
    except ValueError:
        parsed = parsedate_to_datetime(value)
    if parsed.tzinfo is None:
        return parsed.replace(tzinfo=dt.UTC)
    return parsed.astimezone(dt.UTC)


@lru_cache(maxsize=8192)
def parse_id(value: str) -> uuid.UUID:
    """Read an id; the same ones come again and again: a list names its service in each line."""
    return uuid.UUID(value)


def parse(field: models.Field[Any, Any], value: Any) -> Any:
    """Read one value of a row as the field's Python type."""
    try:
        if value == "" and field.null and not _is_text(field):
            return None
        if isinstance(value, str) and isinstance(field, models.DateField):
            moment = parse_time(value)
            return moment if isinstance(field, models.DateTimeField) else moment.date()
        if isinstance(value, float) and isinstance(field, models.DecimalField):
            # JSON's 0.024 is meant, not the binary number next to it.
            value = repr(value)
        return field.to_python(value)
    except (ValidationError, ValueError) as error:
        raise InvalidResponse(
            f"The API gave a value for {field.model._meta.label}.{field.name} that it cannot have."
        ) from error


def wire(value: Any) -> Any:
    """Write a Python value as the API's JSON has it."""
    if isinstance(value, models.Model):
        value = value.pk
    if isinstance(value, dt.datetime):
        moment = value if value.tzinfo else value.replace(tzinfo=dt.UTC)
        return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, (uuid.UUID, decimal.Decimal)):
        return str(value)
    return value


def derived_id(*natural: Any) -> str:
    """Make a key of what tells a row apart, where the API keeps the row's own to itself."""
    return str(uuid.uuid5(_DERIVED, "/".join(map(str, natural))))


def _is_text(field: models.Field[Any, Any]) -> bool:
    return isinstance(field, (models.CharField, models.TextField))
