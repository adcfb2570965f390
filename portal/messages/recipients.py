"""Who a message goes to: phone numbers, e-mail addresses, postal addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import phonenumbers
from django.utils.translation import gettext as _

from portal.messages.email_addresses import (
    USUAL_ADDRESS,
    InvalidEmailAddress,
    parse_email_address,
)
from portal.messages.phone_numbers import (
    UK_MOBILE,
    InvalidPhoneNumber,
    PhoneNumber,
    parse_phone_number,
)
from portal.messages.postal_addresses import PostalAddress

UK_PREFIX = "44"
_GB: Any = phonenumbers.PhoneMetadata.metadata_for_region("GB")
# Files of customers are full of them; where they are refused, to know one is enough.
_UK_LANDLINE = re.compile(
    rf"(?:\+?44|0)({_GB.fixed_line.national_number_pattern})", re.ASCII
)
_MOBILE_LINE = re.compile(f"^{UK_MOBILE.pattern}$", re.MULTILINE | re.ASCII)
_ADDRESS_LINE = re.compile(f"^{USUAL_ADDRESS.pattern}$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a service may send, and to whom; None means no limit.

    `validate` and `validate_phone_numbers` may be off for a file that was checked before.
    """

    guest_list: frozenset[str] | None = None
    remaining_messages: int | None = None
    remaining_international_sms: int | None = None
    allow_international_sms: bool = False
    allow_international_letters: bool = False
    allow_sms_to_uk_landline: bool = False
    max_rows: int = 100_000
    validate: bool = True
    validate_phone_numbers: bool = True


@dataclass(frozen=True, slots=True)
class Recipient:
    """A phone number or an e-mail address as written in a file, and what becomes of it.

    `normalised` is empty for what is none; `prefix` decides what a text message costs.
    """

    normalised: str = ""
    error: str = ""
    prefix: str = UK_PREFIX
    multiplier: int | None = 1
    is_abroad: bool = False
    is_one_digit_too_long: bool = False


def format_recipient(recipient: str) -> str:
    """Return the form in which two spellings of one recipient are equal."""
    try:
        return parse_phone_number(recipient).normalised
    except InvalidPhoneNumber:
        pass
    try:
        return parse_email_address(recipient).lower()
    except InvalidEmailAddress:
        return recipient


def guest_list(recipients: Iterable[str]) -> frozenset[str]:
    """Return the recipients that a trial-mode service may send to."""
    return frozenset(format_recipient(recipient) for recipient in recipients)


def sendable_phone_number(value: str, limits: Limits) -> PhoneNumber:
    """Read a number the service may text, or raise InvalidPhoneNumber."""
    number = parse_phone_number(value)
    if code := _refusal(number, limits):
        raise InvalidPhoneNumber(code)
    return number


def _refusal(number: PhoneNumber, limits: Limits) -> str:
    return number.refusal(
        international=limits.allow_international_sms,
        landline=limits.allow_sms_to_uk_landline,
    )


def recipient_error(kind: str, value: str, limits: Limits) -> str:
    """Say what is wrong with one recipient typed by a person; empty when nothing.

    Only recipients of text messages and e-mails are checked here.
    """
    is_checked = kind in ("sms", "email")
    return read_recipient(kind, value, limits).error if is_checked else ""


def read_recipient(kind: str, value: str, limits: Limits) -> Recipient:
    """Read a recipient of a text message or an e-mail; errors are told, not raised."""
    try:
        if kind == "email":
            return Recipient(parse_email_address(value).lower())
        if not limits.validate_phone_numbers:
            return Recipient(value)
        return _read_phone_number(value, limits)
    except (InvalidPhoneNumber, InvalidEmailAddress) as error:
        return Recipient(error=error.message)


def _read_phone_number(value: str, limits: Limits) -> Recipient:
    landline = _UK_LANDLINE.fullmatch(value.replace(" ", ""))
    if landline and not limits.allow_sms_to_uk_landline:
        refusal = InvalidPhoneNumber("not_a_uk_mobile")
        return Recipient(f"{UK_PREFIX}{landline[1]}", refusal.message)
    number = parse_phone_number(value)
    code = _refusal(number, limits)
    error = InvalidPhoneNumber(code).message if code else ""
    if number.is_uk and not number.is_international:
        return Recipient(number.normalised, error)
    return Recipient(
        number.normalised,
        error,
        prefix=number.country_prefix,
        multiplier=number.rate_multiplier,
        is_abroad=not number.is_uk,
        is_one_digit_too_long=not number.is_uk and is_one_digit_too_long(value),
    )


def is_one_digit_too_long(value: str) -> bool:
    """Say whether a number for another country is likely meant as a UK mobile number.

    Without a + in front, 077009001234 is read as one of Kazakhstan.
    """
    digits = value.replace(" ", "")
    return not digits.startswith(("+", "00")) and bool(UK_MOBILE.fullmatch(digits[:-1]))


def address_error(address: PostalAddress) -> str:
    """Say what is wrong with a postal address; empty when a letter can be sent there."""
    if address.is_valid:
        return ""
    if not address.has_enough_lines:
        return _("Address must be at least 3 lines long")
    if address.has_too_many_lines:
        return _("Address must be no more than 7 lines long")
    if address.has_country_on_bfpo:
        return _("The last line of a BFPO address must not be a country")
    if not address.has_valid_last_line:
        if address.allow_international:
            return _("The last line of the address must be a UK postcode or a country")
        return _("The last line of the address must be a UK postcode")
    if address.has_no_fixed_abode:
        return _("‘No fixed abode’ is not a real address")
    if address.has_invalid_characters:
        return _("A line of the address starts with a character that is not allowed")
    return _("The first two lines of the address must have letters or numbers")


def plain_recipients(kind: str, values: list[str]) -> list[str] | None:
    """Return many recipients in their normal form if all are of the plainest kind.

    These are UK mobile numbers and common e-mail addresses, recognised all at once;
    None where even one wants a closer look.
    """
    text = "\n".join(values)
    if text.count("\n") != len(values) - 1:
        return None
    if kind == "sms":
        found = _MOBILE_LINE.findall(text.replace(" ", ""))
        mobiles = [UK_PREFIX + national for national in found]
        return mobiles if len(mobiles) == len(values) else None
    if "--" in text or "-." in text:
        return None
    if len(_ADDRESS_LINE.findall(text)) != len(values):
        return None
    return text.lower().split("\n")
