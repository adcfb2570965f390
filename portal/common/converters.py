"""Parts of addresses that are more than text."""

from __future__ import annotations

import datetime as dt

from django.urls import register_converter
from django.urls.converters import StringConverter


class TemplateTypeConverter(StringConverter):
    """The three kinds of message."""

    regex = "sms|email|letter"


class AnyTypeConverter(StringConverter):
    """The three kinds of message, and all of them."""

    regex = "all|sms|email|letter"


class DateConverter:
    """A day, as in 2026-11-21."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> dt.date:
        """Read a day. Raises ValueError for one that no calendar has, which is a 404."""
        return dt.date.fromisoformat(value)

    def to_url(self, value: dt.date) -> str:
        """Write a day."""
        return value.isoformat()


register_converter(TemplateTypeConverter, "template_type")
register_converter(AnyTypeConverter, "any_template_type")
register_converter(DateConverter, "simple_date")
