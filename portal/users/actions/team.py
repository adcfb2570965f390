"""What managers do to the people of their service's team."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from typing import Any
from uuid import UUID

from portal.clients import service_api_client
from portal.common import audit
from portal.invites.actions import load_invitations
from portal.message_templates.models import TemplateFolder
from portal.platform.actions import record_event
from portal.remote.parallel import together
from portal.services.models import Service
from portal.users.client import user_api_client
from portal.users.models import User
from portal.users.team import Team, team_of

record = partial(audit.record, model="users.user")


def load_team(*, service: Service, you: User) -> Team:
    """Read members, invitations and folders of a service, side by side."""
    users, invitations, folders = together(
        lambda: list(User.objects.for_service(service)),
        lambda: load_invitations(service=service),
        lambda: list(TemplateFolder.objects.for_service(service)),
    )
    return team_of(users, invitations, folders, service_id=service.pk, you=you)


def load_member(
    *, service: Service, user_id: UUID
) -> tuple[User | None, list[TemplateFolder]]:
    """Read one of the team, None if nobody there has the id, and the service's folders."""
    users, folders = together(
        lambda: list(User.objects.for_service(service)),
        lambda: list(TemplateFolder.objects.for_service(service)),
    )
    return next((user for user in users if user.pk == user_id), None), folders


def get_member(*, service: Service, user_id: UUID) -> User | None:
    """Read one of the team; None if nobody there has the id."""
    team = User.objects.for_service(service)
    return next((user for user in team if user.pk == user_id), None)


def set_permissions(
    *,
    service: Service,
    member: User,
    by: User,
    permissions: Collection[str],
    folder_ids: Collection[str],
    auth_type: str | None,
) -> None:
    """Replace what somebody may do and see; how they sign in too, if given.

    Raises Rejected when too few people would be left who manage the service.
    """
    pk, service_id = str(member.pk), str(service.pk)
    before = sorted(member.permissions_for_service(service_id))
    user_api_client.set_user_permissions(pk, service_id, permissions, list(folder_ids))
    if auth_type and auth_type != member.auth_type:
        user_api_client.update_user_attribute(pk, auth_type=auth_type)
    _tell(
        "set_user_permissions",
        by,
        user_id=pk,
        service_id=service_id,
        original_ui_permissions=before,
        new_ui_permissions=sorted(permissions),
        set_by_id=str(by.pk),
    )
    record(
        actor=by,
        action="changed",
        object_id=pk,
        object_repr=str(member.name),
        before={"permissions": before},
        after={"permissions": sorted(permissions), "service": str(service.name)},
    )


def remove_member(*, service: Service, member: User, by: User) -> None:
    """Take somebody out of a team.

    Raises Rejected when too few people would be left who manage the service.
    """
    pk, service_id = str(member.pk), str(service.pk)
    service_api_client.remove_user_from_service(service_id, pk)
    _tell(
        "remove_user_from_service",
        by,
        user_id=pk,
        service_id=service_id,
        removed_by_id=str(by.pk),
    )
    record(
        actor=by,
        action="removed",
        object_id=pk,
        object_repr=str(member.name),
        before={"service": str(service.name)},
    )


def change_contact(*, member: User, by: User, field: str, value: str) -> None:
    """Change the e-mail address or the mobile number of somebody else, who is told.

    Raises Rejected, for instance when the address is in use.
    """
    before = getattr(member, field)
    setattr(member, field, value)
    with audit.telling():
        member.save(update_fields=[field])
    what = {"email_address": "email", "mobile_number": "mobile_number"}[field]
    _tell(
        f"update_user_{what}",
        by,
        user_id=str(member.pk),
        updated_by_id=str(by.pk),
        **{f"original_{field}": before, f"new_{field}": value},
    )
    record(
        actor=by,
        action="changed",
        object_id=member.pk,
        object_repr=str(member.name),
        before={field: before},
        after={field: value},
    )


def _tell(event_type: str, by: User, **data: Any) -> None:
    record_event(event_type=event_type, data=data, user_id=str(by.pk))
