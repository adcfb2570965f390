"""Bodies checked field by field: all complaints at once, by the field's name."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from portal.messages.email_addresses import InvalidEmailAddress, parse_email_address
from portal.sandbox.refusals import Refusal

MISSING = "Missing data for required field."
EMPTY = "Field may not be null."
TIME_FORMAT = "%Y-%m-%d %H:%M:%S.%f"
TRUE = {True, "true", "True", "t", "T", "1", "yes", "y", "on"}
FALSE = {False, "false", "False", "f", "F", "0", "no", "n", "off"}


class Complaint(ValueError):
    """What is wrong with one value."""


@dataclass(frozen=True)
class Field:
    """How one key of a body is read."""

    parse: Callable[[Any], Any]
    required: bool = False
    null: bool = False


def load(
    data: Any, fields: Mapping[str, Field], *, partial: bool = False
) -> dict[str, Any]:
    """Parse the keys that are there; refuse with 400 if any is wrong or missing."""
    if not isinstance(data, dict):
        raise Refusal({"_schema": ["Invalid input type."]})
    values: dict[str, Any] = {}
    complaints: dict[str, list[str]] = {}
    for name, field in fields.items():
        try:
            if name in data:
                values[name] = _parse(field, data[name])
            elif field.required and not partial:
                raise Complaint(MISSING)
        except Complaint as complaint:
            complaints[name] = [str(complaint)]
    if complaints:
        raise Refusal(complaints)
    return values


def _parse(field: Field, value: Any) -> Any:
    if value is not None:
        return field.parse(value)
    if not field.null:
        raise Complaint(EMPTY)
    return None


def text(longest: int | None = None) -> Callable[[Any], str]:
    """Read a string."""

    def parse(value: Any) -> str:
        if not isinstance(value, str):
            raise Complaint("Not a valid string.")
        if longest is not None and len(value) > longest:
            raise Complaint(f"Longer than maximum length {longest}.")
        return value

    return parse


def integer(value: Any) -> int:
    """Read a whole number."""
    try:
        return int(value)
    except (TypeError, ValueError) as error:
        raise Complaint("Not a valid integer.") from error


def boolean(value: Any) -> bool:
    """Read a yes or no in its usual spellings."""
    if isinstance(value, (bool, int, str)):
        if value in TRUE:
            return True
        if value in FALSE:
            return False
    raise Complaint("Not a valid boolean.")


def identifier(value: Any) -> uuid.UUID:
    """Read a UUID."""
    try:
        return uuid.UUID(str(value))
    except ValueError as error:
        raise Complaint("Not a valid UUID.") from error


def email_address(value: Any) -> str:
    """Read an address that could get an e-mail."""
    address = text()(value)
    try:
        parse_email_address(address)
    except InvalidEmailAddress as error:
        raise Complaint("Not a valid email address") from error
    return address


def choice(*allowed: str) -> Callable[[Any], str]:
    """Read one of a few words."""

    def parse(value: Any) -> str:
        if value not in allowed:
            raise Complaint(f"Must be one of: {', '.join(allowed)}.")
        return str(value)

    return parse


def time(value: Any) -> datetime.datetime:
    """Read a UTC time as the API's database writes it."""
    try:
        return datetime.datetime.strptime(value, TIME_FORMAT).replace(
            tzinfo=datetime.UTC
        )
    except (TypeError, ValueError) as error:
        raise Complaint("Not a valid datetime.") from error


def key_of(value: Any) -> uuid.UUID:
    """Read an id from a path or a body; what is none belongs to nothing."""
    try:
        return uuid.UUID(str(value))
    except ValueError as error:
        raise Refusal("No result found", 404) from error
