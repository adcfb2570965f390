"""Users as the API writes them."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from portal.organisations.models import Organisation
from portal.sandbox import times
from portal.services.models import Service
from portal.users.models import (
    OrganisationUserPermissions,
    Permission,
    ServiceUser,
    User,
    UserToOrganisation,
    WebauthnCredential,
)

COLUMNS = (
    "auth_type",
    "current_session_id",
    "email_address",
    "failed_login_count",
    "id",
    "mobile_number",
    "name",
    "platform_admin",
    "receives_new_features_email",
    "state",
    "take_part_in_research",
)
Lists = dict[uuid.UUID, list[Any]]
Permissions = dict[uuid.UUID, dict[str, list[str]]]


def user_shape(user: User) -> dict[str, Any]:
    """One user, in full."""
    return user_shapes([user])[0]


def user_shapes(users: Iterable[User]) -> list[dict[str, Any]]:
    """Users in full, read together."""
    rows = list(users)
    ids = [user.pk for user in rows]
    services, organisations = service_ids(ids), organisation_ids(ids)
    in_services = permissions_in_services(ids)
    in_organisations = permissions_in_organisations(ids)
    return [
        {name: getattr(user, name) for name in COLUMNS}
        | {
            "can_use_webauthn": can_use_webauthn(user),
            "created_at": times.iso(user.created_at),
            "email_access_validated_at": times.iso(user.email_access_validated_at),
            "logged_in_at": times.iso(user.logged_in_at),
            "password_changed_at": times.space(user.password_changed_at),
            "organisation_permissions": {
                str(key): in_organisations[user.pk].get(str(key), [])
                for key in organisations[user.pk]
            },
            "organisations": organisations[user.pk],
            "permissions": in_services[user.pk],
            "services": services[user.pk],
        }
        for user in rows
    ]


def can_use_webauthn(user: User) -> bool:
    """Whether somebody may sign in with a security key."""
    return user.platform_admin or user.auth_type == "webauthn_auth"


def service_ids(users: Iterable[uuid.UUID]) -> Lists:
    """The active services of each user."""
    found: Lists = defaultdict(list)
    pairs = ServiceUser.objects.filter(user_id__in=users, service__active=True)
    for user, service in pairs.values_list("user_id", "service_id"):
        found[user].append(service)
    return found


def organisation_ids(users: Iterable[uuid.UUID]) -> Lists:
    """The active organisations of each user."""
    found: Lists = defaultdict(list)
    pairs = UserToOrganisation.objects.filter(
        user_id__in=users, organisation__active=True
    )
    for user, organisation in pairs.values_list("user_id", "organisation_id"):
        found[user].append(organisation)
    return found


def permissions_in_services(users: Iterable[uuid.UUID]) -> Permissions:
    """What each user may do in each active service."""
    found: Permissions = defaultdict(lambda: defaultdict(list))
    rows = Permission.objects.filter(user_id__in=users, service__active=True)
    for user, service, name in rows.order_by("created_at").values_list(
        "user_id", "service_id", "permission"
    ):
        found[user][str(service)].append(name)
    return found


def permissions_in_organisations(users: Iterable[uuid.UUID]) -> Permissions:
    """What each user may do in each active organisation."""
    found: Permissions = defaultdict(lambda: defaultdict(list))
    rows = OrganisationUserPermissions.objects.filter(
        user_id__in=users, organisation__active=True
    )
    for user, organisation, name in rows.values_list(
        "user_id", "organisation_id", "permission"
    ):
        found[user][str(organisation)].append(name)
    return found


def found_user_shape(user: User) -> dict[str, Any]:
    """A user as a search shows them."""
    return {
        "email_address": user.email_address,
        "id": user.pk,
        "mobile_number": user.mobile_number,
        "name": user.name,
    }


def belongings_shape(user: User) -> dict[str, Any]:
    """The organisations and services that somebody may choose from."""
    organisations = Organisation.objects.filter(
        pk__in=organisation_ids([user.pk])[user.pk]
    )
    services = Service.objects.filter(pk__in=service_ids([user.pk])[user.pk])
    return {
        "organisations": [
            {
                "count_of_live_services": row.services.filter(
                    active=True, restricted=False, count_as_live=True
                ).count(),
                "id": row.pk,
                "name": row.name,
            }
            for row in organisations.order_by("name")
        ],
        "services": [
            {
                "id": row.pk,
                "name": row.name,
                "organisation": row.organisation_id,
                "restricted": row.restricted,
            }
            for row in services.order_by("name")
        ],
    }


def credential_shape(credential: WebauthnCredential) -> dict[str, Any]:
    """A security key."""
    return {
        "created_at": times.iso(credential.created_at),
        "credential_data": credential.credential_data,
        "id": credential.pk,
        "logged_in_at": times.iso(credential.logged_in_at),
        "name": credential.name,
        "updated_at": times.iso(credential.updated_at),
        "user_id": credential.user_id,
    }
