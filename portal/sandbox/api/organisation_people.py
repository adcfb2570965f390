"""People of an organisation, and its choice of brands."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest

from portal.organisations.models import Organisation
from portal.sandbox.http import body, one, route
from portal.sandbox.refusals import Refusal
from portal.sandbox.rules import brands, permissions
from portal.sandbox.shapes.brands import SHAPES
from portal.sandbox.shapes.users import user_shape, user_shapes
from portal.sandbox.validation import check
from portal.users.models import User, UserToOrganisation

PERMISSIONS_SCHEMA = "post_set_organisation_user_permissions_schema"


@route("GET", "/organisations/<uuid:organisation_id>/users")
def get_users(request: HttpRequest, organisation_id: uuid.UUID) -> dict[str, Any]:
    """List the people of an organisation."""
    links = UserToOrganisation.objects.filter(organisation_id=organisation_id)
    users = User.objects.filter(pk__in=links.values("user_id"), state="active")
    return {"data": user_shapes(users.order_by("created_at"))}


@route("POST", "/organisations/<uuid:organisation_id>/users/<uuid:user_id>")
def add_user(
    request: HttpRequest, organisation_id: uuid.UUID, user_id: uuid.UUID
) -> dict[str, Any]:
    """Make somebody a member of an organisation."""
    organisation = one(Organisation.objects, pk=organisation_id)
    user = one(User.objects, pk=user_id)
    data = check(body(request), PERMISSIONS_SCHEMA) if request.body else {}
    names = permissions.named_permissions(
        data.get("permissions", []), permissions.ORGANISATION_PERMISSIONS
    )
    link = {"organisation_id": organisation.pk, "user_id": user.pk}
    if not UserToOrganisation.objects.filter(**link).exists():
        UserToOrganisation.objects.create(**link)
    permissions.grant_in_organisation(user, organisation.pk, names)
    return {"data": user_shape(user)}


@route("DELETE", "/organisations/<uuid:organisation_id>/users/<uuid:user_id>")
def remove_user(
    request: HttpRequest, organisation_id: uuid.UUID, user_id: uuid.UUID
) -> None:
    """End somebody's membership of an organisation."""
    one(Organisation.objects, pk=organisation_id)
    user = one(User.objects, pk=user_id)
    links = UserToOrganisation.objects.filter(
        organisation_id=organisation_id, user_id=user_id
    )
    if not links.exists():
        raise Refusal("User not found", 404)
    permissions.remove_from_organisation(user, organisation_id)


def get_pool(
    request: HttpRequest, kind: brands.Kind, organisation_id: uuid.UUID
) -> dict[str, Any]:
    """List the brands that an organisation's services may choose."""
    organisation = one(Organisation.objects, pk=organisation_id)
    shape = SHAPES[kind.name]
    return {
        "data": [
            shape(brand) for brand in brands.pool(organisation, kind).order_by("name")
        ]
    }


def add_to_pool(
    request: HttpRequest, kind: brands.Kind, organisation_id: uuid.UUID
) -> None:
    """Add brands to the choice."""
    data = check(body(request), f"post_update_org_{kind.name}_branding_pool_schema")
    organisation = one(Organisation.objects, pk=organisation_id)
    wanted = {uuid.UUID(key) for key in data["branding_ids"]}
    if kind.brands.objects.filter(pk__in=wanted).count() < len(wanted):
        raise Refusal("No result found", 404)
    brands.add_to_pool(organisation, kind, wanted)


def remove_from_pool(
    request: HttpRequest,
    kind: brands.Kind,
    organisation_id: uuid.UUID,
    brand_id: uuid.UUID,
) -> None:
    """Take a brand out of the choice; the default stays."""
    organisation = one(Organisation.objects, pk=organisation_id)
    link = kind.pools.objects.filter(
        **{"organisation_id": organisation_id, kind.column: brand_id}
    )
    if not link.exists():
        raise Refusal(
            f"{kind.name.capitalize()} branding {brand_id} not in "
            f"{organisation.name}'s pool",
            404,
        )
    if getattr(organisation, kind.column) == brand_id:
        raise Refusal(
            f"You cannot remove an organisation's default {kind.name} branding", 400
        )
    link.delete()


def register(kind: brands.Kind) -> None:
    """Make the three routes of one kind of brand."""
    pool = f"/organisations/<uuid:organisation_id>/{kind.name}-branding-pool"

    @route("GET", pool)
    def get(request: HttpRequest, organisation_id: uuid.UUID) -> dict[str, Any]:
        return get_pool(request, kind, organisation_id)

    @route("POST", pool)
    def add(request: HttpRequest, organisation_id: uuid.UUID) -> None:
        add_to_pool(request, kind, organisation_id)

    @route("DELETE", f"{pool}/<uuid:{kind.name}_branding_id>")
    def remove(
        request: HttpRequest, organisation_id: uuid.UUID, **brand: uuid.UUID
    ) -> None:
        remove_from_pool(request, kind, organisation_id, brand[kind.column])


for _kind in brands.KINDS:
    register(_kind)
