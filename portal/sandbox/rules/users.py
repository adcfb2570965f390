"""What the API asks of users' details, and what becomes of an account."""

from __future__ import annotations

import datetime
import uuid
from typing import Any

from django.contrib.auth.hashers import make_password

from portal.messages.email_addresses import InvalidEmailAddress, parse_email_address
from portal.messages.phone_numbers import InvalidPhoneNumber, parse_phone_number
from portal.remote import choices
from portal.sandbox import clock
from portal.sandbox.refusals import Refusal
from portal.sandbox.rules import permissions
from portal.sandbox.rules.loading import (
    Complaint,
    Field,
    boolean,
    identifier,
    load,
    text,
)
from portal.services.models import Service
from portal.users.models import ServiceUser, User, UserToOrganisation

NO_MOBILE = "Mobile number must be set if auth_type is set to sms_auth"
NO_SESSION = uuid.UUID(int=0)


def email_address(value: Any) -> str:
    """Read an e-mail address, kept as it is written."""
    try:
        parse_email_address(text()(value))
    except InvalidEmailAddress as error:
        raise Complaint("Not a valid email address") from error
    return str(value)


def phone_number(value: Any) -> str:
    """Read a phone number, kept as it is written."""
    try:
        number = parse_phone_number(text()(value))
        if refused := number.refusal(international=True):
            raise InvalidPhoneNumber(refused)
    except InvalidPhoneNumber as error:
        raise Complaint(f"Invalid phone number: {error.api_message}") from error
    return str(value)


def name(value: Any) -> str:
    """Read a name, which may not be empty."""
    if not text()(value):
        raise Complaint("Invalid name")
    return str(value)


def auth_type(value: Any) -> str:
    """Read a way of signing in."""
    if value not in dict(choices.AUTH_TYPE):
        raise Complaint("Must be one of: email_auth, sms_auth, webauthn_auth.")
    return str(value)


def moment(value: Any) -> datetime.datetime:
    """Read a time in ISO form, in UTC where it names no zone."""
    try:
        found = datetime.datetime.fromisoformat(text()(value))
    except ValueError as error:
        raise Complaint("Not a valid datetime.") from error
    return found if found.tzinfo else found.replace(tzinfo=datetime.UTC)


def not_admin(value: Any) -> bool:
    """Read a no: nobody is made platform admin from outside."""
    if boolean(value):
        raise Complaint("Cannot set platform_admin to True")
    return False


EMAIL = {"email": Field(email_address, required=True)}
PART_OF_EMAIL = {"email": Field(text(), required=True)}
ATTRIBUTES = {
    "name": Field(name, required=True),
    "email_address": Field(email_address, required=True),
    "mobile_number": Field(phone_number, null=True),
    "auth_type": Field(auth_type),
    "take_part_in_research": Field(boolean),
    "receives_new_features_email": Field(boolean),
}
NEW = ATTRIBUTES | {"password": Field(text(), required=True)}
CHANGES = ATTRIBUTES | {
    "current_session_id": Field(identifier, null=True),
    "email_access_validated_at": Field(moment),
    "platform_admin": Field(not_admin),
    "updated_by": Field(identifier, null=True),
}
PASSWORD = {"_password": Field(text(), required=True)}


def load_known(data: Any, fields: dict[str, Field]) -> dict[str, Any]:
    """Parse the keys that are there, and refuse those that may not be changed."""
    for key in data if isinstance(data, dict) else ():
        if key not in fields:
            raise Refusal({"_schema": [f"Unknown field name {key}"]})
    return load(data, fields, partial=True)


def create(values: dict[str, Any]) -> User:
    """Register somebody, who still has to confirm the address."""
    password = values.pop("password")
    user = User(
        **values,
        password=make_password(password),
        state="pending",
        created_at=clock.now(),
        password_changed_at=clock.now(),
        email_access_validated_at=clock.now(),
    )
    save(user)
    return user


def save(user: User) -> None:
    """Save somebody who can be reached, under an address that nobody else has."""
    if user.auth_type == "sms_auth" and not user.mobile_number:
        raise Refusal(NO_MOBILE)
    others = User.objects.filter(email_address__iexact=user.email_address)
    others = others.exclude(pk=user.pk)
    if others.exists():
        raise Refusal({"email_address": ["Email address already in use"]})
    user.save()


def set_password(user: User, password: str) -> None:
    """Change a password; links sent before no longer work."""
    user.password = make_password(password)
    user.password_changed_at = clock.now()
    user.save()


def archive(user: User) -> None:
    """Close an account: out of everything, and its address free for a new one."""
    services = list(Service.objects.filter(pk__in=_services(user)))
    if not all(permissions.may_leave(user, service) for service in services):
        raise Refusal("User cannot be removed from a service")
    for service in services:
        permissions.remove_from_service(user, service)
    memberships = UserToOrganisation.objects.filter(user_id=user.pk)
    for organisation in list(memberships.values_list("organisation_id", flat=True)):
        permissions.remove_from_organisation(user, organisation)
    day = clock.now().strftime("%Y-%m-%d")
    user.name = "Archived user"
    user.email_address = f"_archived_{day}_{user.pk}@{user.email_address}"[:255]
    user.mobile_number = None
    user.auth_type = "email_auth"
    user.password = make_password(str(uuid.uuid4()))
    user.current_session_id = NO_SESSION
    user.state = "inactive"
    user.platform_admin = False
    user.save()


def _services(user: User) -> Any:
    return ServiceUser.objects.filter(user_id=user.pk).values("service_id")
