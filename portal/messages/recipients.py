"""Who a message goes to: phone numbers, e-mail addresses, postal addresses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from portal.messages.email_addresses import InvalidEmailAddress, parse_email_address
from portal.messages.phone_numbers import (
    InvalidPhoneNumber,
    PhoneNumber,
    parse_phone_number,
)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a service may send, and to whom; None means no limit."""

    guest_list: frozenset[str] | None = None
    remaining_messages: int | None = None
    remaining_international_sms: int | None = None
    allow_international_sms: bool = False
    allow_international_letters: bool = False
    allow_sms_to_uk_landline: bool = False
    max_rows: int = 100_000


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
    code = number.refusal(
        international=limits.allow_international_sms,
        landline=limits.allow_sms_to_uk_landline,
    )
    if code:
        raise InvalidPhoneNumber(code)
    return number


def recipient_error(kind: str, value: str, limits: Limits) -> str:
    """Say what is wrong with one recipient typed by a person; empty when nothing."""
    try:
        if kind == "sms":
            sendable_phone_number(value, limits)
        elif kind == "email":
            parse_email_address(value)
    except (InvalidPhoneNumber, InvalidEmailAddress) as error:
        return error.message
    return ""
