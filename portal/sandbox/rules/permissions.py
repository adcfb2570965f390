"""Who may do what: people of a service and of an organisation."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from portal.message_templates.models import TemplateFolder, UserFolderPermission
from portal.sandbox import clock
from portal.sandbox.refusals import Refusal
from portal.services.models import Service
from portal.users.models import (
    OrganisationUserPermissions,
    Permission,
    ServiceUser,
    User,
    UserToOrganisation,
)

OWNER_PERMISSIONS = (
    "manage_users",
    "manage_templates",
    "manage_settings",
    "send_texts",
    "send_emails",
    "send_letters",
    "manage_api_keys",
    "view_activity",
)
KNOWN = {*OWNER_PERMISSIONS, "platform_admin"}
ORGANISATION_PERMISSIONS = {"can_make_services_live"}
MANAGERS_OF_A_LIVE_SERVICE = 2
MANAGERS_OF_A_TRIAL_SERVICE = 1


def named_permissions(items: Iterable[dict[str, Any]], known: set[str]) -> list[str]:
    """Take the names out of ``[{"permission": name}]``; unknown ones are not found."""
    names = [str(item.get("permission")) for item in items]
    if not set(names) <= known:
        raise Refusal("No result found", 404)
    return list(dict.fromkeys(names))


def members(service: Service) -> Any:
    """People of a service, the longest-standing user first."""
    ids = ServiceUser.objects.filter(service_id=service.pk).values("user_id")
    return User.objects.filter(pk__in=ids).order_by("created_at")


def is_member(user: User, service: Service) -> bool:
    """Whether somebody belongs to a service."""
    return bool(
        ServiceUser.objects.filter(service_id=service.pk, user_id=user.pk).exists()
    )


def keeps_enough_managers(service: Service, without: User) -> bool:
    """Whether a service still has people to manage it when one no longer does.

    Somebody who does not manage the settings is always dispensable, except
    the last person of a service.
    """
    managers = Permission.objects.filter(
        service_id=service.pk, permission="manage_settings", user__state="active"
    )
    others = managers.exclude(user_id=without.pk).count()
    needed = (
        MANAGERS_OF_A_TRIAL_SERVICE
        if service.restricted
        else MANAGERS_OF_A_LIVE_SERVICE
    )
    is_manager = managers.filter(user_id=without.pk).exists()
    return others >= needed or not is_manager


def may_leave(user: User, service: Service) -> bool:
    """Whether a service can do without somebody."""
    others = ServiceUser.objects.filter(service_id=service.pk).exclude(user_id=user.pk)
    return others.exists() and keeps_enough_managers(service, without=user)


def add_to_service(
    user: User, service: Service, permissions: Iterable[str], folders: Iterable[Any]
) -> None:
    """Make somebody a member; folders of other services are passed over."""
    ServiceUser.objects.create(user_id=user.pk, service_id=service.pk)
    grant(user, service, permissions)
    show_folders(user, service, own_folders(service, folders))


def grant(user: User, service: Service, permissions: Iterable[str]) -> None:
    """Replace what somebody may do in a service."""
    Permission.objects.filter(service_id=service.pk, user_id=user.pk).delete()
    Permission.objects.bulk_create(
        Permission(
            user_id=user.pk,
            service_id=service.pk,
            permission=name,
            created_at=clock.now(),
        )
        for name in permissions
    )


def own_folders(service: Service, ids: Iterable[Any]) -> list[TemplateFolder]:
    """The service's own among the folders with these ids."""
    keys = [key for key in map(_uuid, ids) if key]
    return list(TemplateFolder.objects.filter(service_id=service.pk, pk__in=keys))


def show_folders(
    user: User, service: Service, folders: Iterable[TemplateFolder]
) -> None:
    """Replace the folders that somebody sees in a service."""
    seen = UserFolderPermission.objects.filter(service_id=service.pk, user_id=user.pk)
    seen.delete()
    for folder in folders:
        UserFolderPermission.objects.create(
            user_id=user.pk, template_folder_id=folder.pk, service_id=service.pk
        )


def remove_from_service(user: User, service: Service) -> None:
    """End somebody's membership."""
    grant(user, service, ())
    show_folders(user, service, ())
    ServiceUser.objects.filter(service_id=service.pk, user_id=user.pk).delete()


def grant_in_organisation(
    user: User, organisation_id: uuid.UUID, permissions: Iterable[str]
) -> None:
    """Replace what somebody may do in an organisation."""
    OrganisationUserPermissions.objects.filter(
        organisation_id=organisation_id, user_id=user.pk
    ).delete()
    OrganisationUserPermissions.objects.bulk_create(
        OrganisationUserPermissions(
            organisation_id=organisation_id,
            user_id=user.pk,
            permission=name,
            created_at=clock.now(),
        )
        for name in permissions
    )


def remove_from_organisation(user: User, organisation_id: uuid.UUID) -> None:
    """End somebody's membership of an organisation."""
    grant_in_organisation(user, organisation_id, ())
    UserToOrganisation.objects.filter(
        organisation_id=organisation_id, user_id=user.pk
    ).delete()


def _uuid(value: Any) -> uuid.UUID | None:
    try:
        return uuid.UUID(str(value))
    except ValueError:
        return None
