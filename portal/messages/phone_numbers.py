"""Phone numbers as the platform reads them: UK mobiles fast, all others by metadata."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import phonenumbers
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from phonenumbers import PhoneNumberType, ValidationResult

from portal.messages.country_prefixes import (
    CROWN_DEPENDENCY_MULTIPLIER,
    RATE_MULTIPLIERS,
    UNREACHABLE,
    billing_prefix,
)

MESSAGES: dict[str, Promise] = {
    "too_long": _("Mobile number is too long"),
    "too_short": _("Mobile number is too short"),
    "unknown_character": _(
        "Mobile numbers can only include: 0 1 2 3 4 5 6 7 8 9 ( ) + -"
    ),
    "invalid_number": _(
        "Number is not valid – double check the phone number you entered"
    ),
    "not_a_uk_mobile": _(
        "This does not look like a UK mobile number –"
        " double check the mobile number you entered"
    ),
    "unsupported_country_code": _(
        "Country code not found – double check the mobile number you entered"
    ),
    "unsupported_emergency_number": _("Phone number cannot be an emergency number"),
}
_API_MESSAGES = {
    "too_long": "Too many digits",
    "too_short": "Not enough digits",
    "unknown_character": "Must not contain letters or symbols",
}

_ALLOWED_CHARACTERS = re.compile(r"[0-9()+\- \t\u2013\u00a0\u200b-\u200d\u2060\ufeff]*")
_LONGEST = 100
_NOT_DIGITS = re.compile(r"[^0-9]+")
# Numbers kept free for films and television begin so; metadata calls them invalid.
_FICTION = "7700"
_GB: Any = phonenumbers.PhoneMetadata.metadata_for_region("GB")
# Nearly every number in a file is one of these; the metadata's own pattern leaves the
# crown dependencies out, and to match it is 60 times faster than to parse a number.
_UK_MOBILE = re.compile(
    rf"(?:\+?44|0044|0)?({_GB.mobile.national_number_pattern}|{_FICTION}\d{{6}})"
)
_MOBILE_TYPES = {
    PhoneNumberType.MOBILE,
    PhoneNumberType.FIXED_LINE_OR_MOBILE,
    PhoneNumberType.PERSONAL_NUMBER,
}
_SENDABLE_TYPES = _MOBILE_TYPES | {PhoneNumberType.FIXED_LINE, PhoneNumberType.UAN}
_EMERGENCY = {"999", "112"}


class InvalidPhoneNumber(ValueError):
    """A number that cannot be used, with a code and a message for people."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code

    @property
    def message(self) -> str:
        return str(MESSAGES[self.code])

    @property
    def api_message(self) -> str:
        """What the API answers for the same number."""
        return _API_MESSAGES.get(self.code, self.message)


@dataclass(frozen=True, slots=True)
class PhoneNumber:
    """A usable phone number."""

    normalised: str
    human_readable: str
    country_code: int
    is_mobile: bool
    is_international: bool
    is_crown_dependency: bool = False

    @property
    def is_uk(self) -> bool:
        return self.country_code == 44

    @property
    def country_prefix(self) -> str:
        """The prefix that decides what a text message costs."""
        return billing_prefix(self.normalised, self.country_code)

    @property
    def rate_multiplier(self) -> int | None:
        """What a text message costs compared with the UK; None where unknown."""
        if self.is_crown_dependency:
            return CROWN_DEPENDENCY_MULTIPLIER
        return RATE_MULTIPLIERS.get(self.country_prefix)

    def refusal(self, *, international: bool = False, landline: bool = False) -> str:
        """Return the code of why the service may not text it; empty when it may."""
        if self.is_uk:
            return "" if self.is_mobile or landline else "not_a_uk_mobile"
        if not international:
            return "not_a_uk_mobile"
        return "unsupported_country_code" if self.country_prefix in UNREACHABLE else ""


def parse_phone_number(raw: str, *, service_contact: bool = False) -> PhoneNumber:
    """Read a number in any common layout, or raise InvalidPhoneNumber.

    `service_contact` is for a service's own contact number, which may have three
    digits unless it is an emergency number.
    """
    if match := _UK_MOBILE.fullmatch(raw.replace(" ", "")):
        national = match[1]
        return PhoneNumber(
            f"44{national}",
            f"0{national[:4]} {national[4:]}",
            44,
            is_mobile=True,
            is_international=False,
        )
    if len(raw) > _LONGEST:
        raise InvalidPhoneNumber("too_long")
    if _ALLOWED_CHARACTERS.fullmatch(raw) is None:
        raise InvalidPhoneNumber("unknown_character")
    return _parsed(raw, service_contact)


@lru_cache(maxsize=4096)
def _parsed(raw: str, service_contact: bool) -> PhoneNumber:
    digits = _NOT_DIGITS.sub("", raw)
    if service_contact:
        if digits.lstrip("0") in _EMERGENCY:
            raise InvalidPhoneNumber("unsupported_emergency_number")
        if len(digits) == 3:
            return PhoneNumber(f"44{digits}", digits, 44, True, True, True)
    try:
        domestic = phonenumbers.parse(digits, "GB")
    except phonenumbers.NumberParseException as error:
        raise InvalidPhoneNumber(_unreadable(raw, error)) from error
    return _number(_chosen(raw, digits, domestic))


def _chosen(
    raw: str, digits: str, domestic: phonenumbers.PhoneNumber
) -> phonenumbers.PhoneNumber:
    """Take a + at its word where that gives a number, else prefer the UK reading."""
    international = _international(digits)
    forced = raw.lstrip().startswith("+")
    if forced and international and _is_sendable(international):
        return international
    if _is_possible(domestic):
        if _is_sendable(domestic):
            return domestic
        raise InvalidPhoneNumber("invalid_number")
    if international is None or not _is_possible(international):
        raise InvalidPhoneNumber(_wrong_length(domestic, international, digits))
    if not _is_sendable(international):
        raise InvalidPhoneNumber("invalid_number")
    return international


def _international(digits: str) -> phonenumbers.PhoneNumber | None:
    try:
        return phonenumbers.parse(f"+{digits.lstrip('0')}")
    except phonenumbers.NumberParseException:
        return None


def _is_possible(number: phonenumbers.PhoneNumber) -> bool:
    reason = phonenumbers.is_possible_number_with_reason(number)
    return reason == ValidationResult.IS_POSSIBLE


def _is_sendable(number: phonenumbers.PhoneNumber) -> bool:
    if not _is_possible(number):
        return False
    return _is_fiction(number) or phonenumbers.number_type(number) in _SENDABLE_TYPES


def _is_fiction(number: phonenumbers.PhoneNumber) -> bool:
    return str(number.national_number).startswith(_FICTION)


def _wrong_length(
    domestic: phonenumbers.PhoneNumber,
    international: phonenumbers.PhoneNumber | None,
    digits: str,
) -> str:
    reason = phonenumbers.is_possible_number_with_reason(domestic)
    if reason in (ValidationResult.TOO_LONG, ValidationResult.INVALID_LENGTH):
        return "too_long" if digits.strip("0") else "too_short"
    # Neither reading is a whole number, though one of them begins like one.
    is_stump = international is not None and (
        domestic.country_code != 44
        or phonenumbers.is_possible_number_with_reason(international)
        == ValidationResult.IS_POSSIBLE_LOCAL_ONLY
    )
    return "invalid_number" if is_stump else "too_short"


def _unreadable(raw: str, error: phonenumbers.NumberParseException) -> str:
    if error.error_type == phonenumbers.NumberParseException.TOO_SHORT_AFTER_IDD:
        return "too_short"
    return "too_short" if raw == "" or raw.startswith("+") else "invalid_number"


def _number(parsed: phonenumbers.PhoneNumber) -> PhoneNumber:
    is_uk = parsed.country_code == 44
    fiction = _is_fiction(parsed)
    region = phonenumbers.region_code_for_number(parsed)
    crown = is_uk and not fiction and region in ("GG", "JE", "IM")
    layout = (
        phonenumbers.PhoneNumberFormat.NATIONAL
        if is_uk
        else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    )
    national = phonenumbers.national_significant_number(parsed)
    return PhoneNumber(
        f"{parsed.country_code}{national}",
        phonenumbers.format_number(parsed, layout),
        parsed.country_code or 0,
        is_mobile=fiction or phonenumbers.number_type(parsed) in _MOBILE_TYPES,
        is_international=not fiction and (crown or not is_uk),
        is_crown_dependency=crown,
    )
