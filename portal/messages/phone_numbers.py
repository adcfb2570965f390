"""Phone numbers as the platform reads them: common ones fast, all others by metadata."""

from __future__ import annotations

import re
import string
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import phonenumbers
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from phonenumbers import PhoneNumberType, ValidationResult

from portal.messages.country_prefixes import (
    NUMERIC_SENDER,
    RATE_MULTIPLIERS,
    billing_prefix,
    is_reachable,
)
from portal.messages.numbering_plans import number_abroad, only_digits
from portal.messages.sms_characters import ASCII, downgraded
from portal.messages.text import INVISIBLE, ODD_SPACES

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

_NOT_ALLOWED = re.compile(
    rf"[^0-9()+\-{re.escape(string.whitespace + INVISIBLE + ODD_SPACES)}]"
)
_LETTER = re.compile("[A-Za-z]")
# Numbers kept free for films and television begin so; metadata calls them invalid.
_FICTION = "7700"
_GB: Any = phonenumbers.PhoneMetadata.metadata_for_region("GB")
# Nearly every number in a file is one of these; the metadata's own pattern leaves the
# crown dependencies out, and to match it is 60 times faster than to parse a number.
UK_MOBILE = re.compile(
    rf"(?:\+?44|0044|0)?({_GB.mobile.national_number_pattern}|{_FICTION}\d{{6}})",
    re.ASCII,
)
_LANDLINE_TYPES = {
    PhoneNumberType.FIXED_LINE,
    PhoneNumberType.FIXED_LINE_OR_MOBILE,
    PhoneNumberType.UAN,
}
_SENDABLE_TYPES = _LANDLINE_TYPES | {
    PhoneNumberType.MOBILE,
    PhoneNumberType.PERSONAL_NUMBER,
}
_IMPOSSIBLE = {
    ValidationResult.TOO_LONG: "too_long",
    ValidationResult.TOO_SHORT: "too_short",
    ValidationResult.IS_POSSIBLE_LOCAL_ONLY: "too_short",
    ValidationResult.INVALID_COUNTRY_CODE: "unsupported_country_code",
}
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
    """A usable phone number; `layout` is how people write it, where that is known."""

    normalised: str
    layout: str
    country_code: int
    is_mobile: bool
    is_international: bool
    is_crown_dependency: bool = False

    @property
    def is_uk(self) -> bool:
        return self.country_code == 44

    @property
    def human_readable(self) -> str:
        """The number as people write it: `07900 900123`, `+33 6 12 34 56 78`."""
        if self.layout:
            return self.layout
        # To lay it out takes longer than to read it, and few are ever shown.
        national = self.normalised.removeprefix(str(self.country_code))
        number = phonenumbers.PhoneNumber(self.country_code, int(national))
        return _laid_out(number)

    @property
    def country_prefix(self) -> str:
        """The prefix that decides what a text message costs."""
        return billing_prefix(self.normalised, self.country_code)

    @property
    def rate_multiplier(self) -> int | None:
        """What a text message costs compared with the UK; None where unknown."""
        return RATE_MULTIPLIERS.get(self.country_prefix) if self.is_international else 1

    @property
    def needs_numeric_sender(self) -> bool | None:
        """Whether a sender's name would be replaced; None where that is unknown."""
        prefix = self.country_prefix
        return prefix in NUMERIC_SENDER if prefix in RATE_MULTIPLIERS else None

    def refusal(self, *, international: bool = False, landline: bool = False) -> str:
        """Return the code of why the service may not text it; empty when it may."""
        if self.is_uk:
            return "" if self.is_mobile or landline else "not_a_uk_mobile"
        if not international:
            return "not_a_uk_mobile"
        return "" if is_reachable(self.country_code) else "unsupported_country_code"


def parse_phone_number(raw: str, *, service_contact: bool = False) -> PhoneNumber:
    """Read a number in any common layout, or raise InvalidPhoneNumber.

    `service_contact` is for a service's own contact number, which may have three
    digits unless it is an emergency number.
    """
    if match := UK_MOBILE.fullmatch(only_digits(raw)):
        national = match[1]
        return PhoneNumber(
            f"44{national}",
            f"0{national[:4]} {national[4:]}",
            44,
            is_mobile=True,
            is_international=False,
        )
    if abroad := number_abroad(raw):
        return PhoneNumber(
            abroad.digits,
            "",
            abroad.country_code,
            abroad.is_mobile,
            is_international=True,
        )
    return _parsed(raw, service_contact)


@lru_cache(maxsize=4096)
def _parsed(raw: str, service_contact: bool) -> PhoneNumber:
    if _LETTER.search(raw):
        raise InvalidPhoneNumber("unknown_character")
    try:
        return _number(_read(raw, service_contact))
    except InvalidPhoneNumber:
        pass
    # Many numbers are nearly right: a stray nought before the country's code, or a +.
    plain = "".join(downgraded(c, ASCII) for c in raw.replace("+", "").lstrip("0"))
    return _number(_read(plain, service_contact))


def _read(raw: str, service_contact: bool) -> phonenumbers.PhoneNumber:
    if _NOT_ALLOWED.search(raw):
        raise InvalidPhoneNumber("unknown_character")
    if not raw:
        raise InvalidPhoneNumber("too_short")
    try:
        number = phonenumbers.parse(raw, "GB")
    except phonenumbers.NumberParseException as error:
        raise InvalidPhoneNumber("invalid_number") from error
    national = str(number.national_number)
    if service_contact and len(national) == 3:
        if national in _EMERGENCY:
            raise InvalidPhoneNumber("unsupported_emergency_number")
        return number
    number = _possible(number, raw)
    if not (_is_sendable(number) or _is_fiction(number)):
        raise InvalidPhoneNumber("invalid_number")
    return number


def _possible(number: phonenumbers.PhoneNumber, raw: str) -> phonenumbers.PhoneNumber:
    """Return the number, or what it is abroad where it is too long or short for here."""
    reason = phonenumbers.is_possible_number_with_reason(number)
    if reason == ValidationResult.IS_POSSIBLE:
        return number
    try:
        abroad = phonenumbers.parse(f"+{raw}")
    except phonenumbers.NumberParseException:
        abroad = None
    if abroad is None or not phonenumbers.is_possible_number(abroad):
        raise InvalidPhoneNumber(_IMPOSSIBLE.get(reason, "invalid_number"))
    return abroad


def _is_sendable(number: phonenumbers.PhoneNumber) -> bool:
    return (
        phonenumbers.is_valid_number(number)
        and phonenumbers.number_type(number) in _SENDABLE_TYPES
    )


def _is_fiction(number: phonenumbers.PhoneNumber) -> bool:
    national = str(number.national_number)
    return national.startswith(_FICTION) and len(national) > len(_FICTION)


def _number(parsed: phonenumbers.PhoneNumber) -> PhoneNumber:
    is_uk = parsed.country_code == 44
    is_british = phonenumbers.region_code_for_number(parsed) == "GB"
    e164 = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    is_international = not (is_british or _is_fiction(parsed))
    return PhoneNumber(
        e164.removeprefix("+"),
        _laid_out(parsed),
        parsed.country_code or 0,
        is_mobile=phonenumbers.number_type(parsed) not in _LANDLINE_TYPES,
        is_international=is_international,
        is_crown_dependency=is_uk and is_international,
    )


def _laid_out(number: phonenumbers.PhoneNumber) -> str:
    layout = phonenumbers.PhoneNumberFormat
    is_uk = number.country_code == 44
    return phonenumbers.format_number(
        number, layout.NATIONAL if is_uk else layout.INTERNATIONAL
    )
