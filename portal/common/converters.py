"""Parts of addresses that are more than text."""

from __future__ import annotations

from django.urls import register_converter
from django.urls.converters import StringConverter


class TemplateTypeConverter(StringConverter):
    """The three kinds of message."""

    regex = "sms|email|letter"


class AnyTypeConverter(StringConverter):
    """The three kinds of message, and all of them."""

    regex = "all|sms|email|letter"


register_converter(TemplateTypeConverter, "template_type")
register_converter(AnyTypeConverter, "any_template_type")
