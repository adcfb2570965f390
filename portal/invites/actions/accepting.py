"""Reading the invitation of a link, and accepting it."""

from __future__ import annotations

from urllib.parse import quote

from django.utils import timezone

from portal.clients import organisations_client, user_api_client
from portal.common import audit
from portal.invites.client import invite_api_client, org_invite_api_client
from portal.invites.invitations import (
    LINK_SECONDS,
    ORGANISATION,
    SERVICE,
    ExpiredInvitation,
    Invitation,
    UnknownInvitation,
)
from portal.platform.actions import record_event
from portal.remote.errors import NotFound, Rejected
from portal.services.models import Service
from portal.users.models import User
from portal.users.tokens import BadToken, ExpiredToken, check_token


def read_invitation(*, kind: str, token: str) -> Invitation:
    """Return the invitation that a link stands for.

    Raises ExpiredInvitation or UnknownInvitation when the API takes the link no more.
    """
    try:
        if kind == SERVICE:
            row = invite_api_client.check_token(quote(token, safe=""))
            return Invitation.of_service(row)
        row = org_invite_api_client.check_token(quote(token, safe=""))
        return Invitation.of_organisation(row)
    except (Rejected, NotFound) as refused:
        raise _why(token) from refused


def _why(token: str) -> UnknownInvitation:
    # The API says it in a sentence only, which names its own brand.
    try:
        check_token(token, LINK_SECONDS)
    except ExpiredToken:
        return ExpiredInvitation()
    except BadToken:
        pass
    return UnknownInvitation()


def name_of_place(*, invitation: Invitation) -> str:
    """Return the name of what somebody is invited to."""
    if invitation.kind == ORGANISATION:
        return str(organisations_client.get_organisation_name(invitation.place_id))
    return str(Service.objects.get(pk=invitation.place_id).name)


def name_of_inviter(*, invitation: Invitation) -> str:
    """Return the name of who invited; empty when they have no account any more."""
    inviter = User.objects.filter(pk=invitation.inviter_id).first()
    return str(inviter.name) if inviter else ""


def accept_invitation(*, invitation: Invitation, user: User) -> None:
    """Put somebody where they are invited to, and mark the invitation as accepted.

    In this order: an invitation that is only half accepted can be accepted again.
    """
    pk = str(user.pk)
    if invitation.kind == ORGANISATION:
        if not user.belongs_to_organisation(invitation.place_id):
            user_api_client.add_user_to_organisation(
                invitation.place_id, pk, invitation.permissions
            )
        org_invite_api_client.accept_invite(invitation.place_id, invitation.id)
    else:
        _join_service(invitation, user)
        invite_api_client.accept_invite(invitation.place_id, invitation.id)
    audit.record(
        actor=user,
        action="accepted",
        model=f"invites.{_MODELS[invitation.kind]}",
        object_id=invitation.id,
        object_repr=invitation.email_address,
        after={"permissions": sorted(invitation.permissions)},
    )


_MODELS = {SERVICE: "inviteduser", ORGANISATION: "invitedorganisationuser"}


def _join_service(invitation: Invitation, user: User) -> None:
    service = Service.objects.get(pk=invitation.place_id)
    pk = str(user.pk)
    if not user.belongs_to_service(service.pk) and _add(invitation, user):
        record_event(
            event_type="add_user_to_service",
            data={
                "user_id": pk,
                "invited_by_id": invitation.inviter_id,
                "service_id": str(service.pk),
                "ui_permissions": sorted(invitation.shown_permissions),
            },
            user_id=pk,
        )
    # The link came to the address, so it is theirs.
    changes = {"email_access_validated_at": timezone.now().isoformat()}
    if _may_sign_in_with(invitation.auth_type, user, service):
        changes["auth_type"] = invitation.auth_type
    user_api_client.update_user_attribute(pk, **changes)


def _add(invitation: Invitation, user: User) -> bool:
    """Add somebody to a team; False if they were there by now, as after a double click."""
    try:
        user_api_client.add_user_to_service(
            invitation.place_id,
            str(user.pk),
            invitation.permissions,
            invitation.folder_ids,
        )
    except Rejected:
        if User.objects.get(pk=user.pk).belongs_to_service(invitation.place_id):
            return False
        raise
    return True


def _may_sign_in_with(auth_type: str, user: User, service: Service) -> bool:
    """Tell whether the service chooses how its people sign in, and this person can."""
    if not service.has_permission("email_auth") or user.auth_type == "webauthn_auth":
        return False
    return auth_type == "email_auth" or (
        auth_type == "sms_auth" and bool(user.mobile_number)
    )
