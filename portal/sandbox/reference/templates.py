"""The templates of the messages that the API itself sends, in our own words."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from portal.sandbox.reference.ids import fixed


@dataclass(frozen=True)
class NotifyTemplate:
    """One of the Notify service's own templates."""

    name: str
    type: str
    subject: str | None
    content: str

    @property
    def id(self) -> uuid.UUID:
        """Its id, the same in every sandbox."""
        return fixed(f"template {self.name}")


def _sms(name: str, content: str) -> NotifyTemplate:
    return NotifyTemplate(name, "sms", None, content)


def _email(name: str, subject: str, content: str) -> NotifyTemplate:
    return NotifyTemplate(name, "email", subject, content)


_ACCOUNT = (
    _sms("sms_code", "((verify_code)) is your code to sign in to Notify"),
    _email(
        "email_sign_in",
        "Sign in to Notify",
        "Hi ((name)),\n\nTo sign in, please open this link:\n\n((url))\n\n"
        "It works once, within the next 30 minutes.",
    ),
    _email(
        "email_verification",
        "Confirm your Notify registration",
        "Hi ((name)),\n\nTo finish registering, please open this link:\n\n((url))\n\n"
        "It works within the next hour.",
    ),
    _email(
        "already_registered",
        "You already have a Notify account",
        "Somebody, probably you, tried to register with this address, which already "
        "has an account.\n\nSign in here:\n\n((signin_url))\n\n"
        "If you do not know your password, choose a new one here:\n\n"
        "((forgot_password_url))\n\nIf it was not you, tell us:\n\n((feedback_url))",
    ),
    _email(
        "change_email",
        "Confirm your new email address",
        "Hi ((name)),\n\nTo use this address for Notify, please open this link:\n\n"
        "((url))\n\nIf you did not ask for this, tell us: ((feedback_url))",
    ),
    _email(
        "reset_password",
        "Choose a new Notify password",
        "Hi ((user_name)),\n\nTo choose a new password, please open this link:\n\n"
        "((url))\n\nIf you did not ask for this, you can ignore this message.",
    ),
    _email(
        "email_changed_by_team_member",
        "Your Notify email address was changed",
        "Hi ((name)),\n\n((servicemanagername)) changed the email address of your "
        "Notify account to ((email_address)).",
    ),
    _sms(
        "mobile_changed_by_team_member",
        "((servicemanagername)) changed the mobile number of your Notify account. "
        "From now on your sign-in codes come to this phone.",
    ),
)

NOTIFY_TEMPLATES: dict[str, NotifyTemplate] = {
    template.name: template for template in _ACCOUNT
}
