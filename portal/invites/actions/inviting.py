"""Inviting people to a service, again if need be, and withdrawing invitations."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from uuid import UUID

from portal.common import audit
from portal.invites.client import invite_api_client
from portal.invites.invitations import Invitation
from portal.services.models import Service
from portal.users.models import User

record = partial(audit.record, model="invites.inviteduser")


def load_invitations(*, service: Service) -> list[Invitation]:
    """Read the invitations to a service that nobody has accepted or withdrawn."""
    rows = invite_api_client.get_invites_for_service(str(service.pk))
    invitations = map(Invitation.of_service, rows)
    return [invitation for invitation in invitations if invitation.is_pending]


def get_invitation(*, service: Service, invitation_id: UUID) -> Invitation:
    """Read one invitation to a service. Raises NotFound."""
    row = invite_api_client.get_invited_user_for_service(
        str(service.pk), str(invitation_id)
    )
    return Invitation.of_service(row)


def invite_person(
    *,
    service: Service,
    by: User,
    email_address: str,
    permissions: Collection[str],
    auth_type: str,
    folder_ids: Collection[str],
) -> str:
    """Send an invitation; gives its id.

    POST /service/<id>/invite. Raises Rejected.
    """
    made = invite_api_client.create_invite(
        str(by.pk),
        str(service.pk),
        email_address,
        permissions,
        auth_type,
        list(folder_ids),
    )
    record(
        actor=by,
        action="added",
        object_id=made["id"],
        object_repr=email_address,
        after={"permissions": sorted(permissions), "auth_type": auth_type},
    )
    return str(made["id"])


def cancel_invitation(*, invitation: Invitation, by: User) -> None:
    """Withdraw an invitation: its link no longer works."""
    invite_api_client.cancel_invited_user(invitation.place_id, invitation.id)
    record(
        actor=by,
        action="cancelled",
        object_id=invitation.id,
        object_repr=invitation.email_address,
    )


def resend_invitation(*, invitation: Invitation, service: Service, by: User) -> None:
    """Send a new link, which works for two days, and withdraw the old one."""
    invite_person(
        service=service,
        by=by,
        email_address=invitation.email_address,
        permissions=invitation.permissions,
        auth_type=invitation.auth_type,
        folder_ids=invitation.folder_ids,
    )
    cancel_invitation(invitation=invitation, by=by)
