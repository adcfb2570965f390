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

_TEAM = (
    _email(
        "service_invitation",
        "((user_name)) invited you to ((service_name))",
        "((user_name)) would like you to work with them on ((service_name)).\n\n"
        "To accept, please open this link:\n\n((url))\n\n"
        "It works for the next 2 days.",
    ),
    _email(
        "organisation_invitation",
        "((user_name)) invited you to ((organisation_name))",
        "((user_name)) would like you to help look after the services of "
        "((organisation_name)).\n\nTo accept, please open this link:\n\n((url))\n\n"
        "It works for the next 2 days.",
    ),
    _email(
        "join_request",
        "((requester_name)) asks to join ((service_name))",
        "Hi ((approver_name)),\n\n((requester_name)), ((requester_email_address)), "
        "asks to join ((service_name)).\n\n((reason))\n\n"
        "To answer, please open this link:\n\n((url))",
    ),
    _email(
        "join_request_receipt",
        "You asked to join ((service_name))",
        "Hi ((requester_name)),\n\nWe passed on your request to join "
        "((service_name)).\n\nOne of these people can approve it:\n\n"
        "((approver_names))",
    ),
    _email(
        "join_request_approved",
        "You can now use ((service_name))",
        "Hi ((requester_name)),\n\n((approver_name)) approved your request to join "
        "((service_name)).\n\nIt is here:\n\n((url))",
    ),
    _email(
        "reply_to_check",
        "Your new reply-to email address",
        "This address was added to a service on Notify, so that answers to its "
        "messages come here. You do not need to do anything.",
    ),
)

_ORGANISATION = (
    _email(
        "agreement_signed",
        "You signed the agreement for ((org_name))",
        "((signed_by_name)) signed the agreement for ((org_name)).\n\n"
        "You can read it here:\n\n((mou_link))",
    ),
    _email(
        "agreement_signed_on_behalf_signer",
        "You signed the agreement for ((org_name))",
        "((signed_by_name)) signed the agreement for ((org_name)) in the name of "
        "((on_behalf_of_name)).\n\nYou can read it here:\n\n((mou_link))",
    ),
    _email(
        "agreement_signed_on_behalf_receipt",
        "((signed_by_name)) signed the agreement for ((org_name))",
        "Hi ((on_behalf_of_name)),\n\n((signed_by_name)) signed the agreement for "
        "((org_name)) in your name.\n\nYou can read it here:\n\n((mou_link))",
    ),
    _email(
        "go_live_request",
        "Somebody asks to make ((service_name)) live",
        "Hi ((name)),\n\n((requester_name)), ((requester_email_address)), of "
        "((organisation_name)) asks to make ((service_name)) live.\n\n"
        "To answer, please open this link:\n\n((make_service_live_link))\n\n"
        "If you need help: ((support_page_link))",
    ),
    _email(
        "go_live_request_received",
        "You asked to make ((service_name)) live",
        "Hi ((name)),\n\nWe passed on your request to make ((service_name)) live to "
        "the people of ((organisation_name)) who can approve it.",
    ),
    _email(
        "go_live_next_steps",
        "What happens next with ((service_name))",
        "((body))",
    ),
    _email(
        "go_live_rejected",
        "((service_name)) cannot go live yet",
        "Hi ((name)),\n\n((organisation_team_member_name)) of ((organisation_name)) "
        "did not approve ((service_name)) and wrote:\n\n((reason))\n\n"
        "You can answer to ((organisation_team_member_email)).",
    ),
    _email(
        "service_live",
        "((service_name)) is live",
        "Hi ((name)),\n\n((service_name)) is now live: it can send messages to "
        "everybody.",
    ),
)

NOTIFY_TEMPLATES: dict[str, NotifyTemplate] = {
    template.name: template for template in (*_ACCOUNT, *_TEAM, *_ORGANISATION)
}
