"""What happens when people make an account."""

from __future__ import annotations

from portal.users.actions.sign_in import find_user
from portal.users.client import user_api_client
from portal.users.models import User


def register_user(
    *, name: str, email_address: str, mobile_number: str, password: str
) -> None:
    """Make an account that waits for its address to be verified, and send the link.

    Says nothing of whether the address has an account already: its owner is told by
    e-mail. POST /user. Raises Rejected.
    """
    known = find_user(email_address=email_address)
    if known is None:
        made = user_api_client.register_user(
            name, email_address, mobile_number, password, "sms_auth"
        )
        user_api_client.send_verify_email(made["id"], made["email_address"])
    else:
        _continue_registration(user=known)


def _continue_registration(*, user: User) -> None:
    # What who registers again needs: the link once more, or to hear of their account.
    if user.state == "pending":
        user_api_client.send_verify_email(str(user.pk), user.email_address)
    else:
        user_api_client.send_already_registered_email(str(user.pk), user.email_address)


def register_invited_user(
    *,
    name: str,
    email_address: str,
    mobile_number: str | None,
    password: str,
    auth_type: str,
) -> User | None:
    """Make an account for somebody whose invitation came to their address.

    POST /user. Raises Rejected.
    """
    user_api_client.register_user(
        name, email_address, mobile_number, password, auth_type
    )
    return find_user(email_address=email_address)
