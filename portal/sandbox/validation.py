"""Bodies and queries checked against the API's JSON schemas, with its sentences."""

from __future__ import annotations

import datetime
import json
import re
import uuid
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft7Validator, FormatChecker, ValidationError

from portal.messages.email_addresses import InvalidEmailAddress, parse_email_address
from portal.messages.phone_numbers import InvalidPhoneNumber, parse_phone_number
from portal.sandbox import clock
from portal.sandbox.refusals import SchemaRefusal

NOT_AN_ADDRESS = "Not a valid email address"
WEEKS = re.compile(r"(\d+) weeks?")
MOST_WEEKS = 78
DATE = re.compile(r"\d{4}-\d\d-\d\d")

SCHEMAS: dict[str, Any] = json.loads(
    (Path(__file__).parent / "schemas.json").read_text(encoding="utf-8")
)
formats = FormatChecker(formats=())
Check = Callable[[Any], bool]


def checks(
    name: str, raises: type[Exception] | tuple[type[Exception], ...] = ()
) -> Callable[[Check], Check]:
    """Register the check of a format; it may raise the sentence to answer with."""

    def register(check_format: Check) -> Check:
        formats.checks(name, raises)(check_format)
        return check_format

    return register


def check(data: Any, schema: str) -> Any:
    """Return ``data`` when it satisfies the schema of that name, or refuse with 400."""
    told = map(_sentence, _validator(schema).iter_errors(data))
    if messages := list(dict.fromkeys(told)):
        raise SchemaRefusal(messages)
    return data


@cache
def _validator(schema: str) -> Draft7Validator:
    return Draft7Validator(SCHEMAS[schema], format_checker=formats)


def _sentence(error: ValidationError) -> str:
    told = str(error.cause) if error.cause else error.message
    if not error.cause and isinstance(error.schema, dict):
        told = error.schema.get("validationMessage", told)
    field = f"{error.path[0]} " if error.path else ""
    return field + told.replace("'", "")


@checks("validate_uuid", raises=ValueError)
def is_uuid(value: Any) -> bool:
    """A UUID in any of its spellings."""
    if isinstance(value, str):
        try:
            uuid.UUID(value)
        except ValueError as error:
            raise ValueError("is not a valid UUID") from error
    return True


@checks("date", raises=ValueError)
def is_date(value: Any) -> bool:
    """2030-01-31; a date that does not exist says why."""
    if not isinstance(value, str):
        return True
    return bool(DATE.fullmatch(value) and datetime.date.fromisoformat(value))


@checks("uuid")
def is_canonical_uuid(value: Any) -> bool:
    """A UUID with its four hyphens."""
    if not isinstance(value, str):
        return True
    try:
        uuid.UUID(value)
    except ValueError:
        return False
    return value.count("-") == 4


@checks("email_address", raises=ValueError)
def is_email_address(value: Any) -> bool:
    """An address that could get an e-mail."""
    if isinstance(value, str):
        try:
            parse_email_address(value)
        except InvalidEmailAddress as error:
            raise ValueError(NOT_AN_ADDRESS) from error
    return True


UK_POSTAGE = ("first", "second", "economy")
POSTAGE = (*UK_POSTAGE, "europe", "rest-of-world")


@checks("postage", raises=ValueError)
def is_uk_postage(value: Any) -> bool:
    """A class of post within the country."""
    if isinstance(value, str) and value not in UK_POSTAGE:
        raise ValueError("invalid. It must be either first, second or economy.")
    return True


@checks("postage_including_international", raises=ValueError)
def is_postage(value: Any) -> bool:
    """A class of post to anywhere."""
    if isinstance(value, str) and value not in POSTAGE:
        raise ValueError(
            "invalid. It must be first, second, economy, europe or rest-of-world."
        )
    return True


@checks("phone_number", raises=ValueError)
def is_phone_number(value: Any) -> bool:
    """A number that could get a text message."""
    if isinstance(value, str):
        try:
            parse_phone_number(value)
        except InvalidPhoneNumber as error:
            raise ValueError(error.api_message) from error
    return True


@checks("datetime_within_next_day", raises=ValueError)
def is_soon(value: Any) -> bool:
    """A time within 24 hours."""
    if not isinstance(value, str):
        return True
    try:
        moment = datetime.datetime.fromisoformat(value).replace(tzinfo=datetime.UTC)
    except ValueError as error:
        raise ValueError(
            "datetime format is invalid. It must be a valid ISO8601 date time format, "
            "https://en.wikipedia.org/wiki/ISO_8601"
        ) from error
    if moment < clock.now():
        raise ValueError("datetime can not be in the past")
    if moment > clock.now() + datetime.timedelta(hours=24):
        raise ValueError("datetime can only be 24 hours in the future")
    return True


@checks("send_a_file_retention_period", raises=ValueError)
def is_retention_period(value: Any) -> bool:
    """So many weeks, as in "4 weeks"."""
    words = WEEKS.fullmatch(value.strip().lower()) if isinstance(value, str) else None
    if value is None or (words and 1 <= int(words[1]) <= MOST_WEEKS):
        return True
    raise ValueError(
        f"Unsupported value for retention_period: {value}. "
        f"Supported periods are from 1 to {MOST_WEEKS} weeks."
    )


@checks("send_a_file_filename", raises=ValueError)
def is_filename(value: Any) -> bool:
    """A name that says what kind of file it is."""
    if value is None or (isinstance(value, str) and "." in value):
        return True
    raise ValueError(
        "`filename` must end with a file extension. For example, filename.csv"
    )


@checks("send_a_file_is_csv", raises=ValueError)
def says_whether_csv(value: Any) -> bool:
    """Yes, no, or nothing."""
    return _is_choice("is_csv", value)


@checks("send_a_file_confirm_email_before_download", raises=ValueError)
def says_whether_to_confirm(value: Any) -> bool:
    """Yes, no, or nothing."""
    return _is_choice("confirm_email_before_download", value)


def _is_choice(name: str, value: Any) -> bool:
    if value is None or isinstance(value, bool):
        return True
    raise ValueError(
        f"Unsupported value for {name}: {value}. Use a boolean true or false value."
    )
