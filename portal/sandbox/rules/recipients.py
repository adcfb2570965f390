"""Whom a service may send to, and how recipients are written down."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field

from portal.messages.email_addresses import InvalidEmailAddress, parse_email_address
from portal.messages.phone_numbers import InvalidPhoneNumber, parse_phone_number
from portal.messages.recipients import format_recipient
from portal.sandbox.rules.unsendable import Unsendable
from portal.services.models import Service, ServiceGuestList, ServicePermission
from portal.users.models import ServiceUser, User

TRIAL = (
    "Can’t send to this recipient when service is in trial mode – "
    "see https://www.notifications.service.gov.uk/trial-mode"
)
TEAM_KEY = "Can’t send to this recipient using a team-only API key"
NOT_AN_ADDRESS = "Not a valid email address"


@dataclass(frozen=True)
class Recipient:
    """One recipient as the database has it."""

    to: str
    normalised_to: str
    international: bool = False
    phone_prefix: str | None = None
    rate_multiplier: int | None = None


@dataclass
class Team:
    """What a service may do and whom it may send to in trial mode, read when needed."""

    service: Service
    _sets: dict[str, frozenset[str]] = field(default_factory=dict)

    def may(self, permission: str) -> bool:
        """Whether the service has a permission."""
        if "permissions" not in self._sets:
            rows = ServicePermission.objects.filter(service_id=self.service.pk)
            names = rows.values_list("permission", flat=True)
            self._sets["permissions"] = frozenset(names)
        return permission in self._sets["permissions"]

    def includes(self, recipient: str, *, with_guests: bool) -> bool:
        """Whether a recipient is one of the team (or of its guests)."""
        known = self._known("team", _team(self.service.pk))
        if with_guests:
            known |= self._known("guests", _guests(self.service.pk))
        return format_recipient(recipient) in known

    def _known(self, name: str, recipients: list[str]) -> frozenset[str]:
        if name not in self._sets:
            self._sets[name] = frozenset(map(format_recipient, recipients))
        return self._sets[name]


def _team(service_id: uuid.UUID) -> list[str]:
    ids = ServiceUser.objects.filter(service_id=service_id).values("user_id")
    people = User.objects.filter(pk__in=ids, state="active")
    pairs = people.values_list("email_address", "mobile_number")
    return [value for pair in pairs for value in pair if value]


def _guests(service_id: uuid.UUID) -> list[str]:
    rows = ServiceGuestList.objects.filter(service_id=service_id)
    return list(rows.values_list("recipient", flat=True))


def check_allowed(
    team: Team, recipient: str, key_type: str, *, with_guests: bool
) -> None:
    """Refuse recipients outside the team in trial mode and for team keys."""
    if key_type == "test" or not (team.service.restricted or key_type == "team"):
        return
    if not team.includes(recipient, with_guests=with_guests):
        raise Unsendable(TEAM_KEY if key_type == "team" else TRIAL)


def phone_number(team: Team, raw: str) -> Recipient:
    """Read a phone number that the service may text."""
    try:
        number = parse_phone_number(raw)
    except InvalidPhoneNumber as error:
        raise _invalid(error) from error
    if not number.is_uk and not team.may("international_sms"):
        raise Unsendable("Cannot send to international mobile numbers")
    refused = number.refusal(
        international=True, landline=team.may("sms_to_uk_landlines")
    )
    if refused:
        raise _invalid(InvalidPhoneNumber(refused))
    return Recipient(
        raw.strip(),
        number.normalised,
        number.is_international,
        number.country_prefix,
        number.rate_multiplier,
    )


def _invalid(error: InvalidPhoneNumber) -> Unsendable:
    return Unsendable(
        error.message, error="InvalidPhoneError", public=error.api_message
    )


def email_address(raw: str) -> Recipient:
    """Read an e-mail address."""
    try:
        address = parse_email_address(raw)
    except InvalidEmailAddress as error:
        raise Unsendable(NOT_AN_ADDRESS, error="InvalidEmailError") from error
    return Recipient(raw.strip(), address.lower())


def letter_recipient(name: str) -> Recipient:
    """Write down whom a letter goes to."""
    return Recipient(name, "".join(name.split()).lower())
