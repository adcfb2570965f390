"""What people do to their account, and to the team of a service."""

from __future__ import annotations

from portal.users.actions.registration import (
    register_invited_user,
    register_user,
)
from portal.users.actions.sign_in import (
    accept_mailbox_owner,
    change_mobile_number,
    check_code,
    check_password,
    complete_sign_in,
    end_sign_in,
    find_user,
    is_locked,
    needs_new_email_check,
    request_new_password,
    second_factor,
    send_sign_in_link,
    send_sms_code,
    send_verification_email,
    services_and_organisations,
    user_for_new_password,
    user_of_link,
)
from portal.users.actions.team import (
    change_contact,
    get_member,
    load_member,
    load_team,
    remove_member,
    set_permissions,
)

__all__ = [
    "accept_mailbox_owner",
    "change_contact",
    "change_mobile_number",
    "check_code",
    "check_password",
    "complete_sign_in",
    "end_sign_in",
    "find_user",
    "get_member",
    "is_locked",
    "load_member",
    "load_team",
    "needs_new_email_check",
    "register_invited_user",
    "register_user",
    "remove_member",
    "request_new_password",
    "second_factor",
    "send_sign_in_link",
    "send_sms_code",
    "send_verification_email",
    "set_permissions",
    "services_and_organisations",
    "user_for_new_password",
    "user_of_link",
]
