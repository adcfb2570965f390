"""Invitations to services and to organisations."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest

from portal.invites.models import InvitedOrganisationUser, InvitedUser
from portal.organisations.models import Organisation
from portal.sandbox import clock, outbox, times
from portal.sandbox.http import Answer, body, created, fields, one, route
from portal.sandbox.rules import invitations
from portal.sandbox.rules.loading import (
    Complaint,
    Field,
    choice,
    email_address,
    key_of,
    load,
    text,
)
from portal.sandbox.validation import check
from portal.services.models import Service
from portal.users.models import User

STATUSES = ("pending", "accepted", "cancelled")
ORGANISATION = "/organisation/<uuid:organisation_id>/invite"


def folder_ids(value: Any) -> list[str]:
    """Read the ids of folders."""
    if not isinstance(value, list):
        raise Complaint("Not a valid list.")
    return [str(key) for key in value]


INVITE_FIELDS = {
    "email_address": Field(email_address, required=True),
    "from_user": Field(key_of, required=True),
    "permissions": Field(text(), required=True),
    "auth_type": Field(choice("sms_auth", "email_auth", "webauthn_auth")),
    "folder_permissions": Field(folder_ids),
    "status": Field(choice(*STATUSES)),
}


@route("GET", "/service/<service_id>/invite")
def get_service_invites(request: HttpRequest, service_id: str) -> dict[str, Any]:
    """List the invitations to a service."""
    found = InvitedUser.objects.filter(service_id=key_of(service_id))
    return {"data": [invite_shape(row) for row in found.order_by("created_at")]}


@route("POST", "/service/<service_id>/invite")
def invite_to_service(request: HttpRequest, service_id: str) -> Answer:
    """Invite somebody to a service by e-mail."""
    data = fields(request)
    values = load(data, INVITE_FIELDS)
    service = one(Service.objects, pk=key_of(service_id))
    inviter = one(User.objects, pk=values.pop("from_user"))
    invite = InvitedUser.objects.create(
        user=inviter, service=service, created_at=clock.now(), **values
    )
    url = invitations.link(data.get("invite_link_host"), "invitation", invite.pk)
    outbox.notify(
        "service_invitation",
        invite.email_address,
        {"user_name": inviter.name, "service_name": service.name, "url": url},
        service=service,
        reply_to=inviter.email_address,
    )
    return created({"data": invite_shape(invite)})


@route("GET", "/service/<service_id>/invite/<invited_user_id>")
def get_service_invite(
    request: HttpRequest, service_id: str, invited_user_id: str
) -> dict[str, Any]:
    """Read an invitation to a service."""
    return {"data": invite_shape(service_invite(service_id, invited_user_id))}


@route("POST", "/service/<service_id>/invite/<invited_user_id>")
def update_service_invite(
    request: HttpRequest, service_id: str, invited_user_id: str
) -> dict[str, Any]:
    """Change an invitation: accept it, cancel it, or change how to sign in."""
    invite = service_invite(service_id, invited_user_id)
    values = load(body(request), INVITE_FIELDS, partial=True)
    if "from_user" in values:
        invite.user_id = one(User.objects, pk=values.pop("from_user")).pk
    for name, value in values.items():
        setattr(invite, name, value)
    invite.save()
    return {"data": invite_shape(invite)}


@route("GET", "/invite/service/<token>")
def read_service_invite(request: HttpRequest, token: str) -> dict[str, Any]:
    """Read an invitation to a service by its id, or by the token in its link."""
    invite = one(InvitedUser.objects, pk=invitations.id_in(token))
    return {"data": invite_shape(invite)}


@route("GET", "/invite/service/check/<token>")
def check_service_invite(request: HttpRequest, token: str) -> dict[str, Any]:
    """Read the invitation to a service that a link is about."""
    invite = one(InvitedUser.objects, pk=invitations.id_in_token(token))
    invitations.check_age(invite.created_at)
    return {"data": invite_shape(invite)}


@route("GET", ORGANISATION)
def get_organisation_invites(
    request: HttpRequest, organisation_id: uuid.UUID
) -> dict[str, Any]:
    """List the invitations to an organisation."""
    found = InvitedOrganisationUser.objects.filter(organisation_id=organisation_id)
    rows = found.order_by("created_at")
    return {"data": [organisation_invite_shape(row) for row in rows]}


@route("POST", ORGANISATION)
def invite_to_organisation(request: HttpRequest, organisation_id: uuid.UUID) -> Answer:
    """Invite somebody to an organisation by e-mail."""
    data = check(body(request), "post_create_invited_org_user_status_schema")
    organisation = one(Organisation.objects, pk=organisation_id)
    inviter = one(User.objects, pk=key_of(data["invited_by"]))
    invite = InvitedOrganisationUser.objects.create(
        email_address=data["email_address"],
        invited_by=inviter,
        organisation=organisation,
        permissions=",".join(data.get("permissions") or []),
        created_at=clock.now(),
    )
    host = data.get("invite_link_host")
    outbox.notify(
        "organisation_invitation",
        invite.email_address,
        {
            "user_name": inviter.name,
            "organisation_name": organisation.name,
            "url": invitations.link(host, "organisation-invitation", invite.pk),
        },
        reply_to=inviter.email_address,
    )
    return created({"data": organisation_invite_shape(invite)})


@route("GET", f"{ORGANISATION}/<invited_org_user_id>")
def get_organisation_invite(
    request: HttpRequest, organisation_id: uuid.UUID, invited_org_user_id: str
) -> dict[str, Any]:
    """Read an invitation to an organisation."""
    invite = organisation_invite(organisation_id, invited_org_user_id)
    return {"data": organisation_invite_shape(invite)}


@route("POST", f"{ORGANISATION}/<invited_org_user_id>")
def update_organisation_invite(
    request: HttpRequest, organisation_id: uuid.UUID, invited_org_user_id: str
) -> dict[str, Any]:
    """Accept or cancel an invitation to an organisation."""
    invite = organisation_invite(organisation_id, invited_org_user_id)
    data = check(body(request), "post_update_invited_org_user_status_schema")
    invite.status = data["status"]
    invite.save()
    return {"data": organisation_invite_shape(invite)}


@route("GET", "/invite/organisation/<token>")
def read_organisation_invite(request: HttpRequest, token: str) -> dict[str, Any]:
    """Read an invitation to an organisation by its id, or by the token in its link."""
    invite = one(InvitedOrganisationUser.objects, pk=invitations.id_in(token))
    return {"data": organisation_invite_shape(invite)}


@route("GET", "/invite/organisation/check/<token>")
def check_organisation_invite(request: HttpRequest, token: str) -> dict[str, Any]:
    """Read the invitation to an organisation that a link is about."""
    invite = one(InvitedOrganisationUser.objects, pk=invitations.id_in_token(token))
    invitations.check_age(invite.created_at)
    return {"data": organisation_invite_shape(invite)}


def service_invite(service_id: str, invite_id: str) -> InvitedUser:
    """Get an invitation to this service, or refuse with 404."""
    invites = InvitedUser.objects.filter(service_id=key_of(service_id))
    found: InvitedUser = one(invites, pk=key_of(invite_id))
    return found


def organisation_invite(
    organisation_id: uuid.UUID, invite_id: str
) -> InvitedOrganisationUser:
    """Get an invitation to this organisation, or refuse with 404."""
    invites = InvitedOrganisationUser.objects.filter(organisation_id=organisation_id)
    found: InvitedOrganisationUser = one(invites, pk=key_of(invite_id))
    return found


def invite_shape(invite: InvitedUser) -> dict[str, Any]:
    """One invitation to a service."""
    return {
        "auth_type": invite.auth_type,
        "created_at": times.iso(invite.created_at),
        "email_address": invite.email_address,
        "folder_permissions": invite.folder_permissions,
        "from_user": invite.user_id,
        "id": invite.pk,
        "permissions": invite.permissions,
        "service": invite.service_id,
        "status": invite.status,
    }


def organisation_invite_shape(invite: InvitedOrganisationUser) -> dict[str, Any]:
    """One invitation to an organisation."""
    return {
        "created_at": times.iso(invite.created_at),
        "email_address": invite.email_address,
        "id": invite.pk,
        "invited_by": invite.invited_by_id,
        "organisation": invite.organisation_id,
        "permissions": [name for name in invite.permissions.split(",") if name],
        "status": invite.status,
    }
