"""Invitations and requests to join: made, withdrawn, answered."""

from __future__ import annotations

from portal.invites.actions.accepting import (
    accept_invitation,
    name_of_inviter,
    name_of_place,
    read_invitation,
)
from portal.invites.actions.inviting import (
    cancel_invitation,
    get_invitation,
    invite_person,
    load_invitations,
    resend_invitation,
)
from portal.invites.actions.join_requests import (
    approve_join_request,
    ask_to_join,
    get_join_request,
    refuse_join_request,
)

__all__ = [
    "accept_invitation",
    "approve_join_request",
    "ask_to_join",
    "cancel_invitation",
    "get_invitation",
    "get_join_request",
    "invite_person",
    "load_invitations",
    "name_of_inviter",
    "name_of_place",
    "read_invitation",
    "refuse_join_request",
    "resend_invitation",
]
