"""People of a service: listed, added, removed, and what they may do."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest

from portal.organisations.models import Organisation
from portal.sandbox.http import Answer, body, created, one, route
from portal.sandbox.refusals import Refusal
from portal.sandbox.rules import permissions
from portal.sandbox.rules.loading import key_of
from portal.sandbox.shapes.services import service_shape
from portal.sandbox.shapes.users import user_shapes
from portal.sandbox.validation import check
from portal.services.models import Service
from portal.users.models import User

TOO_FEW = (
    "Cannot change user permissions - service would have too few users "
    "with manage_settings"
)


@route("GET", "/service/<uuid:service_id>/users")
def get_users(request: HttpRequest, service_id: uuid.UUID) -> dict[str, Any]:
    """List the people of a service."""
    service = one(Service.objects, pk=service_id)
    return {"data": user_shapes(permissions.members(service))}


@route("POST", "/service/<uuid:service_id>/users/<user_id>")
def add_user(request: HttpRequest, service_id: uuid.UUID, user_id: str) -> Answer:
    """Make somebody a member of a service."""
    service = one(Service.objects, pk=service_id)
    user = one(User.objects, pk=key_of(user_id))
    if permissions.is_member(user, service):
        raise Refusal(
            f"User id: {user.pk} already part of service id: {service.pk}", 400
        )
    data = check(body(request), "post_set_permissions_schema")
    names = permissions.named_permissions(data["permissions"], permissions.KNOWN)
    permissions.add_to_service(
        user, service, names, data.get("folder_permissions") or []
    )
    return created({"data": service_shape(service)})


@route("DELETE", "/service/<uuid:service_id>/users/<user_id>")
def remove_user(request: HttpRequest, service_id: uuid.UUID, user_id: str) -> None:
    """End somebody's membership of a service that can do without them."""
    service = one(Service.objects, pk=service_id)
    user = one(User.objects, pk=key_of(user_id))
    if not permissions.is_member(user, service):
        raise Refusal("User not found", 404)
    if not permissions.may_leave(user, service):
        raise Refusal("User cannot be removed from the service", 400)
    permissions.remove_from_service(user, service)


@route("POST", "/user/<uuid:user_id>/service/<uuid:service_id>/permission")
def set_permissions(
    request: HttpRequest, user_id: uuid.UUID, service_id: uuid.UUID
) -> None:
    """Replace what somebody may do in a service, and their folders if named."""
    user = one(User.objects, pk=user_id)
    service = one(Service.objects, pk=service_id)
    if not permissions.is_member(user, service):
        raise Refusal("No result found", 404)
    data = check(body(request), "post_set_permissions_schema")
    names = permissions.named_permissions(data["permissions"], permissions.KNOWN)
    folders = data.get("folder_permissions")
    own = permissions.own_folders(service, folders or [])
    if folders and len(own) < len(set(folders)):
        raise Refusal("No result found", 404)
    if "manage_settings" not in names and not permissions.keeps_enough_managers(
        service, without=user
    ):
        raise Refusal(TOO_FEW, 400)
    permissions.grant(user, service, names)
    if folders is not None:
        permissions.show_folders(user, service, own)


@route("POST", "/user/<uuid:user_id>/organisation/<uuid:organisation_id>/permissions")
def set_organisation_permissions(
    request: HttpRequest, user_id: uuid.UUID, organisation_id: uuid.UUID
) -> None:
    """Replace what somebody may do in an organisation."""
    user = one(User.objects, pk=user_id)
    organisation = one(Organisation.objects, pk=organisation_id)
    data = check(body(request), "post_set_organisation_user_permissions_schema")
    names = permissions.named_permissions(
        data["permissions"], permissions.ORGANISATION_PERMISSIONS
    )
    permissions.grant_in_organisation(user, organisation.pk, names)
