"""What people change of their own account."""

from __future__ import annotations

from functools import partial
from typing import Any, NamedTuple

from portal.common import audit
from portal.common.admin_columns import HIDDEN
from portal.messages.phone_numbers import InvalidPhoneNumber, parse_phone_number
from portal.remote.errors import HTTPError
from portal.remote.parallel import together
from portal.users.actions.security_keys import list_keys
from portal.users.addresses import is_of_public_sector
from portal.users.client import user_api_client
from portal.users.models import User, WebauthnCredential

record = partial(audit.record, model="users.user")


class Account(NamedTuple):
    """What the page of an account shows besides the person."""

    keys: list[WebauthnCredential]
    may_change_email: bool


def load_account(*, user: User) -> Account:
    """Read the person's keys, and whether their address is one that may be changed."""
    keys, may_change_email = together(
        lambda: list_keys(user=user) if user.may_use_security_keys else [],
        lambda: is_of_public_sector(str(user.email_address)),
    )
    return Account(keys, may_change_email)


def change_account(*, user: User, field: str, value: Any) -> None:
    """Change one field of the person's own; the same value changes nothing.

    Raises Rejected, for instance when the address is somebody else's.
    """
    before = getattr(user, field)
    if value == before:
        return
    setattr(user, field, value)
    try:
        user.save(update_fields=[field])
    except HTTPError:
        # The page that says so must not show the new value as if it were so.
        setattr(user, field, before)
        raise


def is_own_password(*, user: User, password: str) -> bool:
    """Tell whether the password is the person's; the API counts wrong ones."""
    return user_api_client.verify_password(str(user.pk), password)


def change_password(*, user: User, password: str) -> User:
    """Set a new password; returns the person as they are then."""
    user_api_client.update_password(str(user.pk), password)
    record(
        actor=user,
        action="changed",
        object_id=user.pk,
        object_repr=str(user.name),
        before={"password": HIDDEN},
        after={"password": HIDDEN},
    )
    return read_again(user=user)


def read_again(*, user: User) -> User:
    """Return the person as the API has them after a change beside the model."""
    return User.objects.get(pk=user.pk)


def send_email_link(*, user: User, email_address: str) -> None:
    """Send the link that confirms a new address to that address. Raises Rejected."""
    user_api_client.send_change_email_verification(str(user.pk), email_address)


def is_same_number(one: str | None, other: str) -> bool:
    """Tell whether two ways of writing name one phone."""
    try:
        return bool(one) and parse_phone_number(str(one)) == parse_phone_number(other)
    except InvalidPhoneNumber:
        return one == other
