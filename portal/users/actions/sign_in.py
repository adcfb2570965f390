"""What happens when people sign in, out, and prove who they are."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils import timezone

from portal.platform.actions import record_event
from portal.remote.errors import Forbidden, HTTPError, NotFound, Rejected
from portal.users.client import user_api_client
from portal.users.models import User

logger = logging.getLogger(__name__)

LOCKED_AFTER_FAILURES = 10
REVALIDATE_AFTER = timedelta(days=90)


def find_user(*, email_address: str) -> User | None:
    """Return the person with this address as the API knows them now."""
    return User.objects.filter(email_address__iexact=email_address).first()


def check_password(*, email_address: str, password: str) -> User | None:
    """Return the person if the password is theirs and they may sign in.

    None says no more than that: not which of the two was wrong, nor that a user is locked.
    """
    user = find_user(email_address=email_address)
    if user is None or user.state == "inactive" or is_locked(user):
        return None
    return user if user_api_client.verify_password(str(user.pk), password) else None


def is_locked(user: User) -> bool:
    """Tell whether too many attempts failed; only a new password opens it again."""
    return user.failed_login_count >= LOCKED_AFTER_FAILURES


def second_factor(user: User) -> str:
    """Return "sms", "email" or "webauthn": what this person gives after the password."""
    if user.auth_type == "webauthn_auth":
        return "webauthn"
    if user.auth_type == "email_auth" or not user.mobile_number:
        return "email"
    return "sms"


def send_sms_code(*, user: User, to: str | None = None) -> None:
    """Send a code by text message, to another number than the person's own if given."""
    user_api_client.send_verify_code(str(user.pk), "sms", to or user.mobile_number)


def send_sign_in_link(*, user: User, next_page: str = "") -> None:
    """Send an e-mail with a link that signs in."""
    user_api_client.send_verify_code(str(user.pk), "email", None, next_page or None)


def send_verification_email(*, user: User) -> None:
    """Send the e-mail that proves a new user's address."""
    user_api_client.send_verify_email(str(user.pk), user.email_address)


def check_code(*, user_id: str, code: str, kind: str) -> str:
    """Return why a code is refused, an empty text when it is right."""
    is_right, reason = user_api_client.check_verify_code(user_id, code, kind)
    return "" if is_right else str(reason)


def needs_new_email_check(user: User) -> bool:
    """Tell whether the person has not shown for 90 days that the address is theirs."""
    checked = user.email_access_validated_at
    return bool(checked is None or timezone.now() - checked > REVALIDATE_AFTER)


def complete_sign_in(
    *, user_id: str, new_password: str, client: dict[str, str]
) -> User | None:
    """Read the person with their new session id; activate them and set a chosen password first.

    None when the API no longer has them or bars them.
    """
    user = User.objects.filter(pk=user_id).first()
    if user is None or user.state == "inactive":
        return None
    if new_password:
        user_api_client.update_password(user_id, new_password)
    if user.state == "pending":
        user_api_client.activate_user(user_id)
    if new_password or user.state == "pending":
        user = User.objects.filter(pk=user_id).first()
    record_sign_in(user_id=user_id, **client)
    return user


def record_sign_in(*, user_id: str, ip_address: str, user_agent: str) -> None:
    """Tell the API of the sign-in, without making anyone wait for it."""
    data = {
        "user_id": user_id,
        "ip_address": ip_address,
        "browser_fingerprint": {
            "browser": None,
            "platform": None,
            "version": None,
            "user_agent_string": user_agent,
        },
    }
    # Misspelt in the API's records of many years: a right name would be another event.
    record_event(event_type="sucessful_login", data=data, user_id=user_id)


def end_sign_in(*, user_id: str) -> None:
    """Sign the person out everywhere, as far as the API can be told."""
    try:
        user_api_client.update_user_attribute(user_id, current_session_id=None)
    except HTTPError as error:
        logger.warning("A sign-out was not recorded: %s", error.status_code)


def request_new_password(*, email_address: str, next_page: str = "") -> None:
    """Send a link for choosing a new password; silent about who is known."""
    try:
        user_api_client.send_reset_password_url(email_address, next_page or None)
    except (NotFound, Rejected, Forbidden):
        return


def user_for_new_password(*, email_address: str, link_made_at: str) -> User | None:
    """Return the person a link is for, None when the password changed after it was made."""
    user = find_user(email_address=email_address)
    if user is None or user.state == "inactive":
        return None
    changed, made = user.password_changed_at, _moment(link_made_at)
    return None if made is None or (changed and changed > made) else user


def user_of_link(*, user_id: str) -> User | None:
    """Return the person that a link names, None when there is no such person any more."""
    user = User.objects.filter(pk=user_id).first()
    return None if user is None or user.state == "inactive" else user


def accept_mailbox_owner(*, user: User) -> None:
    """Unlock someone who has a link from their own mailbox, and note that it is theirs."""
    user_api_client.reset_failed_login_count(str(user.pk))
    user_api_client.update_user_attribute(
        str(user.pk), email_access_validated_at=timezone.now().isoformat()
    )


def change_mobile_number(*, user: User, mobile_number: str) -> User:
    """Correct the number of someone who has not verified it yet."""
    user_api_client.update_user_attribute(str(user.pk), mobile_number=mobile_number)
    user.mobile_number = mobile_number
    return user


def services_and_organisations(*, user_id: str) -> dict[str, list[dict[str, Any]]]:
    """Return the services and organisations of a person, each in order of name."""
    found = user_api_client.get_organisations_and_services_for_user(user_id)
    return {
        kind: sorted(found[kind], key=lambda row: row["name"].casefold())
        for kind in ("organisations", "services")
    }


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
