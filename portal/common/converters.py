"""Parts of addresses that are more than text."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
from uuid import UUID

from django.urls import register_converter
from django.urls.converters import StringConverter


class TemplateTypeConverter(StringConverter):
    """The three kinds of message."""

    regex = "sms|email|letter"


class AnyTypeConverter(StringConverter):
    """The three kinds of message, and all of them."""

    regex = "all|sms|email|letter"


class TicketTypeConverter(StringConverter):
    """What people write to the platform about."""

    regex = "report-problem|ask-question-give-feedback"


class LetterFileExtensionConverter(StringConverter):
    """The files that a letter is drawn as."""

    regex = "pdf|png"


class DateConverter:
    """A day, as in 2026-11-21."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> dt.date:
        """Read a day. Raises ValueError for one that no calendar has, which is a 404."""
        return dt.date.fromisoformat(value)

    def to_url(self, value: dt.date) -> str:
        """Write a day."""
        return value.isoformat()


class ShortIdConverter:
    """An id in the 22 characters of base64, as in links of e-mails."""

    regex = "[0-9A-Za-z_-]{22}"

    def to_python(self, value: str) -> UUID:
        """Read an id. Raises ValueError for what is none, which is a 404."""
        try:
            return UUID(bytes=base64.urlsafe_b64decode(f"{value}=="))
        except binascii.Error as error:
            raise ValueError(value) from error

    def to_url(self, value: UUID | str) -> str:
        """Write an id."""
        pk = value if isinstance(value, UUID) else UUID(value)
        return base64.urlsafe_b64encode(pk.bytes).decode().rstrip("=")


register_converter(TemplateTypeConverter, "template_type")
register_converter(AnyTypeConverter, "any_template_type")
register_converter(TicketTypeConverter, "ticket_type")
register_converter(LetterFileExtensionConverter, "letter_file_extension")
register_converter(DateConverter, "simple_date")
register_converter(ShortIdConverter, "base64_uuid")
